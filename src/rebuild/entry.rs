//! A document as the index keeps it: what its text says, corrected by what its maintainer states.

use crate::corpus::Overrides;
use crate::corpus::Problem;
use crate::corpus::ProblemKind;
use crate::corpus::Source;
use crate::document::Act;
use crate::document::Date;
use crate::document::Document;
use crate::document::DocumentNumber;
use crate::document::Effect;
use crate::document::Mention;
use crate::document::Relation;
use crate::document::RelationKind;
use crate::index;
use crate::index::Entry;
use crate::text::canonicalise;

/// What a document does to others, as its text says and its maintainer corrects.
pub(super) fn act(source: &Source, document: &Document) -> Act {
    let stated = &source.overrides;
    let mut act = Act::of(&source.id, document);
    let read = act.effect.from;
    act.effect = effect(stated, act.effect);
    let entry = act.effect.from;
    let is_corrected = |r: &Relation| stated.relations.iter().any(|s| s.corrects(r));
    act.relations.retain(|relation| !is_corrected(relation));
    for relation in &mut act.relations {
        // The text names no day of its own: then what takes effect with it does so on the stated one.
        if read.is_none() && relation.kind != RelationKind::Consolidates {
            relation.from = relation.from.or(entry);
        }
    }
    act.relations.extend(
        stated
            .relations
            .iter()
            .filter_map(|s| s.relation(Some(document), entry)),
    );
    act
}

/// The number that is stated, where it is one.
pub(super) fn stated_number(source: &Source) -> Option<DocumentNumber> {
    source.overrides.number.as_deref()?.parse().ok()
}

/// That the number stated of `source` is none: nothing that others say of it would reach it.
pub(super) fn bad_number(source: &Source) -> Option<Problem> {
    let number = source.overrides.number.as_deref()?;
    // Rows of laws without a number state an empty one.
    if number.trim().is_empty() {
        return None;
    }
    let error = number.parse::<DocumentNumber>().err()?;
    let kind = ProblemKind::BadNumber {
        number: number.to_owned(),
        reason: error.to_string(),
    };
    Some(Problem::of(&source.file, kind))
}

/// What the manifest says of a document that the corpus does not hold.
pub(super) fn known_act(number: &str, stated: &Overrides) -> Act {
    let effect = effect(stated, Effect::default());
    let relations = stated.relations.iter();
    Act {
        id: number.to_owned(),
        number: number.parse().ok(),
        title: stated.title.clone(),
        issuer: stated.issuer.clone(),
        issued: stated.issued,
        relations: relations
            .filter_map(|s| s.relation(None, effect.from))
            .collect(),
        effect,
    }
}

/// When a document is in force: what is stated wins over what was read.
fn effect(stated: &Overrides, read: Effect) -> Effect {
    Effect {
        from: stated.effective.or(read.from),
        until: stated.expires.and_then(Date::previous).or(read.until),
        applies_from: stated.applies_from.or(read.applies_from),
        parts: read.parts,
    }
}

pub(super) fn entry(
    source: &Source,
    document: &Document,
    effect: &Effect,
    source_hash: String,
) -> Entry {
    let (stated, found) = (&source.overrides, &document.facts);
    let title = stated
        .title
        .clone()
        .or_else(|| found.title.clone())
        .unwrap_or_else(|| first_line(document, source));
    Entry {
        id: source.id.clone(),
        number: number(source, document, &title),
        kind: stated
            .kind
            .clone()
            .or_else(|| found.kind.map(|kind| kind.name().to_owned())),
        issuer: stated.issuer.clone().or_else(|| found.issuer.clone()),
        title: canonicalise(&title),
        issued: stated.issued.or(found.issued),
        effective: effect.from,
        expires: effect.until.and_then(|last| last.plus(1)),
        note: stated.note.clone(),
        source_file: source.file.clone(),
        source_hash,
        version: blake3::hash(document.text.as_bytes()).to_hex().to_string(),
        pages: source
            .pages
            .iter()
            .map(|page| index::Page {
                number: page.number,
                start: page.start,
                is_recognised: page.ocr.is_some(),
            })
            .collect(),
        n_passages: 0,
        n_diagnostics: u32::try_from(document.diagnostics.len()).unwrap_or(u32::MAX),
    }
}

