//! Entry into force: when a text, or a part of it, begins and ceases to hold.
//!
//! The closing provisions say it (Law 64/2025/QH15 on Promulgation of Legal Documents): one day for
//! the whole, other days for some provisions, now and then an end or a day from which amounts are
//! paid back.

use crate::document::Date;
use crate::document::Document;
use crate::document::DocumentKind;
use crate::document::Level;
use crate::document::Locator;
use crate::document::relation::Flat;
use crate::document::relation::When;
use crate::document::relation::enumerations;
use crate::document::relation::last_day;
use crate::document::relation::sentences;
use crate::text::Span;
use crate::text::clip;
use crate::text::fold_word;
use crate::text::words;

/// How many Điều from the end are searched.
const CLOSING_ARTICLES: usize = 6;
/// How far behind `có hiệu lực` its date may stand.
const DATE_BYTES_MAX: usize = 120;
/// Lists of provisions with a day of their own: each is read to the end of its text.
const LISTS_MAX: usize = 20;
/// The words that all of this turns on.
const IN_FORCE: &str = "có hiệu lực";
const OUT_OF_FORCE: &str = "hết hiệu lực";
/// What stands before the name of a document and leaves the whole of it meant, in search form.
const WHOLE: [&str; 4] = ["cac", "qui", "dinh", "tai"];
/// How many words before `này` a moment is looked for: `trước ngày Thông tư liên tịch này`.
const MOMENT_WORDS_MAX: usize = 5;
/// Behind a comma or `và`, what goes on saying how long a text is in force: `và được áp dụng đến`.
const GOES_ON: [&str; 13] = [
    "và", "có", "hiệu", "lực", "thi", "hành", "được", "áp", "dụng", "thực", "hiện", "kéo", "dài",
];

/// When a document is in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// The first day.
    pub from: Option<Date>,
    /// The last day, where the document ends by itself.
    pub until: Option<Date>,
    /// The day from which it is applied, where that is not the first day in force.
    pub applies_from: Option<Date>,
    /// Provisions with a first day of their own.
    pub parts: Vec<EffectPart>,
}

/// Provisions that enter into force on another day than the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectPart {
    /// Which.
    pub locators: Vec<Locator>,
    /// Their first day.
    pub from: Date,
}

impl Effect {
    /// The first day of a provision: its own, or the document's.
    pub fn first_day_of(&self, locator: &Locator) -> Option<Date> {
        let own = self
            .parts
            .iter()
            .find(|part| part.locators.iter().any(|l| l.covers(locator)));
        own.map(|part| part.from).or(self.from)
    }
}

impl Document {
    /// When this document is in force.
    ///
    /// # Example
    /// ```
    /// use camnang::document;
    /// let text = "Điều 1. Hiệu lực\n1. Luật này có hiệu lực từ ngày 01/7/2026, trừ khoản 2 Điều \
    ///             này.\n2. Quy định tại Điều 5 Luật này có hiệu lực từ ngày 01/01/2027.";
    /// let effect = document::parse(text).effect();
    /// assert_eq!(effect.from.unwrap().to_iso(), "2026-07-01");
    /// assert_eq!(effect.parts[0].from.to_iso(), "2027-01-01");
    /// ```
    pub fn effect(&self) -> Effect {
        self.effect_in(&Flat::of(self))
    }

    pub(super) fn effect_in(&self, flat: &Flat) -> Effect {
        let mut reader = Reader {
            document: self,
            flat,
            effect: Effect {
                from: self.facts.effective,
                ..Effect::default()
            },
            n_lists: 0,
        };
        for article in closing_articles(self) {
            for at in std::iter::once(article).chain(self.descendants(article)) {
                reader.provision(at);
            }
        }
        reader.effect
    }
}

/// The last Điều outside appendices, in order.
fn closing_articles(document: &Document) -> Vec<usize> {
    let level = |at: usize| document.provisions.get(at).map(|p| p.level);
    let is_own = |at: &usize| {
        level(*at) == Some(Level::Article)
            && !document
                .ancestors(*at)
                .any(|above| level(above).is_some_and(Level::is_container))
    };
    let mut articles: Vec<usize> = (0..document.provisions.len()).filter(is_own).collect();
    articles.drain(..articles.len().saturating_sub(CLOSING_ARTICLES));
    articles
}

