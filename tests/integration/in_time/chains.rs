use std::path::Path;

use camnang::document::{Date, DocumentNumber, Locator, State};
use camnang::index::{Generation, Store};
use camnang::rebuild::rebuild;

/// A number, a provision (empty for the whole), the first day of a change, and the state before and
/// from then on: `+` in force, `~` amended, `-` no longer, with the document that did it.
const CHANGES: &[(&str, &str, &str, &str, &str)] = &[
    // Chains.
    (
        "61/2018/NĐ-CP",
        "",
        "2025-07-01",
        "+",
        "- 118/2025/NĐ-CP-MẪU",
    ),
    ("118/2025/NĐ-CP", "", "2025-07-01", "", "+"),
    (
        "118/2025/NĐ-CP",
        "",
        "2025-12-31",
        "+",
        "~ 367/2025/NĐ-CP-MẪU",
    ),
    (
        "118/2025/NĐ-CP",
        "khoản 9 Điều 3",
        "2026-08-05",
        "+",
        "~ 309/2026/NĐ-CP-MẪU",
    ),
    (
        "118/2025/NĐ-CP",
        "khoản 2a Điều 17",
        "2026-08-05",
        "+",
        "~ 309/2026/NĐ-CP-MẪU",
    ),
    ("151/2025/NĐ-CP", "", "2025-07-01", "", "+"),
    ("151/2025/NĐ-CP", "", "2025-08-15", "+", "~ 226/2025/NĐ-CP"),
    (
        "151/2025/NĐ-CP",
        "điểm a khoản 1 Điều 5",
        "2026-01-31",
        "+",
        "- 49/2026/NĐ-CP-MẪU",
    ),
    (
        "151/2025/NĐ-CP",
        "khoản 4 Điều 5",
        "2026-01-31",
        "+",
        "- 49/2026/NĐ-CP-MẪU",
    ),
    (
        "151/2025/NĐ-CP",
        "điểm i khoản 1 Điều 5",
        "2026-01-31",
        "+",
        "+",
    ),
    (
        "151/2025/NĐ-CP",
        "điểm g khoản 2 Điều 5",
        "2026-01-31",
        "+",
        "+",
    ),
    (
        "151/2025/NĐ-CP",
        "điểm d khoản 5 Điều 5",
        "2026-01-31",
        "+",
        "+",
    ),
    (
        "151/2025/NĐ-CP",
        "điểm g khoản 2 Điều 5",
        "2027-03-01",
        "+",
        "-",
    ),
    ("136/2013/NĐ-CP", "", "2021-07-01", "+", "- 20/2021/NĐ-CP"),
    ("20/2021/NĐ-CP", "", "2024-07-01", "+", "~ 76/2024/NĐ-CP"),
    ("23/2015/NĐ-CP", "", "2025-01-09", "+", "~ 07/2025/NĐ-CP"),
    (
        "23/2015/NĐ-CP",
        "khoản 9 Điều 2",
        "2025-11-01",
        "+",
        "~ 280/2025/NĐ-CP",
    ),
    (
        "120/2025/NĐ-CP",
        "Điều 13",
        "2025-11-01",
        "+",
        "- 280/2025/NĐ-CP",
    ),
    (
        "23/2015/NĐ-CP",
        "Điều 5",
        "2025-11-01",
        "+",
        "~ 280/2025/NĐ-CP",
    ),
    ("123/2015/NĐ-CP", "", "2023-01-01", "+", "~ 104/2022/NĐ-CP"),
    (
        "123/2015/NĐ-CP",
        "",
        "2025-01-09",
        "~ 104/2022/NĐ-CP",
        "~ 07/2025/NĐ-CP",
    ),
    (
        "123/2015/NĐ-CP",
        "Điều 26",
        "2026-01-15",
        "+",
        "~ 18/2026/NĐ-CP",
    ),
    ("77/2015/QH13", "", "2025-03-01", "+", "- 65/2025/QH15"),
    ("65/2025/QH15", "", "2025-06-16", "+", "- 72/2025/QH15"),
    ("24/2014/NĐ-CP", "", "2025-03-01", "+", "- 45/2025/NĐ-CP"),
    ("37/2014/NĐ-CP", "", "2025-03-01", "+", "- 45/2025/NĐ-CP"),
    ("45/2025/NĐ-CP", "", "2025-07-01", "+", "- 150/2025/NĐ-CP"),
    ("150/2025/NĐ-CP", "", "2025-12-31", "+", "~ 370/2025/NĐ-CP"),
    ("15/2021/NĐ-CP", "", "2024-12-30", "+", "- 175/2024/NĐ-CP"),
    ("175/2024/NĐ-CP", "", "2026-07-01", "+", "- 217/2026/NĐ-CP"),
    ("24/2010/NĐ-CP", "", "2020-12-01", "+", "- 138/2020/NĐ-CP"),
    ("138/2020/NĐ-CP", "", "2025-07-01", "+", "- 170/2025/NĐ-CP"),
    ("170/2025/NĐ-CP", "", "2026-07-29", "+", "~ 300/2026/NĐ-CP"),
    ("24/2023/NĐ-CP", "", "2024-07-01", "+", "- 73/2024/NĐ-CP"),
    ("73/2024/NĐ-CP", "", "2026-07-01", "+", "- 161/2026/NĐ-CP"),
    ("17/2012/TT-BYT", "", "2025-10-01", "+", "- 22/2025/TT-BYT"),
    ("64/2007/NĐ-CP", "", "2026-07-01", "+", "- 224/2026/NĐ-CP"),
    ("42/2022/NĐ-CP", "", "2026-07-01", "+", "- 224/2026/NĐ-CP"),
    ("45/2026/NĐ-CP", "", "2026-07-01", "?", "- 224/2026/NĐ-CP"),
    // Pairs.
    (
        "64/2014/NĐ-CP",
        "",
        "2026-07-01",
        "+",
        "- 154/2026/NĐ-CP-MẪU",
    ),
    (
        "124/2020/NĐ-CP",
        "khoản 1 Điều 16",
        "2026-07-01",
        "+",
        "~ 155/2026/NĐ-CP",
    ),
    ("124/2020/NĐ-CP", "khoản 2 Điều 16", "2026-07-01", "+", "?"),
    ("31/2019/NĐ-CP", "", "2026-07-01", "+", "~ 156/2026/NĐ-CP"),
    ("29/2018/QH14", "", "2026-03-01", "+", "- 117/2025/QH15"),
    ("26/2020/NĐ-CP", "", "2026-03-01", "+", "- 63/2026/NĐ-CP"),
    ("13/2023/NĐ-CP", "", "2026-01-01", "+", "- 356/2025/NĐ-CP"),
    ("67/2006/QH11", "", "2026-07-01", "+", "- 148/2025/QH15"),
    ("50/2014/QH13", "", "2026-07-01", "+", "- 135/2025/QH15"),
    ("63/2024/NĐ-CP", "", "2026-09-01", "+", "~ 301/2026/NĐ-CP"),
    ("60/2014/QH13", "", "2027-03-01", "+", "- 03/2026/QH16"),
    ("03/2026/QH16", "", "2027-03-01", "", "+"),
    ("120/2025/NĐ-CP", "", "2025-07-01", "", "+"),
    ("120/2025/NĐ-CP", "", "2027-03-01", "~ 280/2025/NĐ-CP", "-"),
    ("68/2000/NĐ-CP", "", "2023-02-22", "+", "- 111/2022/NĐ-CP"),
    ("24/2018/QH14", "", "2026-07-01", "+", "- 116/2025/QH15"),
    ("86/2015/QH13", "", "2026-07-01", "+", "- 116/2025/QH15"),
    ("01/2011/QH13", "", "2025-07-01", "+", "- 33/2024/QH15"),
    (
        "24/2020/TT-BYT",
        "Phụ lục I",
        "2025-07-01",
        "+",
        "- 25/2025/TT-BYT",
    ),
    ("01/2021/NĐ-CP", "", "2025-07-01", "+", "~ 168/2025/NĐ-CP"),
];

