//! What people say at the counter, and what documents call it.
//!
//! One direction only: a question in everyday words also searches the administrative ones. The
//! table, `synonyms.tsv`, holds phrases whose meaning does not hang on context: a row a line, the
//! everyday phrase first, then what it may mean, the most usual first. Most are unmistakable without
//! diacritics too; those that are not (`đẻ` is also `để`) carry a `!` and count only with them. Where
//! a few longer phrases make another thing of a row (`hợp đồng đầu tư` without diacritics holds `đóng
//! dấu`; `người mất` has died, but not `người mất thẻ`), a line beginning with `-` under it lists them.
//! What asks for a deadline, a fee, the papers or who decides (`mấy bữa xong`, `cần giấy gì`) is no row:
//! such words stand in every text, and [`crate::answer::Intent`] knows them.
//! Abbreviations are in [`super::abbreviation`].

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::text::fold_text;
use crate::text::has_diacritics;
use crate::text::strip_diacritics;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("synonyms.tsv")));

/// Marks a row that counts only in questions with diacritics.
const ONLY_MARKED: char = '!';

/// Begins the line of phrases in which the row above means something else.
const OTHER: char = '-';

/// The rows of a table, and where they are found by their folded phrase.
struct Lexicon {
    rows: Vec<Row>,
    marked: HashMap<String, usize>,
    bare: HashMap<String, usize>,
    /// Words of the longest everyday phrase.
    n_words_max: usize,
}

struct Row {
    said: &'static str,
    meant: Vec<&'static str>,
    /// Longer phrases in which these words are not that phrase.
    others: Vec<&'static str>,
}

impl Row {
    /// Whether the words of `asked` at `span`, where the phrase stands, belong to another phrase.
    fn is_other(&self, asked: &[&str], span: &Range<usize>, uses_marks: bool) -> bool {
        let mut others = self.others.iter().map(|other| fold_text(other, uses_marks));
        others.any(|other| stands_around(asked, span, &other))
    }
}

/// Whether the phrase `other` stands in `asked` where it takes in the words at `span`.
fn stands_around(asked: &[&str], span: &Range<usize>, other: &str) -> bool {
    let n_words = other.split(' ').count();
    let first = span.end.saturating_sub(n_words);
    (first..=span.start).any(|at| {
        let words = asked.get(at..at + n_words);
        words.is_some_and(|words| words.iter().copied().eq(other.split(' ')))
    })
}

impl Lexicon {
    fn read(table: &'static str) -> Self {
        let mut lexicon = Self {
            rows: Vec::new(),
            marked: HashMap::new(),
            bare: HashMap::new(),
            n_words_max: 0,
        };
        let is_row = |line: &&str| !line.is_empty() && !line.starts_with('#');
        for line in table.lines().filter(is_row) {
            if let Some(others) = line.strip_prefix(OTHER) {
                lexicon.except(others);
                continue;
            }
            let (said, meant) = line.split_once('\t').unwrap_or((line, ""));
            let is_only_marked = said.starts_with(ONLY_MARKED);
            lexicon.add(said.trim_start_matches(ONLY_MARKED), meant, is_only_marked);
        }
        lexicon
    }

    fn add(&mut self, said: &'static str, meant: &'static str, is_only_marked: bool) {
        let at = self.rows.len();
        let marked = fold_text(said, true);
        self.n_words_max = self.n_words_max.max(marked.split(' ').count());
        self.marked.insert(marked, at);
        if !is_only_marked {
            self.bare.insert(fold_text(said, false), at);
        }
        self.rows.push(Row {
            said,
            meant: meant.split('\t').collect(),
            others: Vec::new(),
        });
    }

    /// Takes `others` for phrases in which the last row means something else.
    fn except(&mut self, others: &'static str) {
        if let Some(row) = self.rows.last_mut() {
            row.others.extend(others.split('\t'));
        }
    }

    /// The rows whose phrase stands in `question`, in their order.
    fn find(&self, question: &str, uses_marks: bool) -> impl Iterator<Item = &Row> {
        let by_phrase = if uses_marks { &self.marked } else { &self.bare };
        let asked = fold_text(question, uses_marks);
        let words: Vec<&str> = asked.split(' ').collect();
        let is_other = |at: usize, span: &Range<usize>| {
            let row = self.rows.get(at);
            row.is_some_and(|row| row.is_other(&words, span, uses_marks))
        };
        let mut found = BTreeSet::new();
        for n_words in 1..=self.n_words_max {
            let spans = (0..words.len()).map(|first| first..first + n_words);
            found.extend(spans.filter_map(|span| {
                let phrase = words.get(span.clone())?.join(" ");
                let at = *by_phrase.get(&phrase)?;
                (!is_other(at, &span)).then_some(at)
            }));
        }
        found.into_iter().filter_map(|at| self.rows.get(at))
    }
}

/// An everyday phrase found in a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synonym {
    /// The words of the question.
    pub said: String,
    /// What documents may call it; without diacritics if the question is.
    pub meant: Vec<String>,
}