struct Reader<'d> {
    document: &'d Document,
    flat: &'d Flat,
    effect: Effect,
    n_lists: usize,
}

impl Reader<'_> {
    fn provision(&mut self, at: usize) {
        let Some(own) = self.document.provisions.get(at).map(|p| p.own) else {
            return;
        };
        for sentence in sentences(self.flat.slice(own), own.start) {
            self.sentence(at, sentence);
        }
    }

    fn sentence(&mut self, at: usize, span: Span) {
        let flat = self.flat;
        let sentence = flat.slice(span);
        let mut start = 0;
        for (force, _) in sentence.match_indices(IN_FORCE) {
            let subject = Span::new(span.start + start, span.start + force);
            start = force + IN_FORCE.len();
            let rest = sentence.get(start..).unwrap_or_default();
            self.entry(at, subject, rest);
        }
        if let Some(end) = sentence.find(OUT_OF_FORCE) {
            self.end(span, end);
        }
        self.application(sentence);
    }

    /// `Nghị định này`, `Điều 5 của Nghị định này` or `Các quy định sau đây`, with its day.
    fn entry(&mut self, at: usize, named: Span, rest: &str) {
        let flat = self.flat;
        let subject = flat.slice(named);
        let near = clip(rest, DATE_BYTES_MAX);
        let near = near.split([';', ',']).next().unwrap_or(near);
        let subject = subject.rsplit("trừ ").next().unwrap_or(subject);
        let locators: Vec<Locator> = enumerations(subject, 0)
            .into_iter()
            .flat_map(|list| list.locators)
            .collect();
        let names_itself = ends_with_this(subject) && !is_moment(subject);
        let is_list = subject.contains("sau đây") || subject.contains("dưới đây");
        let Some(day) = When::find_in(near).and_then(|when| self.day(when)) else {
            return;
        };
        if !locators.is_empty() {
            self.part(locators, day);
        } else if is_list && self.n_lists < LISTS_MAX {
            self.n_lists += 1;
            self.part(self.listed(at, rest), day);
        } else if names_itself {
            self.effect.from = self.effect.from.or(Some(day));
            let last = last_day(lasting(clip(rest, 2 * DATE_BYTES_MAX)));
            let last = last.filter(|_| self.is_itself(named));
            self.effect.until = self.effect.until.or(last);
        }
    }

    fn part(&mut self, locators: Vec<Locator>, from: Date) {
        let is_known = self.effect.from == Some(from);
        if !locators.is_empty() && !is_known {
            self.effect.parts.push(EffectPart { locators, from });
        }
    }

    /// The locators that follow a colon, there or in the provisions below.
    fn listed(&self, at: usize, rest: &str) -> Vec<Locator> {
        let tail = rest.split_once(':').map_or("", |(_, tail)| tail);
        let below = self.document.children(at).filter_map(|child| {
            let span = self.document.provisions.get(child)?.span;
            Some(self.flat.slice(span))
        });
        std::iter::once(tail)
            .chain(below)
            .map(|text| text.split(" này").next().unwrap_or(text))
            .flat_map(|text| enumerations(text, 0))
            .flat_map(|list| list.locators)
            .collect()
    }

    /// `Nghị quyết này hết hiệu lực từ ngày …`. The end of a part (`Điều 2 Thông tư này hết hiệu lực …`)
    /// is not the document's.
    fn end(&mut self, span: Span, end: usize) {
        let sentence = self.flat.slice(span);
        let before = sentence.get(..end).unwrap_or_default().trim_end();
        let rest = sentence.get(end..).unwrap_or_default();
        // `… này có hiệu lực từ ngày … và hết hiệu lực từ ngày …` has its subject before the first verb.
        let first = before.find(IN_FORCE).filter(|_| before.ends_with(" và"));
        let subject = Span::new(span.start, span.start + first.unwrap_or(before.len()));
        if let Some(When::Day(day)) =
            When::find_in(clip(rest, DATE_BYTES_MAX)).filter(|_| self.is_itself(subject))
        {
            self.effect.until = self.effect.until.or(day.previous());
        }
    }

    /// Whether the words at `span`, which begin a sentence, name this document as a whole; a heading may
    /// stand on the line above.
    fn is_itself(&self, span: Span) -> bool {
        let subject = self.flat.slice(span).trim_end();
        let own_line = span
            .slice(&self.document.text)
            .and_then(|text| text.trim_end().rfind('\n'))
            .and_then(|at| subject.get(at..));
        let has_place = !enumerations(subject, 0).is_empty();
        !has_place && (is_own_name(subject) || own_line.is_some_and(is_own_name))
    }

    /// `… quy định tại Nghị định này được áp dụng từ ngày …`.
    fn application(&mut self, sentence: &str) {
        let Some(at) = sentence
            .find("áp dụng")
            .filter(|_| sentence.contains(" này"))
        else {
            return;
        };
        let rest = sentence
            .get(at + "áp dụng".len()..)
            .unwrap_or_default()
            .trim_start();
        let is_day = rest.starts_with("từ ngày") || rest.starts_with("kể từ ngày");
        if let Some(When::Day(day)) = When::find_in(clip(rest, DATE_BYTES_MAX)).filter(|_| is_day) {
            let is_other = Some(day) != self.effect.from;
            self.effect.applies_from = self.effect.applies_from.or(Some(day).filter(|_| is_other));
        }
    }

    fn day(&self, when: When) -> Option<Date> {
        when.day(self.document.facts.issued, self.effect.from)
    }
}