#[test]
fn chains_and_pairs_have_their_state_on_the_day_before_and_after_each_change() {
    let index = tempfile::tempdir().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let report = rebuild(&corpus, index.path(), None, true, |_| {}).unwrap();
    assert_eq!(report.problems, []);
    let generation = Store::open(index.path()).unwrap().live();
    let mut wrong = Vec::new();
    for &(number, place, day, before, after) in CHANGES {
        let day = Date::find_in(day).unwrap();
        for (day, expected) in [(day.previous().unwrap(), before), (day, after)] {
            let found = state(&generation, number, place, day);
            if found != expected {
                wrong.push(format!(
                    "{place} {number} on {day}: {found}, not {expected}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The state as a sign, with the number of the document that made it so.
fn state(generation: &Generation, number: &str, place: &str, day: Date) -> String {
    let law = generation.law();
    let number: DocumentNumber = number.parse().unwrap();
    let place = if place.is_empty() {
        Locator::default()
    } else {
        place.parse().unwrap()
    };
    let state = law.state_by_number(&number, &place, day);
    let sign = match state {
        State::InForce => "+",
        State::NotYet { .. } => "",
        State::Amended { .. } => "~",
        State::Expired { .. } | State::Replaced { .. } | State::Repealed { .. } => "-",
        State::Suspended { .. } | State::Unknown => "?",
    };
    let by = state.cause().and_then(|by| law.act(&by.id)?.number.clone());
    let by = by.map_or_else(String::new, |by| format!(" {by}"));
    format!("{sign}{by}")
}
