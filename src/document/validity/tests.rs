//! States on the days around each change, and what must never matter.

use std::fmt::Write;

use crate::document::Date;
use crate::document::Locator;
use crate::document::parse;
use crate::document::validity::Act;
use crate::document::validity::EventKind;
use crate::document::validity::Law;
use crate::document::validity::Problem;
use crate::document::validity::State;
use proptest::prelude::*;

/// A decree `number/2020` of the first day of `month` with closing clauses.
fn act(id: &str, number: u16, month: u8, clauses: &[&str]) -> Act {
    let mut text = format!(
        "CHÍNH PHỦ\nSố: {number}/2020/NĐ-CP\nHà Nội, ngày 01 tháng {month} năm 2020\nNGHỊ ĐỊNH\nVề hộ tịch\n\
         Điều 1. Nội dung\n1. Một.\n2. Hai.\nĐiều 2. Hiệu lực\n1. Nghị định này có hiệu lực từ ngày \
         10/{month}/2020."
    );
    for (at, clause) in clauses.iter().enumerate() {
        write!(text, "\n{}. {clause}", at + 2).expect("a string takes all");
    }
    Act::of(id, &parse(&text))
}

fn day(month: u8, day: u8) -> Date {
    Date::new(2020, month, day).expect("a day")
}

/// The state in one word with the document that made it so.
fn state(law: &Law, id: &str, locator: &str, on: Date) -> String {
    let locator: Locator = locator.parse().expect(locator);
    match law.state(id, &locator, on) {
        State::InForce => "in force".to_owned(),
        State::NotYet { from } => format!("from {from}"),
        State::Expired { on } => format!("expired {on}"),
        State::Replaced { by, on } => format!("replaced by {} {on}", by.id),
        State::Amended { by, on } => format!("amended by {} {on}", by.id),
        State::Repealed { by, on } => format!("repealed by {} {on}", by.id),
        State::Suspended { by, .. } => format!("suspended by {}", by.id),
        State::Unknown => "unknown".to_owned(),
    }
}

const WHOLE: &str = "toàn văn";

#[test]
fn chain_of_replacements_holds_on_the_day_before_and_after() {
    let law = Law::build(vec![
        act("a", 1, 1, &[]),
        act(
            "b",
            2,
            3,
            &["Nghị định này thay thế Nghị định số 01/2020/NĐ-CP."],
        ),
        act(
            "c",
            3,
            6,
            &["Nghị định số 2/2020/nđ-cp hết hiệu lực từ ngày 10/6/2020."],
        ),
    ]);
    assert_eq!(state(&law, "a", WHOLE, day(1, 9)), "from 10/01/2020");
    assert_eq!(state(&law, "a", WHOLE, day(3, 9)), "in force");
    assert_eq!(
        state(&law, "a", "khoản 1 Điều 1", day(3, 10)),
        "replaced by b 10/3/2020"
    );
    assert_eq!(state(&law, "b", WHOLE, day(6, 9)), "in force");
    assert_eq!(
        state(&law, "b", WHOLE, day(6, 10)),
        "repealed by c 10/6/2020"
    );
    // What was replaced does not revive.
    assert_eq!(
        state(&law, "a", WHOLE, day(6, 11)),
        "replaced by b 10/3/2020"
    );
    assert!(law.problems().is_empty());
}