/// Whether the document is named to tell a moment and not to say when it holds: `hồ sơ nộp trước ngày
/// Nghị định này`.
pub(super) fn is_moment(subject: &str) -> bool {
    let last = subject.rsplit([',', ';', ':', '.']).next();
    let last: Vec<&str> = words(last.unwrap_or_default())
        .map(|(word, _)| word)
        .collect();
    let near = last.iter().rev().skip(1).take(MOMENT_WORDS_MAX);
    let near: Vec<String> = near.map(|word| word.to_lowercase()).collect();
    let is_point =
        |pair: &[String]| matches!(pair, [after, before] if after == "điểm" && before == "thời");
    near.iter().any(|word| word == "ngày" || word == "khi") || near.windows(2).any(is_point)
}

/// The words that say how long it holds, without what is said of others: `…, thay thế Quyết định …`.
fn lasting(rest: &str) -> &str {
    let signs = rest.match_indices([',', ';']).map(|(at, _)| at);
    let joints = rest.match_indices(" và ").map(|(at, _)| at);
    let ends = |at: &usize| !rest.get(at + 1..).is_some_and(goes_on);
    let end = signs.chain(joints).filter(ends).min();
    end.and_then(|end| rest.get(..end)).unwrap_or(rest)
}

/// Whether `text` goes on with the last day: `đến hết ngày`, `và được áp dụng đến`.
fn goes_on(text: &str) -> bool {
    let text = text.trim_start();
    let is_first_day = ["kể từ ngày", "từ ngày"]
        .iter()
        .any(|w| text.starts_with(w));
    let mut left = words(text).map(|(word, _)| word);
    is_first_day || left.find(|word| !GOES_ON.contains(word)) == Some("đến")
}

/// `Nghị định này`, also `Các quy định tại Nghị định này`, behind a label.
fn is_own_name(text: &str) -> bool {
    let text = text.rsplit([':', ';']).next().unwrap_or(text);
    let all: Vec<(&str, Span)> = words(text).collect();
    let bare: Vec<String> = all.iter().map(|(word, _)| fold_word(word).bare).collect();
    let starts = |at: usize, names: &[&str]| {
        let rest = bare.get(at..).unwrap_or_default();
        rest.len() >= names.len() && rest.iter().zip(names).all(|(word, name)| word == name)
    };
    let is_label = text.trim_start().chars().nth(1) == Some(')');
    let label = usize::from(is_label);
    let whole = [&WHOLE[..], &WHOLE[1..]]
        .into_iter()
        .find(|names| starts(label, names));
    let first = label + whole.map_or(0, <[&str]>::len);
    let named = all.get(first).and_then(|(_, span)| text.get(span.start..));
    let n_words = named.and_then(DocumentKind::starting).map(|(_, n)| n);
    let n_words = n_words.or_else(|| starts(first, &["van", "ban"]).then_some(2));
    n_words.is_some_and(|n| bare.len() == first + n + 1) && ends_with_this(text)
}

