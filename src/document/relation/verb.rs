//! The verbs of relations, and the words around them, in search form without marks.
//!
//! Without marks, because scanned texts lose and exchange them (`Sữa đỗi, bồ sung`).

use std::sync::LazyLock;

use crate::document::RelationKind;
use crate::text::Span;
use crate::text::fold_text;
use crate::text::fold_word;
use crate::text::words;

/// How a verb takes its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) enum Voice {
    /// `bãi bỏ Nghị định …`
    Active,
    /// `Nghị định … hết hiệu lực`
    Passive,
}

/// A verb in a clause: which, and the words it takes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) struct Verb {
    pub(in crate::document) kind: RelationKind,
    pub(in crate::document) voice: Voice,
    pub(in crate::document) at: usize,
    pub(in crate::document) end: usize,
}

use RelationKind::Amends;
use RelationKind::Corrects;
use RelationKind::Guides;
use RelationKind::Repeals;
use RelationKind::Replaces;
use RelationKind::Suspends;
use Voice::Active;
use Voice::Passive;

/// Longer phrases stand before those they begin with.
const VERBS: [(&str, RelationKind, Voice); 26] = [
    ("sửa đổi, bổ sung, thay thế, bãi bỏ", Amends, Active),
    ("sửa đổi, bổ sung, bãi bỏ", Amends, Active),
    ("sửa đổi, bổ sung", Amends, Active),
    ("sửa đổi, bãi bỏ", Amends, Active),
    ("bổ sung, thay thế, bãi bỏ", Amends, Active),
    ("bổ sung, thay thế", Amends, Active),
    ("bổ sung, bãi bỏ", Amends, Active),
    ("sửa đổi", Amends, Active),
    ("bổ sung", Amends, Active),
    ("thay thế cụm từ", Amends, Active),
    ("thay thế từ", Amends, Active),
    ("thay cụm từ", Amends, Active),
    ("thay từ", Amends, Active),
    ("thay thế, bãi bỏ", Replaces, Active),
    ("thay thế", Replaces, Active),
    ("bãi bỏ", Repeals, Active),
    ("hủy bỏ", Repeals, Active),
    ("bỏ cụm từ", Repeals, Active),
    ("đính chính", Corrects, Active),
    ("tạm ngưng hiệu lực", Suspends, Active),
    ("ngưng hiệu lực", Suspends, Active),
    ("quy định chi tiết", Guides, Active),
    ("quy định một số điều", Guides, Active),
    ("hướng dẫn", Guides, Active),
    ("hết hiệu lực", Repeals, Passive),
    ("chấm dứt hiệu lực", Repeals, Passive),
];

/// Words before a verb with which it tells of something else: `được sửa đổi, bổ sung`.
const FOREIGN: [&str; 13] = [
    "được", "bị", "đã", "không", "chưa", "việc", "hoặc", "khi", "để", "nếu", "cần", "nghị", "phải",
];

/// Words that stand between `và` or a comma and the verb they lead to.
const JOINTS: [&str; 2] = ["đồng thời", "có giá trị"];

type Row = (Vec<String>, RelationKind, Voice);

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    VERBS
        .iter()
        .map(|&(phrase, kind, voice)| (folded(phrase), kind, voice))
        .collect()
});

/// The words of a phrase in search form without marks.
pub(in crate::document) fn folded(phrase: &str) -> Vec<String> {
    fold_text(phrase, false)
        .split(' ')
        .map(str::to_owned)
        .collect()
}

/// A clause as words: each in search form without marks, with its place in the document.
#[derive(Clone, Debug, Default)]
pub(in crate::document) struct Words {
    pub(in crate::document) bare: Vec<String>,
    /// The same in small letters with their marks, for words that are others without them.
    pub(in crate::document) marked: Vec<String>,
    pub(in crate::document) spans: Vec<Span>,
    /// Whether a comma or a semicolon stands before the word.
    pub(in crate::document) after_comma: Vec<bool>,
}

impl Words {
    /// The words of `text`, which begins at `base`.
    pub(in crate::document) fn of(text: &str, base: usize) -> Self {
        let mut found = Self::default();
        let mut end = 0;
        for (word, span) in words(text) {
            let gap = text.get(end..span.start).unwrap_or_default();
            end = span.end;
            found.bare.push(fold_word(word).bare);
            found.marked.push(word.to_lowercase());
            found
                .spans
                .push(Span::new(base + span.start, base + span.end));
            found.after_comma.push(gap.contains([',', ';']));
        }
        found
    }

    /// Whether `phrase`, in search form, stands at word `at`.
    pub(in crate::document) fn has(&self, at: usize, phrase: &[String]) -> bool {
        self.bare
            .get(at..at + phrase.len())
            .is_some_and(|words| words == phrase)
    }

    /// Where `phrase`, as one writes it, first stands from word `from` on.
    pub(in crate::document) fn find(&self, phrase: &str, from: usize) -> Option<usize> {
        let phrase = folded(phrase);
        (from..self.bare.len()).find(|&at| self.has(at, &phrase))
    }

    /// The verb at word `at`.
    pub(in crate::document) fn verb_at(&self, at: usize) -> Option<Verb> {
        let row = TABLE.iter().find(|row| self.has(at, &row.0))?;
        let next = self.bare.get(at + row.0.len()).map(String::as_str);
        // `Hướng dẫn này`, `Hướng dẫn số 05/HD-UBND` are documents.
        if row.1 == Guides && matches!(next, Some("nay" | "so")) {
            return None;
        }
        Some(Verb {
            kind: row.1,
            voice: row.2,
            at,
            end: at + row.0.len(),
        })
    }

    /// Whether the word before `at` shows that the verb there tells of something else.
    pub(in crate::document) fn is_foreign(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.marked.get(before));
        before.is_some_and(|word| FOREIGN.contains(&word.as_str()))
    }

    /// Whether the verb at `at` goes on with what was said before: `, thay thế`, `và đồng thời bãi bỏ`.
    pub(in crate::document) fn goes_on(&self, at: usize) -> bool {
        let before = self.bare.get(..at).unwrap_or_default();
        let joined = JOINTS
            .iter()
            .find(|joint| before.ends_with(&folded(joint)))
            .map_or(at, |joint| at - joint.split(' ').count());
        let is_behind_comma = self.after_comma.get(joined).copied().unwrap_or_default();
        is_behind_comma
            || before
                .get(..joined)
                .is_some_and(|b| b.last().is_some_and(|w| w == "va"))
    }

    /// The place of word `at`, or of the end of the clause.
    pub(in crate::document) fn start(&self, at: usize) -> Option<usize> {
        self.spans.get(at).map(|span| span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_read_with_marks_lost_and_exchanged() {
        for text in [
            "Sửa đổi, bổ sung Điều 5",
            "Sữa đỗi, bồ sung Điều 5",
            "sua doi bo sung",
        ] {
            let verb = Words::of(text, 0).verb_at(0).expect(text);
            assert_eq!(
                (verb.kind, verb.voice, verb.end),
                (Amends, Active, 4),
                "{text}"
            );
        }
    }

    #[test]
    fn longest_verb_wins() {
        let words = Words::of("thay thế cụm từ", 0);
        assert_eq!(words.verb_at(0).map(|verb| verb.kind), Some(Amends));
        assert_eq!(Words::of("Hướng dẫn số 05", 0).verb_at(0), None);
        let words = Words::of("thay thế Thông tư", 0);
        assert_eq!(words.verb_at(0).map(|verb| verb.kind), Some(Replaces));
    }
}