#[test]
fn parts_have_states_of_their_own() {
    let law = Law::build(vec![
        act("a", 1, 1, &[]),
        act(
            "b",
            2,
            3,
            &[
                "Bãi bỏ khoản 2 Điều 1 Nghị định số 1/2020/NĐ-CP.",
                "Sửa đổi khoản 1 Điều 2 Nghị định số 1/2020/NĐ-CP như sau: “1. Ba.”",
            ],
        ),
    ]);
    let after = day(3, 10);
    assert_eq!(
        state(&law, "a", "khoản 2 Điều 1", after),
        "repealed by b 10/3/2020"
    );
    assert_eq!(state(&law, "a", "khoản 1 Điều 1", after), "in force");
    assert_eq!(state(&law, "a", "Điều 1", after), "amended by b 10/3/2020");
    assert_eq!(
        state(&law, "a", "điểm a khoản 1 Điều 2", after),
        "amended by b 10/3/2020"
    );
    assert_eq!(state(&law, "a", WHOLE, after), "amended by b 10/3/2020");
    assert_eq!(state(&law, "a", WHOLE, day(3, 9)), "in force");
}

#[test]
fn suspended_part_is_void_to_the_last_day_and_no_longer() {
    let suspended = "Tạm ngưng hiệu lực khoản 2 Điều 1 Nghị định số 1/2020/NĐ-CP từ ngày 10/3/2020 đến hết ngày \
                     10/5/2020.";
    let law = Law::build(vec![act("a", 1, 1, &[]), act("b", 2, 3, &[suspended])]);
    let n_void = |on: Date| law.void_parts("a", on).len();
    assert_eq!((n_void(day(3, 9)), n_void(day(3, 10))), (0, 1));
    assert_eq!((n_void(day(5, 10)), n_void(day(5, 11))), (1, 0));
}

#[test]
fn amendment_that_fell_leaves_the_state_open_until_the_next() {
    let law = Law::build(vec![
        act("a", 1, 1, &[]),
        act(
            "b",
            2,
            3,
            &["Sửa đổi Điều 1 Nghị định số 1/2020/NĐ-CP như sau: “Điều 1. B”"],
        ),
        act("c", 3, 6, &["Bãi bỏ Nghị định số 2/2020/NĐ-CP."]),
        act(
            "d",
            4,
            9,
            &["Sửa đổi Điều 1 Nghị định số 1/2020/NĐ-CP như sau: “Điều 1. D”"],
        ),
    ]);
    assert_eq!(
        state(&law, "a", "Điều 1", day(6, 9)),
        "amended by b 10/3/2020"
    );
    assert_eq!(state(&law, "a", "Điều 1", day(6, 10)), "unknown");
    assert_eq!(
        state(&law, "a", "Điều 1", day(9, 10)),
        "amended by d 10/9/2020"
    );
}

#[test]
fn clause_of_a_fallen_text_is_void() {
    let law = Law::build(vec![
        act("a", 1, 1, &[]),
        act(
            "b",
            2,
            3,
            &["Nghị định số 1/2020/NĐ-CP hết hiệu lực từ ngày 01/12/2020."],
        ),
        act("c", 3, 6, &["Bãi bỏ Nghị định số 2/2020/NĐ-CP."]),
    ]);
    assert_eq!(state(&law, "a", WHOLE, day(12, 2)), "in force");
    assert!(matches!(law.problems(), [Problem::Void(cause)] if cause.id == "b"));
}

#[test]
fn rings_are_told_and_end() {
    let law = Law::build(vec![
        act("a", 1, 1, &["Bãi bỏ Nghị định số 2/2020/NĐ-CP."]),
        act(
            "b",
            2,
            3,
            &["Nghị định này thay thế Nghị định số 1/2020/NĐ-CP."],
        ),
    ]);
    let ring = |problem: &Problem| matches!(problem, Problem::Cycle(ids) if ids.len() == 2);
    assert!(law.problems().iter().any(ring), "{:?}", law.problems());
    assert_eq!(
        state(&law, "b", WHOLE, day(12, 1)),
        "repealed by a 10/01/2020"
    );
}