/// The number of a document as it is shown: what is stated and is no number gives way to one that
/// was read, in the text or in the title.
fn number(source: &Source, document: &Document, title: &str) -> Option<String> {
    let stated = source.overrides.number.clone();
    if stated_number(source).is_some() {
        return stated;
    }
    let read = document.facts.number.as_ref().map(ToString::to_string);
    read.or_else(|| number_in(title))
        .or_else(|| stated.filter(|stated| !stated.trim().is_empty()))
}

/// The number that a title begins with: `Nghị định 245/2026/NĐ-CP gia hạn …`. One further in is
/// another document's.
fn number_in(title: &str) -> Option<String> {
    let (span, mention) = DocumentNumber::find_in(title).into_iter().next()?;
    let Mention {
        number,
        year: Some(year),
        suffix: Some(suffix),
        ..
    } = mention
    else {
        return None;
    };
    (span.start == 0).then(|| format!("{number:0>2}/{year}/{suffix}"))
}

/// A title where there is none: the first line, or the id of a text that begins with a long one.
fn first_line(document: &Document, source: &Source) -> String {
    let line = document.text.lines().next().unwrap_or_default();
    if line.len() <= 200 {
        line.to_owned()
    } else {
        source.id.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::extract::Format;

    #[test]
    fn number_of_a_title_is_its_own_only_at_the_start() {
        let number = |title| number_in(title).unwrap_or_default();
        assert_eq!(
            number("Nghị định 245/2026/NĐ-CP gia hạn nộp thuế"),
            "245/2026/NĐ-CP"
        );
        assert_eq!(number("Thông tư số 5/2026/TT-BTC"), "05/2026/TT-BTC");
        assert_eq!(number("Sửa đổi Nghị định 63/2019/NĐ-CP"), "");
        assert_eq!(number("Hướng dẫn đăng ký khai sinh"), "");
    }

    fn source(number: &str, text: &str) -> Source {
        Source {
            id: "a".into(),
            file: "a.md".into(),
            format: Some(Format::Markdown),
            text: text.into(),
            pages: Vec::new(),
            findings: Vec::new(),
            overrides: Overrides {
                number: Some(number.into()),
                ..Overrides::default()
            },
        }
    }

    #[test]
    fn stated_number_that_is_none_is_told_and_gives_way_to_one_that_is_read() {
        let numbered = "CHÍNH PHỦ\nSố: 120/2025/NĐ-CP\nNGHỊ ĐỊNH\nĐiều 1. Phí\n";
        let titled = "Nghị định 7/2024/NĐ-CP về phí";
        for (stated, text, title, shown) in [
            ("Số: 15/2021/NĐ-CP", numbered, "", "120/2025/NĐ-CP"),
            ("15/2021", "Điều 1. Phí", titled, "07/2024/NĐ-CP"),
            // Better than none to whoever reads it.
            ("không số", "Điều 1. Phí", "", "không số"),
        ] {
            let source = source(stated, text);
            let document = document::parse(text);
            let found = number(&source, &document, title);
            assert_eq!(found.as_deref(), Some(shown), "{stated}");
            let problem = bad_number(&source).unwrap().to_string();
            let told = format!("`a.md`: the stated number `{stated}` is not a document number");
            assert!(problem.starts_with(&told), "{problem}");
        }
        let empty = source(" ", numbered);
        let document = document::parse(numbered);
        assert_eq!(bad_number(&empty), None);
        assert_eq!(
            number(&empty, &document, "").as_deref(),
            Some("120/2025/NĐ-CP")
        );
    }

    #[test]
    fn stated_number_of_any_body_counts_as_it_is_written() {
        let text = "CHÍNH PHỦ\nSố: 120/2025/NĐ-CP\nNGHỊ ĐỊNH\nĐiều 1. Phí\n";
        for stated in [
            "15/HD-UBND",
            "01/HD-UBND-MẪU",
            "28/STNV-UBND-MẪU",
            "16-TB/TU",
            "557/BKHCN-CĐSQG",
            "03/2016/TT- BLĐTBXH",
            "57/2020/qh14",
            "7/2024/NĐ-CP",
        ] {
            let source = source(stated, text);
            assert_eq!(bad_number(&source), None);
            let found = number(&source, &document::parse(text), "");
            assert_eq!(found.as_deref(), Some(stated));
        }
    }
}
