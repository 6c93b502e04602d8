//! The law that a quote rests on: guidance in force may give as its base (`căn cứ … Luật Hộ tịch số
//! 60/2014/QH13`) what is law no longer on the day asked about, and then its rule may have gone too.

use crate::answer::Composed;
use crate::document::DocumentNumber;
use crate::document::Mention;
use crate::qa::inquiry::Inquiry;
use crate::text::words;
use crate::wire::Standing;
use crate::wire::called;

/// What ends the words that name a base: a bracket, or what else stands in the sentence. `›` stands
/// between the headings above a statement.
const BASE_ENDS: [char; 3] = [')', ';', '›'];

/// A base that nobody may rest on.
pub(super) struct Base {
    /// How it is called.
    pub(super) document: String,
    /// What it is instead, in words.
    pub(super) standing: String,
}

/// The bases of what is quoted, as of the day, that nobody may rest on, none twice. What is quoted from
/// a text out of force is told of as such; its base does not matter any more.
pub(super) fn void_bases(
    composed: &Composed,
    standings: &[Option<Standing>],
    inquiry: &Inquiry<'_>,
) -> Vec<Base> {
    let is_void = |at: &usize| {
        let standing = standings.get(*at).and_then(Option::as_ref);
        standing.is_some_and(|standing| standing.state.is_void())
    };
    let mut found: Vec<Base> = Vec::new();
    for statement in &composed.statements {
        if statement.citations.iter().any(is_void) {
            continue;
        }
        let heading = statement.heading.as_deref().unwrap_or_default();
        for mention in [heading, &statement.text].into_iter().flat_map(bases) {
            let base = void_base(&mention, inquiry);
            let is_new = |base: &Base| found.iter().all(|known| known.document != base.document);
            found.extend(base.filter(is_new));
        }
    }
    found
}

/// The document that `mention` names, where nobody may rest on it as of the day.
fn void_base(mention: &Mention, inquiry: &Inquiry<'_>) -> Option<Base> {
    // Of local bodies many share a number: which is meant cannot be told.
    let number = mention.number().filter(|number| !number.is_local())?;
    let (printed, title) = inquiry.generation.law().named(&number)?;
    let standing = Standing::of_number(inquiry.generation, &number, inquiry.day);
    standing.state.is_void().then(|| Base {
        document: called(Some(&printed.to_string()), title.unwrap_or_default()),
        standing: standing.label,
    })
}

/// The documents that `text` says it rests on.
fn bases(text: &str) -> Vec<Mention> {
    let found: Vec<_> = words(text).collect();
    let opened = found.windows(2).filter_map(|pair| {
        let [(first, _), (second, span)] = pair else {
            return None;
        };
        let opens = first.to_lowercase() == "căn" && second.to_lowercase() == "cứ";
        text.get(span.end..).filter(|_| opens)
    });
    let named = opened.flat_map(|rest| DocumentNumber::find_in(named_base(rest)));
    named.map(|(_, mention)| mention).collect()
}

/// What stands behind `căn cứ`, up to the end of the bracket or sentence.
fn named_base(rest: &str) -> &str {
    let rest = rest.split(BASE_ENDS).next().unwrap_or(rest);
    let is_end = |at: &usize| {
        let behind = rest.get(at + 1..).unwrap_or_default();
        behind.is_empty() || behind.starts_with(char::is_whitespace)
    };
    let end = rest.match_indices('.').map(|(at, _)| at).find(is_end);
    end.and_then(|end| rest.get(..end)).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = bases(text)
            .iter()
            .filter_map(|mention| Some(mention.number()?.to_string()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn bases_are_the_documents_behind_the_word_and_no_others() {
        check(
            "1. Thời hạn là 60 ngày (căn cứ khoản 1 Điều 15 Luật Hộ tịch số 60/2014/QH13).",
            &["60/2014/QH13"],
        );
        check(
            "Căn cứ là Luật Tố cáo số 25/2018/QH14 và Nghị quyết số 66.7/2025/NQ-CP. Nghị định số \
             31/2019/NĐ-CP hướng dẫn.",
            &["25/2018/QH14", "66.7/2025/NQ-CP"],
        );
        check(
            "Điều 4. Lệ phí › 1. Miễn (căn cứ Luật số 60/2014/QH13): › theo Luật số 3/2026/QH16",
            &["60/2014/QH13"],
        );
        for text in [
            "Nghị định số 118/2025/NĐ-CP thay thế Nghị định số 61/2018/NĐ-CP.",
            "Căn cước công dân theo Luật số 26/2023/QH15.",
            "",
        ] {
            check(text, &[]);
        }
    }
}