#[test]
fn own_end_and_documents_only_mentioned_are_known() {
    let law = Law::build(vec![act(
        "a",
        1,
        1,
        &[
            "Nghị định này hết hiệu lực từ ngày 01/9/2020.",
            "Bãi bỏ Điều 3 Nghị định số 7/2010/NĐ-CP.",
        ],
    )]);
    assert_eq!(state(&law, "a", WHOLE, day(8, 31)), "in force");
    assert_eq!(state(&law, "a", WHOLE, day(9, 1)), "expired 01/9/2020");
    let number = "07/2010/NĐ-CP".parse().expect("a number");
    let article = "Điều 3".parse().expect("a locator");
    let repealed = law.state_by_number(&number, &article, day(2, 1));
    assert!(matches!(repealed, State::Repealed { .. }));
    assert_eq!(
        law.state("x", &Locator::default(), day(2, 1)),
        State::Unknown
    );
}

#[test]
fn neighbouring_numbers_are_not_confused() {
    let law = Law::build(vec![
        act("a", 35, 1, &[]),
        act("b", 335, 1, &[]),
        act(
            "c",
            3,
            3,
            &["Bãi bỏ Nghị định số 335/2020/NĐ-CP và Nghị định số 35/2021/NĐ-CP."],
        ),
    ]);
    assert_eq!(state(&law, "a", WHOLE, day(4, 1)), "in force");
    assert_eq!(
        state(&law, "b", WHOLE, day(4, 1)),
        "repealed by c 10/3/2020"
    );
}

/// A decision `number` of `issuer`, with what it says of others.
fn decision(id: &str, issuer: &str, number: &str, clause: &str) -> Act {
    let text = format!(
        "{issuer}\nSố: {number}\nngày 01 tháng 3 năm 2026\nQUYẾT ĐỊNH\nVề mức thu phí chợ\nĐiều 1. Mức \
         thu\nMười nghìn đồng.\nĐiều 2. Hiệu lực\n1. Quyết định này có hiệu lực từ ngày 10/3/2026.\n2. \
         {clause}"
    );
    Act::of(id, &parse(&text))
}

#[test]
fn number_of_a_local_body_is_that_of_its_own_province() {
    let clause = "Quyết định này thay thế Quyết định số 10/2024/QĐ-UBND ngày 01/02/2024.";
    let [dak_lak, gia_lai] = ["ĐẮK LẮK", "GIA LAI"].map(|p| format!("ỦY BAN NHÂN DÂN TỈNH {p}"));
    let old = |id: &str, issuer: &str| decision(id, issuer, "10/2024/QĐ-UBND", "Bãi bỏ phụ lục.");
    let new = decision("new", &dak_lak, "07/2026/QĐ-UBND", clause);
    let on = Date::new(2026, 4, 1).expect("a day");
    let both = [old("theirs", &gia_lai), old("own", &dak_lak), new.clone()];
    let law = Law::build(both.to_vec());
    assert_eq!(state(&law, "theirs", WHOLE, on), "in force");
    assert_eq!(state(&law, "own", WHOLE, on), "replaced by new 10/3/2026");
    let law = Law::build(vec![old("theirs", &gia_lai), new]);
    assert_eq!(state(&law, "theirs", WHOLE, on), "in force");
    // Who issued the one that is meant, nothing says: better called replaced than served as valid.
    let unnamed = decision("new", "", "07/2026/QĐ-UBND", clause);
    let law = Law::build(vec![old("theirs", &gia_lai), unnamed]);
    assert_eq!(
        state(&law, "theirs", WHOLE, on),
        "replaced by new 10/3/2026"
    );
}

/// A resolution of the Government, which counts them from one every year.
fn resolution(id: &str, number: &str, issued: &str, clause: &str) -> Act {
    let text = format!(
        "CHÍNH PHỦ\nSố: {number}\nHà Nội, ngày {issued}\nNGHỊ QUYẾT\nVề thí điểm cơ chế đặc thù\nĐiều 1. \
         Nội dung\nMột.\nĐiều 2. Hiệu lực\nNghị quyết này có hiệu lực thi hành kể từ ngày ký{clause}."
    );
    Act::of(id, &parse(&text))
}

