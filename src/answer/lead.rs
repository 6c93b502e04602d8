//! The figure that leads an answer: taken from what answers best, and only where nothing quoted
//! leaves a doubt about it.

use crate::document::DocumentNumber;
use crate::text::contains_words;
use crate::text::fold_text;
use crate::text::fold_word;
use crate::text::words;

use super::Statement;
use super::choose::Pick;
use super::composed::Composed;
use super::evidence::Source;
use super::figure::is_in_range;
use super::intent::Intent;
use super::intent::within;
use super::period::Period;
use super::wanted::Wanted;

/// Words that open a phrase of their own and so tell nothing of the word before, with their marks: many
/// are parts of other words without (`về` and `bảo vệ`, `tại` and `tài sản`).
const OPENING: &[&str] = &[
    "cho", "của", "tại", "trong", "khi", "theo", "với", "về", "vào", "là", "thì", "và",
];

/// The figure asked for, if what answers best is law on the day asked about and leaves no doubt which:
/// the only one in it. A wrong figure in large type does more harm than none.
pub(super) fn lead(
    pick: &Pick<'_>,
    question: &str,
    intent: Intent,
    wanted: &Wanted,
) -> Option<String> {
    let quote = pick.source.document.slice(pick.span);
    if !pick.is_best || !holds(pick, intent, wanted) {
        return None;
    }
    // Who must not, or no longer may, is no answer to who does.
    let denies = |no: &&str| contains_words(quote, no, true);
    if intent == Intent::Authority && ["không", "chưa", "trước đây"].iter().any(denies) {
        return None;
    }
    let is_asked = |figure: &str| contains_words(question, figure, false);
    let mut found: Vec<&str> = Vec::new();
    for span in wanted.leading(quote, number(pick.source).as_ref()) {
        let figure = span.slice(quote).filter(|figure| !is_asked(figure));
        if figure.is_some() && is_in_range(quote, span) {
            return None;
        }
        found.extend(figure);
    }
    found.dedup();
    match found.as_slice() {
        [only] => Some(on_one_line(only)),
        _ => None,
    }
}

/// Whether a pick holds on the day asked about. A day that is itself asked for may lie ahead.
fn holds(pick: &Pick<'_>, intent: Intent, wanted: &Wanted) -> bool {
    let Pick { source, span, .. } = *pick;
    let is_struck = source.void.iter().any(|part| part.contains(span));
    let period = Period::in_list(source.document, span).filter(|_| intent != Intent::Date);
    !is_struck && period.is_none_or(|period| period.holds(wanted.day()))
}

/// The number of a document, which opens its title as indexed.
fn number(source: Source<'_>) -> Option<DocumentNumber> {
    source.title.split(' ').next()?.parse().ok()
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Composed {
    /// Puts the statement first whose figure stands for the answer, of the document with this title; the
    /// others keep their order. None does where what is quoted beside it is what the question names, or
    /// says the same with another figure.
    pub(super) fn settle_lead(&mut self, question: &str, title: &str) {
        let Some(at) = self.statements.iter().position(|s| s.lead.is_some()) else {
            return;
        };
        let mut led = self.statements.remove(at);
        let beside: Vec<String> = self.statements.iter().map(whole_words).collect();
        // Who names a document asks what that one says.
        let is_contradicted = DocumentNumber::find_in(question).is_empty()
            && self
                .statements
                .iter()
                .any(|s| contradict(&s.text, &led.text));
        if is_contradicted
            || is_other_case(question, &[&whole_words(&led), title].join(" "), &beside)
        {
            led.lead = None;
            self.statements.insert(at, led);
            return;
        }
        self.statements.insert(0, led);
        self.number();
    }
}

/// Whether two texts differ in their figures and in nothing else.
fn contradict(a: &str, b: &str) -> bool {
    let is_figure = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let [a, b] = [a, b].map(|text| fold_text(text, true));
    let split = |text: &str| {
        let words = text.split(' ').skip_while(is_figure).map(str::to_owned);
        words.partition::<Vec<String>, _>(|word| is_figure(&word.as_str()))
    };
    let ((figures, words), (others, same)) = (split(&a), split(&b));
    words == same && figures != others
}

/// A statement below its headings.
fn whole_words(statement: &Statement) -> String {
    let heading = statement.heading.as_deref().unwrap_or_default();
    [heading, &statement.text].join(" ")
}

/// Whether `own` tells of another case than `question`, which is in one of `beside`: it has a word of the
/// question without the one behind it, as `lần đầu` where `lần hai` is asked for. What tells cases
/// apart stands behind in Vietnamese.
fn is_other_case(question: &str, own: &str, beside: &[String]) -> bool {
    let own = within(own);
    let beside: Vec<String> = beside.iter().map(|text| within(text)).collect();
    let asked: Vec<&str> = words(question).map(|(word, _)| word).collect();
    asked.windows(2).any(|pair| match pair {
        [first, second] if !OPENING.contains(&second.to_lowercase().as_str()) => {
            let [first, second] = [first, second].map(|word| fold_word(word).bare);
            let both = format!(" {first} {second} ");
            own.contains(&format!(" {first} "))
                && !own.contains(&format!(" {second} "))
                && beside.iter().any(|text| text.contains(&both))
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_told_apart_by_the_word_behind() {
        let other = ["Thời hạn giải quyết khiếu nại lần hai: tra luật.".to_owned()];
        let first = "Thời hạn giải quyết khiếu nại lần đầu: 30 ngày.";
        let question = |case| format!("thời hạn giải quyết khiếu nại {case} là bao lâu");
        assert!(is_other_case(&question("lần hai"), first, &other));
        assert!(!is_other_case(&question("lần đầu"), first, &other));
        assert!(!is_other_case(&question("của dân"), first, &other));
        assert!(!is_other_case(&question("lần hai"), first, &[]));
        // `cho` opens a phrase, and tells no kind of birth registration from another.
        let birth = "Thời hạn đăng ký khai sinh hiện nay là 60 ngày.";
        let child = ["Cha mẹ đăng ký khai sinh cho con trong 60 ngày.".to_owned()];
        let asked = "thời hạn đăng ký khai sinh cho trẻ em";
        assert!(!is_other_case(asked, birth, &child));
        // `vệ` is no `về`, and `ở` tells land from land.
        let guarded = ["Đất rừng bảo vệ: 10 ha.".to_owned()];
        assert!(is_other_case(
            "hạn mức rừng bảo vệ",
            "Tổ bảo tồn: 3 ha.",
            &guarded
        ));
        let homes = ["Đất ở: 200 m².".to_owned()];
        assert!(is_other_case(
            "hạn mức giao đất ở",
            "Đất nông nghiệp: 3 ha.",
            &homes
        ));
    }

    #[test]
    fn texts_contradict_each_other_that_differ_in_a_figure_alone() {
        let thirty = "1. Trong thời hạn 30 ngày kể từ ngày sinh con.";
        assert!(contradict(
            thirty,
            "1. Trong thời hạn 60 ngày kể từ ngày sinh con."
        ));
        assert!(!contradict(
            thirty,
            "2. Trong thời hạn 30 ngày kể từ ngày sinh con."
        ));
        assert!(!contradict(
            thirty,
            "1. Trong thời hạn 60 ngày kể từ ngày mất."
        ));
    }
}
