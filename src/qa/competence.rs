//! Who has the power now: the district level was abolished on 1 July 2025 (Law 72/2025/QH15), and the
//! texts of before still name it.

use crate::answer::wording;
use crate::document::Cause;
use crate::document::Date;
use crate::document::Locator;
use crate::document::RelationKind;
use crate::index;
use crate::qa::draft::Draft;
use crate::qa::inquiry::Inquiry;
use crate::text::contains_words;
use crate::wire::Clause;

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

/// Adds to `draft` the clauses that moved the powers of district bodies which the cited texts name, as
/// of the day, and gives what a reader must be told of them.
pub(super) fn transferred<'g>(
    draft: &mut Draft<'g>,
    inquiry: &Inquiry<'g>,
) -> Result<Vec<String>, index::Error> {
    let mut notices: Vec<String> = Vec::new();
    for power in powers(draft, inquiry.day) {
        let notice = match mover(inquiry, &power) {
            None => wording::district_unknown(&power.cited),
            Some(by) => {
                let clause = Clause::of(&by, inquiry.generation).map(|clause| clause.name());
                quote(draft, inquiry, &by)?;
                wording::district_transferred(&power.cited, &clause.unwrap_or_default())
            }
        };
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }
    Ok(notices)
}

/// A power that a cited text still gives to the district.
struct Power {
    /// Id of the document.
    document: String,
    place: Locator,
    /// Both in words.
    cited: String,
}

fn powers(draft: &Draft<'_>, day: Date) -> Vec<Power> {
    let (year, month, first) = ABOLISHED;
    let is_later = |date: Option<Date>| date >= Date::new(year, month, first);
    if !is_later(Some(day)) {
        return Vec::new();
    }
    let found = draft.composed.citations.iter().filter_map(|citation| {
        let stored = draft.source(citation)?;
        let since = stored.entry.effective.or(stored.entry.issued);
        // A text in force only since that day names the district to tell what became of it.
        if since.is_none() || is_later(since) || !names_district(&citation.quote) {
            return None;
        }
        let place = stored.locator(citation.span);
        Some(Power {
            document: citation.document.clone(),
            cited: format!("{place} {}", stored.name()),
            place,
        })
    });
    found.collect()
}

fn names_district(text: &str) -> bool {
    DISTRICT.iter().any(|body| contains_words(text, body, true))
}

/// The latest clause in force on the day that moved the power.
fn mover(inquiry: &Inquiry<'_>, power: &Power) -> Option<Cause> {
    let law = inquiry.generation.law();
    let kind = RelationKind::TransfersCompetence;
    let movers = law.causes(&power.document, &power.place, kind, inquiry.day);
    movers.into_iter().rev().find(|by| {
        let clause = law.relation(by).map(|relation| relation.locator.clone());
        !law.state(&by.id, &clause.unwrap_or_default(), inquiry.day)
            .is_void()
    })
}

/// Quotes the clause behind everything else, where the store holds it.
fn quote<'g>(draft: &mut Draft<'g>, inquiry: &Inquiry<'g>, by: &Cause) -> Result<(), index::Error> {
    let provision = inquiry.generation.law().relation(by).map(|r| r.provision);
    let is_new = |&at: &usize| at > 0 && !draft.quotes(&by.id, at);
    if let Some(provision) = provision.filter(is_new) {
        draft.quote(&by.id, provision, None, inquiry)?;
        draft.composed.number();
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