/// 109/NQ-CP of 2026.
fn replaces_41() -> Act {
    let clause = " và thay thế Nghị quyết số 41/NQ-CP ngày 11 tháng 3 năm 2026 của Chính phủ";
    resolution("new", "109/NQ-CP", "29 tháng 4 năm 2026", clause)
}

#[test]
fn number_without_a_year_names_no_later_document() {
    let law = Law::build(vec![
        resolution("own", "41/NQ-CP", "11 tháng 3 năm 2026", ""),
        resolution("later", "41/NQ-CP", "10 tháng 3 năm 2027", ""),
        replaces_41(),
    ]);
    let on = |year: u16| Date::new(year, 5, 1).expect("a day");
    assert_eq!(
        state(&law, "own", WHOLE, on(2026)),
        "replaced by new 29/4/2026"
    );
    assert_eq!(state(&law, "later", WHOLE, on(2027)), "in force");
    assert_eq!(law.problems(), []);
}

#[test]
fn number_without_a_year_of_several_earlier_documents_leaves_it_open_which_ended() {
    let law = Law::build(vec![
        resolution("first", "41/NQ-CP", "12 tháng 3 năm 2025", ""),
        resolution("second", "41/NQ-CP", "11 tháng 3 năm 2026", ""),
        replaces_41(),
    ]);
    let on = |day: u8| Date::new(2026, 4, day).expect("a day");
    for id in ["first", "second"] {
        assert_eq!(state(&law, id, WHOLE, on(28)), "in force");
        assert_eq!(state(&law, id, WHOLE, on(29)), "unknown");
    }
    let number = "41/NQ-CP".parse().expect("a number");
    assert!(!law.is_known(&number));
    // Two copies are one document.
    let copy = |id: &str| resolution(id, "41/NQ-CP", "11 tháng 3 năm 2026", "");
    let law = Law::build(vec![copy("one"), copy("two"), replaces_41()]);
    for id in ["one", "two"] {
        assert_eq!(state(&law, id, WHOLE, on(29)), "replaced by new 29/4/2026");
    }
}

/// A law in force from the first day of a year.
fn national(id: &str, number: &str, year: u16, clause: &str) -> Act {
    let text = format!(
        "QUỐC HỘI\nLuật số: {number}\nHà Nội, ngày 29 tháng 6 năm {}\nLUẬT\nBẢO HIỂM\nĐiều 1. Nội \
         dung\nMột.\nĐiều 2. Hiệu lực thi hành\n1. Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm \
         {year}.\n2. {clause}",
        year - 1
    );
    Act::of(id, &parse(&text))
}

/// The consolidated law on social insurance of March 2024.
fn consolidated() -> Act {
    let text = "QUỐC HỘI\nLUẬT\nBẢO HIỂM XÃ HỘI\nLuật Bảo hiểm xã hội số 58/2014/QH13 ngày 20 tháng 11 năm \
                2014 của Quốc hội, có hiệu lực kể từ ngày 01 tháng 01 năm 2016, được sửa đổi, bổ sung \
                bởi:\nLuật số 35/2018/QH14 ngày 20 tháng 11 năm 2018 của Quốc hội, có hiệu lực kể từ ngày \
                01 tháng 01 năm 2019.\nĐiều 1. Phạm vi\nMột.\nĐiều 124. Hiệu lực thi hành\n1. Luật này có \
                hiệu lực thi hành từ ngày 01 tháng 01 năm 2016.\nVĂN PHÒNG QUỐC HỘI\nSố: \
                50/VBHN-VPQH\nXÁC THỰC VĂN BẢN HỢP NHẤT\nHà Nội, ngày 05 tháng 3 năm 2024";
    Act::of("merged", &parse(text))
}

