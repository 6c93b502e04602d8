//! Entry into force: when a text, or a part of it, begins and ceases to hold.
//!
//! The closing provisions say it (Law 64/2025/QH15 on Promulgation of Legal Documents): one day for
//! the whole, other days for some provisions, now and then an end or a day from which amounts are
//! paid back.

use crate::document::Date;
use crate::document::Document;
use crate::document::Level;
use crate::document::Locator;
use crate::document::relation::Flat;
use crate::document::relation::When;
use crate::document::relation::enumerations;
use crate::document::relation::last_day;
use crate::document::relation::sentences;
use crate::text::clip;
use crate::text::fold_word;

/// How many Điều from the end are searched.
const CLOSING_ARTICLES: usize = 6;
/// How far behind `có hiệu lực` its date may stand.
const DATE_BYTES_MAX: usize = 120;
/// Lists of provisions with a day of their own: each is read to the end of its text.
const LISTS_MAX: usize = 20;
/// The words that all of this turns on.
const IN_FORCE: &str = "có hiệu lực";
const OUT_OF_FORCE: &str = "hết hiệu lực";

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
            self.sentence(at, self.flat.slice(sentence));
        }
    }

    fn sentence(&mut self, at: usize, sentence: &str) {
        let mut start = 0;
        for (force, _) in sentence.match_indices(IN_FORCE) {
            let subject = sentence.get(start..force).unwrap_or_default();
            start = force + IN_FORCE.len();
            let rest = sentence.get(start..).unwrap_or_default();
            self.entry(at, subject, rest);
        }
        if let Some(end) = sentence.find(OUT_OF_FORCE) {
            self.end(sentence, end);
        }
        self.application(sentence);
    }

    /// `Nghị định này`, `Điều 5 của Nghị định này` or `Các quy định sau đây`, with its day.
    fn entry(&mut self, at: usize, subject: &str, rest: &str) {
        let near = clip(rest, DATE_BYTES_MAX);
        let near = near.split([';', ',']).next().unwrap_or(near);
        let subject = subject.rsplit("trừ ").next().unwrap_or(subject);
        let locators: Vec<Locator> = enumerations(subject, 0)
            .into_iter()
            .flat_map(|list| list.locators)
            .collect();
        let names_itself = ends_with_this(subject);
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
            self.effect.until = self
                .effect
                .until
                .or_else(|| last_day(clip(rest, 2 * DATE_BYTES_MAX)));
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

    /// `Nghị quyết này hết hiệu lực từ ngày …`.
    fn end(&mut self, sentence: &str, end: usize) {
        let subject = sentence.get(..end).unwrap_or_default();
        let rest = sentence.get(end..).unwrap_or_default();
        let subject = subject.trim_end();
        let names_itself =
            subject.ends_with("này") || subject.ends_with(" và") && subject.contains(" này có ");
        if let Some(When::Day(day)) =
            When::find_in(clip(rest, DATE_BYTES_MAX)).filter(|_| names_itself)
        {
            self.effect.until = self.effect.until.or(day.previous());
        }
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
