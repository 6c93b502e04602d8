//! Who has the power now: the district level was abolished on 1 July 2025 (Law 72/2025/QH15), and the
//! texts of before still name it.

use crate::answer::Composed;
use crate::answer::Terms;
use crate::answer::wording;
use crate::document::Cause;
use crate::document::Date;
use crate::document::Locator;
use crate::document::RelationKind;
use crate::index;
use crate::index::Generation;
use crate::qa::sources::Sources;
use crate::qa::sources::Stored;
use crate::qa::validity::is_quoted;
use crate::qa::validity::locator;
use crate::qa::validity::quoted;
use crate::rank::Question;
use crate::text::contains_words;
use crate::wire::Clause;
use crate::wire::called;

/// The first day without a district level, as year, month and day.
const ABOLISHED: (u16, u8, u8) = (2025, 7, 1);

/// Bodies of the district level. Documents are written with marks, which tell `quận` from `quản lý`.
const DISTRICT: [&str; 14] = [
    "cấp huyện",
    "Ủy ban nhân dân huyện",
    "Ủy ban nhân dân quận",
    "Ủy ban nhân dân thị xã",
    "UBND huyện",
    "UBND quận",
    "UBND thị xã",
    "Phòng Tư pháp",
    "Phòng Tài nguyên và Môi trường",
    "Phòng Lao động",
    "Phòng Tài chính Kế hoạch",
    "Phòng Kinh tế và Hạ tầng",
    "Phòng Quản lý đô thị",
    "Phòng Giáo dục và Đào tạo",
];

/// Adds to `composed` the clauses that moved the powers of district bodies which the cited texts name,
/// as of `day`, and gives what a reader must be told of them.
pub(super) fn transferred<'g>(
    composed: &mut Composed,
    (question, terms): (&Question, &Terms),
    sources: &mut Sources<'g>,
    generation: &'g Generation,
    day: Date,
) -> Result<Vec<String>, index::Error> {
    let mut notices: Vec<String> = Vec::new();
    for (id, place, cited) in named(composed, sources, day) {
        let notice = match mover(generation, &id, &place, day) {
            None => wording::district_unknown(&cited),
            Some(by) => {
                let clause = Clause::of(&by, generation).map(|clause| clause.name());
                quote(composed, (question, terms), sources, generation, (&by, day))?;
                wording::district_transferred(&cited, &clause.unwrap_or_default())
            }
        };
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }
    Ok(notices)
}

/// The citations that still give a power to the district: document, place, and both in words.
fn named(composed: &Composed, sources: &Sources<'_>, day: Date) -> Vec<(String, Locator, String)> {
    let (year, month, first) = ABOLISHED;
    let is_later = |date: Option<Date>| date >= Date::new(year, month, first);
    if !is_later(Some(day)) {
        return Vec::new();
    }
    let found = composed.citations.iter().filter_map(|citation| {
        let stored = sources.get(&citation.document)?;
        let since = stored.entry.effective.or(stored.entry.issued);
        // A text in force only since that day names the district to tell what became of it.
        if since.is_none() || is_later(since) || !names_district(&citation.quote) {
            return None;
        }
        let place = locator(&stored.document, citation.span);
        let document = called(stored.entry.number.as_deref(), &stored.entry.title);
        let cited = format!("{place} {document}");
        Some((citation.document.clone(), place, cited))
    });
    found.collect()
}

fn names_district(text: &str) -> bool {
    DISTRICT.iter().any(|body| contains_words(text, body, true))
}

/// The latest clause in force on `day` that moved powers laid down in the provision.
fn mover(generation: &Generation, id: &str, place: &Locator, day: Date) -> Option<Cause> {
    let law = generation.law();
    let movers = law.causes(id, place, RelationKind::TransfersCompetence, day);
    movers.into_iter().rev().find(|by| {
        let clause = law.relation(by).map(|relation| relation.locator.clone());
        !law.state(&by.id, &clause.unwrap_or_default(), day)
            .is_void()
    })
}

/// Quotes the clause behind everything else, where the store holds it.
fn quote<'g>(
    composed: &mut Composed,
    (question, terms): (&Question, &Terms),
    sources: &mut Sources<'g>,
    generation: &'g Generation,
    (by, day): (&Cause, Date),
) -> Result<(), index::Error> {
    let provision = generation.law().relation(by).map(|r| r.provision);
    let is_new = |&at: &usize| at > 0 && !is_quoted(composed, sources, &by.id, at);
    let Some(provision) = provision.filter(is_new) else {
        return Ok(());
    };
    if let Some(stored) = Stored::of(&by.id, generation, day)? {
        let clause = quoted((question, terms), &stored, &by.id, (provision, day));
        composed.put_before(usize::MAX, clause);
        composed.number();
        sources.insert(by.id.clone(), stored);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_of_the_district_are_recognised_as_whole_names() {
        for text in [
            "Ủy ban nhân dân cấp huyện đăng ký.",
            "Phòng Tư pháp chứng thực chữ ký.",
            "do UBND huyện, thị xã thực hiện",
            "UBND thị xã chứng thực",
            "Phòng Tài chính – Kế hoạch",
            "Phòng Quản lý đô thị cấp giấy phép.",
        ] {
            assert!(names_district(text), "{text}");
        }
        for text in [
            "Ủy ban nhân dân cấp xã",
            "phòng tư vấn pháp luật",
            "Đất do Ủy ban nhân dân quản lý",
            "",
        ] {
            assert!(!names_district(text), "{text}");
        }
    }
}
