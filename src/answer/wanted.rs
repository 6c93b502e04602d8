//! What in particular a question wants to see in its answer: a figure of a kind, a count of
//! something, a name, a definition, a penalty.

use crate::document::Date;
use crate::document::DocumentNumber;
use crate::text::Span;
use crate::text::contains_words;
use crate::text::fold_text;
use crate::text::fold_word;
use crate::text::words;

use super::figure::{figures, with_unit};
use super::intent::Intent;
use super::intent::defined;
use super::intent::within;
use super::life::Life;

/// What asks for a count comes before the thing counted.
const COUNTING: &[&str] = &["bao nhieu", "may"];
/// Words after these that name nothing to count.
const NOT_COUNTED: &[&str] = &[
    "la", "thi", "vay", "moi", "duoc", "mot", "cho", "trong", "o", "ha", "nhi", "theo", "va",
];
/// Numbers written as words, which count only before what is counted.
const NUMBER_WORDS: &[&str] = &[
    "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười",
];

/// What asks for a penalty, and the word without which no text states one.
const ASKING_PENALTY: &[&str] = &[
    "bi phat",
    "xu phat",
    "muc phat",
    "phat tien",
    "phat bao nhieu",
];
const PENALTY: &str = "phạt";

/// A sum is as well answered by none at all.
const FREE: &[&str] = &["miễn", "không thu", "không phải nộp"];

/// Who may act, beyond the bodies whose names stand as an answer of their own.
const ACTORS: &[&str] = &[
    "người",
    "công chức",
    "cán bộ",
    "chủ tịch",
    "ủy ban",
    "ubnd",
    "hội đồng",
    "sở",
    "bộ",
    "phòng",
    "chánh",
    "trưởng",
    "trung tâm",
    "công an",
    "tòa án",
    "cơ quan",
    "giám đốc",
];

/// How a definition goes on after the word.
const DEFINING: &[&str] = &["la", "duoc hieu la", "nghia la", "co nghia la"];

/// Digits of a telephone number, at least.
const N_PHONE_DIGITS_MIN: usize = 8;
const PHONE_STARTS: &[&str] = &["0", "+84", "1800", "1900"];

/// What a question wants to see.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    intent: Intent,
    /// First word of what is to be counted, without diacritics.
    counted: Option<String>,
    /// The words to be defined, in search form without diacritics.
    defined: Option<String>,
    asks_penalty: bool,
    /// The day in the life of a document that it asks for.
    life: Option<Life>,
    /// The day whose law it wants.
    day: Date,
}

impl Wanted {
    /// What `question` of kind `intent` wants to know of the law of `day`.
    pub(super) fn new(question: &str, intent: Intent, day: Date) -> Self {
        let asked = within(question);
        Self {
            intent,
            counted: counted(&asked).filter(|_| intent == Intent::Count),
            defined: defined(question).filter(|_| intent == Intent::Definition),
            asks_penalty: ASKING_PENALTY.iter().any(|p| asked.contains(&within(p))),
            life: Life::of(question).filter(|_| intent == Intent::Date),
            day,
        }
    }

    /// The day whose law is wanted.
    pub(super) fn day(&self) -> Date {
        self.day
    }

    /// Whether an answer without it is none.
    pub(super) fn is_particular(&self) -> bool {
        self.asks_penalty || !matches!(self.intent, Intent::List | Intent::Statement)
    }

    /// Whether it asks what a word means.
    pub(super) fn is_definition(&self) -> bool {
        self.intent == Intent::Definition
    }

    /// Whether `text`, in a passage that says `around`, has it.
    pub(super) fn is_in(&self, text: &str, around: &str) -> bool {
        if self.asks_penalty && !holds(around, PENALTY) {
            return false;
        }
        match self.intent {
            Intent::Money if !self.asks_penalty && FREE.iter().any(|free| holds(text, free)) => {
                true
            }
            Intent::Authority => ACTORS.iter().any(|actor| holds(text, actor)),
            Intent::Definition => self.is_defined_in(text),
            Intent::Contact => has_contact(text),
            Intent::List | Intent::Statement => self.asks_penalty,
            _ => !self.figures(text).is_empty(),
        }
    }

    /// The figures asked for, in reading order.
    pub(super) fn figures(&self, text: &str) -> Vec<Span> {
        let found = figures(text, self.intent);
        let Some(counted) = &self.counted else {
            return found;
        };
        let counts = |span: &Span| {
            let after = text.get(span.end..).unwrap_or_default();
            let next = words(after).next().map(|(word, _)| fold_word(word).bare);
            let is_share = span.slice(text).is_some_and(|number| number.ends_with('%'));
            next.as_ref() == Some(counted) || (counted == "phan" && is_share)
        };
        found
            .into_iter()
            .filter(counts)
            .chain(spelled(text, counted))
            .collect()
    }

    /// The figures of `text`, a text of the document with the number `own`, that may stand for the
    /// answer: a day in the life of a document is that of no other document and no other day.
    pub(super) fn leading(&self, text: &str, own: Option<&DocumentNumber>) -> Vec<Span> {
        match &self.life {
            Some(life) => life.days(text, own),
            // Who asks how much, and of what not, is told of what.
            None if self.intent == Intent::Count && self.counted.is_none() => {
                let found = self.figures(text).into_iter();
                found.map(|span| with_unit(text, span)).collect()
            }
            None => self.figures(text),
        }
    }

    fn is_defined_in(&self, text: &str) -> bool {
        let text = within(text);
        let subject = self.defined.as_deref().unwrap_or_default();
        DEFINING
            .iter()
            .any(|is| text.contains(&format!(" {subject} {} ", fold_text(is, false))))
    }
}