/// Whether the last word is `này`, which scanners also read as `nảy`.
fn ends_with_this(subject: &str) -> bool {
    let last = subject.split_whitespace().next_back();
    last.is_some_and(|word| fold_word(word).bare == "nay")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;

    #[test]
    fn days_without_end_take_no_square_of_the_time() {
        let days = "có hiệu lực từ ngày 01/01/2027 ".repeat(10_000);
        assert_eq!(effect(&format!("Thông tư này {days}")).parts, []);
        let lists = "các quy định sau đây có hiệu lực từ ngày 01/01/2027: ".repeat(1_000);
        let parts = effect(&format!("{lists}Điều 5")).parts;
        assert_eq!(parts.len(), LISTS_MAX);
    }

    fn effect(closing: &str) -> Effect {
        let head = "BỘ TÀI CHÍNH\nSố: 1/2026/TT-BTC\nHà Nội, ngày 02 tháng 3 năm 2026\nTHÔNG TƯ\n";
        parse(&format!(
            "{head}Điều 1. Phạm vi\nKhai sinh.\nĐiều 2. Hiệu lực\n{closing}"
        ))
        .effect()
    }

    fn iso(date: Option<Date>) -> String {
        date.map(Date::to_iso).unwrap_or_default()
    }

    #[test]
    fn first_day_is_read_in_every_form() {
        for (closing, day) in [
            (
                "Thông tư này có hiệu lực thi hành kể từ ngày 15 tháng 4 năm 2026.",
                "2026-04-15",
            ),
            (
                "Thông tư này có hiệu lực từ ngày ký ban hành.",
                "2026-03-02",
            ),
            (
                "Thông tư này có hiệu lực sau 45 ngày kể từ ngày ký.",
                "2026-04-16",
            ),
            (
                "Thông tư này có hiệu lực thi hành kể từ ngày\n**01/5/2026**.",
                "2026-05-01",
            ),
        ] {
            assert_eq!(iso(effect(closing).from), day, "{closing}");
        }
    }

    #[test]
    fn provisions_may_have_days_of_their_own() {
        let effect = effect(
            "1. Thông tư này có hiệu lực từ ngày 01/7/2026, trừ khoản 3 Điều 7 có hiệu lực từ ngày \
             01/01/2027.\n2. Các quy định sau đây có hiệu lực từ ngày 01/9/2026:\na) Điều 5 và 6 \
             Thông tư này;\nb) Khoản 1 Điều 8.",
        );
        let day = |locator: &str| iso(effect.first_day_of(&locator.parse().expect(locator)));
        assert_eq!(day("Điều 1"), "2026-07-01");
        assert_eq!(day("điểm a khoản 3 Điều 7"), "2027-01-01");
        assert_eq!(day("khoản 2 Điều 6"), "2026-09-01");
        assert_eq!(day("khoản 1 Điều 8"), "2026-09-01");
    }

    #[test]
    fn end_of_a_part_is_not_that_of_the_document() {
        for closing in [
            // 04/2026/TT-BKHCN, Điều 6.
            "1. Thông tư này có hiệu lực thi hành kể từ ngày 15 tháng 4 năm 2026.\n2. Quy định tại Điều 2 \
             Thông tư này hết hiệu lực thi hành kể từ ngày 01 tháng 6 năm 2026.",
            // 155/2026/NĐ-CP, Điều 21.
            "1. Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2026.\n2. Quy định về công \
             chứng, chứng thực tại khoản 3 Điều 5 Nghị định số 124/2020/NĐ-CP được sửa đổi, bổ sung tại \
             Điều 3 Nghị định này hết hiệu lực thi hành kể từ ngày 01 tháng 01 năm 2027.",
            // 67/2014/QH13, Điều 74.
            "3. Điều kiện đầu tư kinh doanh được quy định tại các văn bản trái với quy định tại khoản 3 \
             Điều 7 của Luật này hết hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2016.",
            "2. Khoản 2 Điều này hết hiệu lực từ ngày 01/6/2026.",
            "2. Điều 5 Thông tư này có hiệu lực từ ngày 01/5/2026 và hết hiệu lực từ ngày 01/3/2027.",
            "2. Mức thu này hết hiệu lực từ ngày 01/6/2026.",
        ] {
            assert_eq!(iso(effect(closing).until), "", "{closing}");
        }
    }

    #[test]
    fn day_in_the_title_of_another_document_ends_nothing() {
        let land = "Quyết định số 53/2019/QĐ-UBND ban hành bảng giá đất từ ngày 01/01/2020 đến ngày \
                    31/12/2024.";
        for joint in [
            ", thay thế",
            " và thay thế",
            "; bãi bỏ",
            ", đồng thời thay thế",
        ] {
            let closing = format!("Quyết định này có hiệu lực từ ngày 01/01/2025{joint} {land}");
            let read = effect(&closing);
            assert_eq!(
                (iso(read.from).as_str(), read.until),
                ("2025-01-01", None),
                "{joint}"
            );
        }
        for closing in [
            "Thông tư này có hiệu lực từ ngày 01/5/2026, đến hết ngày 30/12/2026.",
            "Thông tư này có hiệu lực từ ngày 01/5/2026 và được áp dụng đến hết ngày 30/12/2026.",
            "Các quy định tại Thông tư này có hiệu lực từ ngày 01/5/2026 đến hết ngày 30/12/2026.",
            "a) Thông tư này có hiệu lực từ ngày 01/5/2026 đến hết ngày 30/12/2026, thay thế Thông tư số \
             5/2020/TT-BTC.",
        ] {
            assert_eq!(iso(effect(closing).until), "2026-12-30", "{closing}");
        }
    }

    #[test]
    fn term_from_the_gazette_is_counted_from_signing() {
        for closing in [
            "Thông tư này có hiệu lực thi hành sau 15 ngày, kể từ ngày đăng Công báo.",
            "Thông tư này có hiệu lực sau 15 ngày kể từ ngày Bộ trưởng ký.",
        ] {
            assert_eq!(iso(effect(closing).from), "2026-03-17", "{closing}");
        }
    }

    #[test]
    fn transitional_sentence_is_no_entry_into_force() {
        for closing in [
            // 08/2021/NĐ-CP, Điều 69.
            "4. Cảng vụ tại cảng, bến thủy nội địa trước ngày Nghị định này có hiệu lực thi hành thì tiếp \
             tục thực hiện chức năng quản lý đến hết ngày 31 tháng 12 năm 2023, từ ngày 01 tháng 01 năm \
             2024, hoạt động quản lý do địa phương thực hiện.",
            "Hồ sơ nộp trước ngày Thông tư này có hiệu lực thi hành thì được hưởng mức mới từ ngày \
             01/01/2027.",
            "Khi Thông tư này có hiệu lực thì mức chi từ ngày 01/01/2027 đến ngày 31/12/2027 giữ nguyên.",
        ] {
            let read = effect(closing);
            assert_eq!((read.from, read.until), (None, None), "{closing}");
        }
    }

    #[test]
    fn own_end_and_application_are_read() {
        let ends = |closing: &str| iso(effect(closing).until);
        assert_eq!(
            ends("Thông tư này có hiệu lực từ ngày ký đến hết ngày 30 tháng 12 năm 2026."),
            "2026-12-30"
        );
        assert_eq!(
            ends("Thông tư này có hiệu lực từ ngày 01/5/2026 và hết hiệu lực từ ngày 01/3/2027."),
            "2027-02-28"
        );
        assert_eq!(
            ends(
                "Thông tư này có hiệu lực từ ngày 01/5/2026. Thông tư này hết hiệu lực từ ngày 01/3/2027."
            ),
            "2027-02-28"
        );
        let applied = effect(
            "1. Thông tư này có hiệu lực từ ngày 05/10/2026.\n2. Mức chi quy định tại Thông tư này \
             được áp dụng kể từ ngày 01/7/2026.",
        );
        assert_eq!(iso(applied.applies_from), "2026-07-01");
    }
}