#[test]
fn consolidated_text_ends_with_the_law_that_it_was_made_from() {
    const BASE: &str = "Luật Bảo hiểm xã hội số 58/2014/QH13";
    let amends = format!("Sửa đổi Điều 1 {BASE} như sau: “Điều 1. A”");
    let repeals = format!("{BASE} hết hiệu lực thi hành kể từ ngày Luật này có hiệu lực thi hành.");
    let law = Law::build(vec![
        consolidated(),
        national("worked-in", "35/2018/QH14", 2019, &amends),
        national("before", "20/2022/QH15", 2023, &amends),
        national("later", "30/2024/QH15", 2025, &amends),
        national("last", "41/2024/QH15", 2026, &repeals),
    ]);
    let on = |year: u16| Date::new(year, 6, 1).expect("a day");
    let article = |year: u16| state(&law, "merged", "Điều 1", on(year));
    assert_eq!(article(2015), "from 01/01/2016");
    assert_eq!(article(2024), "in force");
    assert_eq!(article(2025), "amended by later 01/01/2025");
    assert_eq!(article(2026), "repealed by last 01/01/2026");
    assert_eq!(state(&law, "merged", "Điều 124", on(2025)), "in force");
    assert_eq!(law.problems(), []);
}

#[test]
fn history_tells_everything_in_order() {
    let law = Law::build(vec![
        act("a", 1, 1, &[]),
        act(
            "b",
            2,
            3,
            &["Sửa đổi Điều 1 Nghị định số 1/2020/NĐ-CP như sau: “Điều 1. B”"],
        ),
        act(
            "c",
            3,
            6,
            &["Nghị định này thay thế Nghị định số 1/2020/NĐ-CP."],
        ),
    ]);
    let article = "Điều 1".parse().expect("a locator");
    let events: Vec<String> = law
        .history("a", &article)
        .iter()
        .map(|event| match &event.kind {
            EventKind::Changed { by, kind, .. } => format!("{} {}", kind.name(), by.id),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(events, ["Issued", "InForce", "amends b", "replaces c"]);
}

/// Six decrees that act on each other at random.
fn some_acts() -> impl Strategy<Value = Vec<Act>> {
    let verbs = prop::sample::select(vec!["Bãi bỏ", "Bãi bỏ khoản 2 Điều 1", "Sửa đổi Điều 1"]);
    let clause =
        (verbs, 1u16..7).prop_map(|(verb, to)| format!("{verb} Nghị định số {to}/2020/NĐ-CP."));
    let clauses = prop::collection::vec(clause, 0..3);
    prop::collection::vec((clauses, 1u8..13), 6).prop_map(|all| {
        let acts = all.iter().zip(1u16..).map(|((clauses, month), number)| {
            let clauses: Vec<&str> = clauses.iter().map(String::as_str).collect();
            act(&format!("d{number}"), number, *month, &clauses)
        });
        acts.collect()
    })
}

/// The states of all six decrees on many days.
fn states(law: &Law) -> Vec<String> {
    let mut found = Vec::new();
    for number in 1..7 {
        for month in 1..13 {
            for place in [WHOLE, "Điều 1", "khoản 2 Điều 1"] {
                found.push(state(law, &format!("d{number}"), place, day(month, 15)));
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn order_of_the_documents_does_not_matter(acts in some_acts(), turn in 0usize..6) {
        let mut turned = acts.clone();
        turned.rotate_left(turn);
        turned.reverse();
        let (law, other) = (Law::build(acts), Law::build(turned));
        prop_assert_eq!(states(&law), states(&other));
        prop_assert_eq!(law.problems(), other.problems());
    }

    #[test]
    fn unrelated_documents_change_nothing(acts in some_acts(), id in "[a-z]{1,3}") {
        let law = Law::build(acts.clone());
        let mut more = acts;
        more.push(act(&id, 900, 5, &["Bãi bỏ Nghị định số 901/2020/NĐ-CP."]));
        prop_assert_eq!(states(&law), states(&Law::build(more)));
    }
}