/// Whether the words of `phrase` follow each other in `text`, diacritics and all.
fn holds(text: &str, phrase: &str) -> bool {
    contains_words(text, phrase, true)
}

/// First word of what `asked` wants counted.
fn counted(asked: &str) -> Option<String> {
    let after = COUNTING
        .iter()
        .filter_map(|phrase| asked.split_once(&within(phrase)))
        .map(|(_, after)| after)
        .next()?;
    let word = after.split(' ').next().filter(|word| !word.is_empty())?;
    let names = !NOT_COUNTED.iter().any(|not| fold_word(not).bare == word);
    names.then(|| word.to_owned())
}

/// Numbers written as words before `counted`.
fn spelled(text: &str, counted: &str) -> Vec<Span> {
    let words: Vec<(&str, Span)> = words(text).collect();
    let mut found = Vec::new();
    for pair in words.windows(2) {
        if let [(number, span), (next, _)] = pair
            && NUMBER_WORDS.contains(&number.to_lowercase().as_str())
            && fold_word(next).bare == counted
        {
            found.push(*span);
        }
    }
    found
}

/// Whether there is a telephone number or an address for mail.
fn has_contact(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+');
    let runs = text.split(|c| !is_part(c)).map(str::trim);
    let is_phone = |run: &str| {
        let n_digits = run.bytes().filter(u8::is_ascii_digit).count();
        n_digits >= N_PHONE_DIGITS_MIN && PHONE_STARTS.iter().any(|start| run.starts_with(start))
    };
    text.contains('@') || runs.into_iter().any(is_phone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(question: &str, text: &str, expected: bool) {
        for question in [
            question.to_owned(),
            crate::text::strip_diacritics(question).into_owned(),
        ] {
            let day = Date::new(2026, 11, 22).unwrap();
            let wanted = Wanted::new(&question, Intent::of(&question), day);
            assert!(wanted.is_particular(), "{question}");
            assert_eq!(wanted.is_in(text, text), expected, "{question}: {text}");
        }
    }

    #[test]
    fn counts_are_of_what_was_asked() {
        let question = "nam nữ bao nhiêu tuổi mới được kết hôn";
        check(question, "Nam từ đủ 20 tuổi trở lên", true);
        check(
            question,
            "theo Luật số 60/2014/QH13, có mặt cả 2 bên",
            false,
        );
        check("xã có mấy phòng chuyên môn", "gồm ba phòng: …", true);
        check("xã có mấy phòng chuyên môn", "sau ba năm; 03 xã", false);
        check("tỷ lệ bao nhiêu phần trăm", "không quá 20% số người", true);
        check("còn bao nhiêu?", "theo đó còn 34 tỉnh", true);
    }

    #[test]
    fn penalties_are_not_deadlines_nor_fees() {
        let question = "khai sinh muộn bị phạt bao nhiêu tiền";
        check(question, "Lệ phí 8.000 đồng", false);
        check(
            question,
            "Phạt tiền từ 1.000.000 đồng đến 3.000.000 đồng",
            true,
        );
        check(
            "làm giả giấy chứng sinh bị xử phạt thế nào",
            "phát hiện giấy tờ giả thì báo công an",
            false,
        );
        check(
            "làm giả giấy chứng sinh bị xử phạt thế nào",
            "thì bị phạt cảnh cáo",
            true,
        );
    }

    #[test]
    fn what_is_free_answers_what_it_costs() {
        check(
            "đăng ký khai sinh mất bao nhiêu tiền",
            "Miễn lệ phí cho người cao tuổi",
            true,
        );
    }

    #[test]
    fn definitions_define_and_do_not_mention() {
        let question = "Giám hộ là gì?";
        check(
            question,
            "1. Giám hộ là việc cá nhân được cử chăm sóc người chưa thành niên",
            true,
        );
        check(question, "“Giám hộ” được hiểu là việc chăm sóc", true);
        check(question, "d) Đăng ký giám hộ;", false);
    }

    #[test]
    fn contacts_are_telephone_numbers_or_mail() {
        let question = "cho xin số điện thoại bộ phận một cửa";
        check(question, "Đường dây nóng: 1900 1234", true);
        check(
            question,
            "liên hệ 0241.3822.111 hoặc congan@xa.example",
            true,
        );
        check(
            question,
            "Nghị định số 118/2025/NĐ-CP, mức 2.530.000 đồng",
            false,
        );
    }

    #[test]
    fn day_that_is_no_documents_is_any() {
        let leading = |question: &str, text: &str| {
            let day = Date::new(2026, 11, 22).unwrap();
            let wanted = Wanted::new(question, Intent::of(question), day);
            let spans = wanted.leading(text, None).into_iter();
            let days = spans.filter_map(|span| Some(span.slice(text)?.to_owned()));
            days.collect::<Vec<String>>()
        };
        let text = "2. Cấp huyện chấm dứt hoạt động từ ngày 01/7/2025.";
        let any = leading("Từ ngày nào không còn cấp huyện?", text);
        assert_eq!(any, ["01/7/2025"]);
        let of_one = "Nghị định 120/2025/NĐ-CP có hiệu lực từ ngày nào?";
        assert_eq!(leading(of_one, text), Vec::<String>::new());
    }

    #[test]
    fn whoever_acts_answers_who() {
        check("ai chịu trách nhiệm", "Người dùng chịu trách nhiệm.", true);
        check("ai chịu trách nhiệm", "trong 05 ngày làm việc", false);
    }
}