/// The everyday phrases in `question`, with what documents may call them.
///
/// # Example
/// ```
/// use camnang::text::synonyms;
/// assert_eq!(synonyms("Cưới rồi thì sao?")[0].meant, ["kết hôn"]);
/// assert_eq!(synonyms("nop ho so qua mang")[0].meant, ["truc tuyen"]);
/// ```
pub fn synonyms(question: &str) -> Vec<Synonym> {
    let uses_marks = has_diacritics(question);
    let spelled = |phrase: &str| {
        if uses_marks {
            phrase.to_owned()
        } else {
            strip_diacritics(phrase).into_owned()
        }
    };
    LEXICON
        .find(question, uses_marks)
        .map(|row| Synonym {
            said: spelled(row.said),
            meant: row.meant.iter().map(|phrase| spelled(phrase)).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_with_and_without_marks() {
        for row in &LEXICON.rows {
            let found = synonyms(&format!("Đã {} ạ", row.said));
            let is_row = |s: &Synonym| s.said == row.said && s.meant == row.meant;
            assert!(found.iter().any(is_row), "{}", row.said);
            if LEXICON.bare.contains_key(&fold_text(row.said, false)) {
                let bare = strip_diacritics(row.said);
                let found = synonyms(&format!("da {bare} a"));
                assert!(found.iter().any(|s| s.said == bare), "{bare}");
            }
        }
    }

    #[test]
    fn rows_say_something_else_than_they_mean_and_stand_once() {
        let phrases = LEXICON.rows.iter().map(|row| fold_text(row.said, true));
        assert_eq!(phrases.collect::<BTreeSet<_>>().len(), LEXICON.rows.len());
        for row in &LEXICON.rows {
            assert!(!row.meant.is_empty(), "{}", row.said);
            for meant in &row.meant {
                assert!(!meant.trim().is_empty(), "{}", row.said);
                assert_ne!(fold_text(row.said, true), fold_text(meant, true));
                assert!(meant.trim() == *meant && row.said.trim() == row.said);
            }
        }
    }

    #[test]
    fn words_match_whole() {
        assert!(
            synonyms("đề nghị, chết tiệt không")
                .iter()
                .all(|s| s.said == "chết")
        );
        assert!(synonyms("đăng ký khai sinh").is_empty());
    }

    #[test]
    fn what_is_mistakable_without_marks_counts_with_them_only() {
        assert_eq!(synonyms("đẻ ở nhà")[0].said, "đẻ");
        assert!(synonyms("nop de lam gi").is_empty());
    }

    #[track_caller]
    fn check_absent(question: &str, said: &str) {
        let found = synonyms(question);
        assert!(
            found.iter().all(|s| s.said != said),
            "{question}: {found:?}"
        );
    }

    #[track_caller]
    fn check_found(question: &str, said: &str) {
        let found = synonyms(question);
        assert!(
            found.iter().any(|s| s.said == said),
            "{question}: {found:?}"
        );
    }

    #[test]
    fn rows_that_are_other_phrases_without_marks_carry_the_sign() {
        for (question, said) in [
            ("vo toi sinh con roi khai sinh o dau", "con roi"),
            ("to khai thay doi ho khau", "doi ho khau"),
            ("giay to mat lam lai o dau", "giay to mat"),
            ("xin ban sao bien ban hoa giai", "ban hoa giai"),
            ("ben thua kien chiu an phi", "thua kien"),
            ("luu hanh tien gia bi phat gi", "tien gia"),
            ("xe chua dang ky ma chay ra duong", "ma chay"),
            ("con chua vo hoc lop 1", "chua vo"),
        ] {
            check_absent(question, said);
        }
        for (question, said) in [
            ("nhặt được con rơi thì báo ai", "con rơi"),
            ("dời hộ khẩu về quê", "dời hộ khẩu"),
            ("chồng mới mất, ma chay ai lo", "ma chay"),
            ("xin tiền già", "tiền già"),
        ] {
            check_found(question, said);
        }
    }

    #[test]
    fn a_neighbour_can_make_another_word_of_a_row() {
        for (question, said) in [
            ("hop dong dau tu gom gi", "dong dau"),
            ("hop dong dau khi keo dai may nam", "dong dau"),
            ("chao ban ra cong chung", "cong chung"),
            ("phai cho cong chung biet", "cong chung"),
            ("thong bao tu ngay nao", "bao tu"),
            ("tra cuu hoa don o dau", "cuu hoa"),
            ("nguoi lao dong phat hien sai pham", "dong phat"),
            ("khoan 2 dieu 1 cua luat", "1 cua"),
            ("tiep xuc cac cu tri", "cac cu"),
            ("co giay khai sinh muon sua ten", "khai sinh muon"),
            ("người mất CCCD làm lại ở đâu", "người mất"),
            ("giám hộ cho người mất năng lực hành vi", "người mất"),
            ("vì sao y tế xã phải báo cáo", "sao y"),
            ("Bộ Lao động - Thương binh và Xã hội", "thương binh"),
        ] {
            check_absent(question, said);
        }
        for (question, said) in [
            ("can xa dong dau khong", "dong dau"),
            ("phai ra cong chung khong", "cong chung"),
            ("con di bao tu cho bo", "bao tu"),
            ("goi cuu hoa so may", "cuu hoa"),
            ("dong phat o dau", "dong phat"),
            ("ra 1 cua nop ho so", "1 cua"),
            ("khai sinh muon co bi phat khong", "khai sinh muon"),
            ("mung tho cac cu", "cac cu"),
            ("Thân nhân người mất có bao nhiêu ngày", "người mất"),
            ("người mất căn cước, giấy báo tử của người mất", "người mất"),
        ] {
            check_found(question, said);
        }
    }

    #[test]
    fn other_phrases_are_longer_and_hold_their_row() {
        for row in &LEXICON.rows {
            let said = fold_text(row.said, false);
            for other in &row.others {
                let other = fold_text(other, false);
                assert_ne!(other, said);
                let spaced = format!(" {other} ");
                assert!(spaced.contains(&format!(" {said} ")), "{other}");
            }
        }
    }
}
