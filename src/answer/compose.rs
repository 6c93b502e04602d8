//! From evidence to statements with citations.

use crate::document::Date;
use crate::document::Document;
use crate::document::Level;
use crate::text::fold_text;

use super::choose::{Pick, choose, whole};
use super::composed::{Best, Composed};
use super::coverage::Terms;
use super::evidence::{Candidate, Evidence, Source, gather, trimmed};
use super::intent::Intent;
use super::nearness::Nearness;
use super::wanted::Wanted;
use super::{Citation, Statement};

/// What is to be answered.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The question as understood.
    pub question: &'a str,
    /// Its terms with their weights.
    pub terms: &'a Terms,
    /// The kind of answer.
    pub intent: Intent,
    /// The day whose law is asked for.
    pub day: Date,
    /// Who can tell how near a text is to it; none where words must do.
    pub nearness: Option<&'a dyn Nearness>,
}

/// Chooses statements for what is `asked` from `candidates`, best candidate first.
///
/// Provisions in `pinned` were asked for by their address and are quoted whatever they say.
pub fn compose(
    asked: &Asked<'_>,
    candidates: &[Candidate<'_>],
    pinned: &[(Source<'_>, usize)],
) -> Composed {
    let Asked {
        question,
        terms,
        intent,
        day,
        nearness,
    } = *asked;
    let wanted = Wanted::new(question, intent, day);
    // What was asked for by its address is quoted, however near to the question others are.
    let nearness = nearness.filter(|_| pinned.is_empty());
    let evidence = gather(terms, &wanted, candidates, nearness);
    let mut picks: Vec<Pick<'_>> = pinned
        .iter()
        .flat_map(|&(source, at)| whole(source, at))
        .collect();
    if picks.is_empty() {
        picks = choose(&evidence, intent, day);
    }
    let mut composed = Composed::default();
    for pick in picks {
        composed.state(&pick, question, intent, &wanted);
    }
    composed.best = evidence.first().map(|best| Best {
        syllables: best.syllables,
        passage: best.passage,
        gap: best.gap,
        nearness: best.nearness,
        nearest: nearest(&evidence),
        odds: best.odds,
        lacks_figure: wanted.is_particular() && !best.has_figure,
        is_mention: wanted.is_definition() && !best.has_figure,
        missing: terms.missing(
            question,
            &[(&terms.held(best.source.document.slice(best.span)), 1.0)],
        ),
    });
    composed
}

/// How near any of `evidence` is to the question; none where nobody can tell.
fn nearest(evidence: &[Evidence<'_>]) -> Option<f32> {
    let known = evidence.iter().filter_map(|e| e.nearness);
    known.max_by(f32::total_cmp)
}

impl Composed {
    fn state(&mut self, pick: &Pick<'_>, question: &str, intent: Intent, wanted: &Wanted) {
        let document = pick.source.document;
        let citation = Citation {
            document: pick.source.id.to_owned(),
            version: pick.source.version.to_owned(),
            locator: document.locator(pick.provision).to_string(),
            quote: document.slice(pick.span).to_owned(),
            span: pick.span,
        };
        if self.citations.iter().any(|c| repeats(c, &citation)) {
            return;
        }
        self.statements.push(Statement {
            lead: lead(&citation.quote, question, intent, wanted).map(|lead| on_one_line(&lead)),
            text: citation.quote.clone(),
            heading: heading(document, pick.provision),
            citations: vec![self.citations.len()],
        });
        self.citations.push(citation);
    }
}

/// Whether `new` adds nothing to `said`: the same words of the same document under the next number.
/// The same words of another document are a second source.
fn repeats(said: &Citation, new: &Citation) -> bool {
    let after_number = |quote: &str| quote.split_once(' ').map(|(_, words)| words.to_owned());
    said.document == new.document
        && (said.span == new.span
            || after_number(&new.quote).is_some_and(|w| Some(w) == after_number(&said.quote)))
}

/// The figure asked for, if `quote` leaves no doubt which: the only one in it. A wrong figure in
/// large type does more harm than none.
fn lead(quote: &str, question: &str, intent: Intent, wanted: &Wanted) -> Option<String> {
    let is_asked = |figure: &str| contains_words(question, figure);
    // Who must not, or no longer may, is no answer to who does.
    if intent == Intent::Authority
        && ["không", "chưa", "trước đây"]
            .iter()
            .any(|no| contains_words(quote, no))
    {
        return None;
    }
    let distinct = |text: &str| {
        let mut found: Vec<String> = wanted
            .figures(text)
            .into_iter()
            .filter_map(|s| s.slice(text))
            .filter(|f| !is_asked(f))
            .map(str::to_owned)
            .collect();
        found.dedup();
        found
    };
    match distinct(quote).as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the words of `part` follow each other in `text`, compared in search form.
fn contains_words(text: &str, part: &str) -> bool {
    let within = |text: &str| format!(" {} ", fold_text(text, false));
    within(text).contains(&within(part))
}

/// The first row of the table that a row stands in.
fn table_head(document: &Document, at: usize) -> Option<String> {
    let row = |at: usize| {
        let provision = document
            .provisions
            .get(at)
            .filter(|p| p.level == Level::Paragraph)?;
        Some(document.slice(provision.span).trim()).filter(|text| text.starts_with('|'))
    };
    row(at)?;
    let before = (0..at).rev().map_while(row).last()?;
    Some(before.lines().next().unwrap_or_default().to_owned())
}

/// Headings and lead-in words above a provision, widest first: `Điều 5. Hồ sơ › 2. Phải nộp:`.
fn heading(document: &Document, at: usize) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for ancestor in document.ancestors(at).filter(|&a| a > 0) {
        let Some(provision) = document.provisions.get(ancestor) else {
            continue;
        };
        let own = document.slice(trimmed(document, provision.own));
        let line = own.lines().next().unwrap_or_default();
        let is_bare = provision.heading.is_none()
            && matches!(
                provision.level,
                Level::Part | Level::Chapter | Level::Section
            );
        if !line.is_empty() && line.len() <= 400 && !is_bare {
            parts.push(line.to_owned());
        }
        if matches!(
            provision.level,
            Level::Article | Level::Case | Level::Question | Level::Appendix
        ) {
            break;
        }
    }
    parts.reverse();
    parts.extend(table_head(document, at));
    (!parts.is_empty()).then(|| parts.join(" › "))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::document;
    use crate::text::Span;

    /// Remembers what it was asked to read.
    #[derive(Default)]
    struct Reader(RefCell<Vec<String>>);

    impl Nearness for Reader {
        fn cosines(&self, texts: &[String]) -> Option<Vec<f32>> {
            self.0.borrow_mut().extend_from_slice(texts);
            Some(vec![0.5; texts.len()])
        }

        fn log_odds(&self, _: &str) -> Option<f32> {
            None
        }
    }

    /// What `text` says to `question`, where the provision `pinned` was asked for.
    fn answer(text: &str, question: &str, pinned: Option<usize>, reader: &Reader) -> Composed {
        let document = document::parse(text);
        let source = Source {
            id: "a",
            version: "",
            title: "",
            document: &document,
            void: &[],
            authority: 0,
        };
        let candidate = Candidate {
            source,
            span: Span::new(0, document.text.len()),
            score: 1.0,
            is_expired: false,
            is_foreign: false,
        };
        let asked = Asked {
            question,
            terms: &Terms::new(question, true, |_| 1.0),
            intent: Intent::of(question),
            day: Date::new(2026, 11, 26).unwrap(),
            nearness: Some(reader),
        };
        let pinned: Vec<_> = pinned.map(|at| (source, at)).into_iter().collect();
        compose(&asked, &[candidate], &pinned)
    }

    /// What is read of `text` to answer a question.
    fn read(text: &str, pinned: Option<usize>) -> Vec<String> {
        let reader = Reader::default();
        answer(text, "nộp giấy chứng sinh", pinned, &reader);
        reader.0.into_inner()
    }

    #[test]
    fn of_what_comes_close_the_figure_asked_for_is_read_first() {
        let text = "Điều 1. Mai táng\n1. Mức hỗ trợ mai táng bằng 20 lần mức trợ cấp hưu trí xã hội \
                    hằng tháng.\nĐiều 2. Mức trợ cấp hưu trí xã hội\n1. Từ ngày 01/7/2026: 540.000 \
                    đồng/tháng.";
        let question = "mức trợ cấp hưu trí xã hội hằng tháng là bao nhiêu";
        let composed = answer(text, question, None, &Reader::default());
        let first = &composed.statements[0];
        assert!(first.text.contains("540.000"), "{:?}", composed.statements);
    }

    #[test]
    fn clauses_are_read_below_what_leads_into_them() {
        let lead = "1. Cha hoặc mẹ nộp giấy tờ sau đây. Ông bà nộp thay được:";
        let points = format!("{lead}\na) Giấy chứng sinh;\nb) Tờ khai.");
        let headed = read(&format!("Điều 5. Hồ sơ\n{points}"), None);
        assert_eq!(headed.len(), 2);
        for text in headed {
            assert!(text.starts_with(&format!("Hồ sơ\n{lead}")), "{text:?}");
        }
        let flat = read("Điều 5. Hồ sơ\n1. Giấy chứng sinh.\n2. Tờ khai.", None);
        let n_headings = |text: &String| text.matches("Hồ sơ").count();
        assert!(flat.iter().all(|text| n_headings(text) == 1), "{flat:?}");
    }

    #[test]
    fn what_was_asked_for_by_its_address_needs_no_reading() {
        let text = "Điều 5. Hồ sơ\n1. Giấy chứng sinh.";
        assert_eq!(read(text, None).len(), 1);
        assert_eq!(read(text, Some(1)), Vec::<String>::new());
    }

    #[test]
    fn only_the_same_words_of_the_same_document_repeat() {
        let citation = |document: &str, start, quote: &str| Citation {
            document: document.to_owned(),
            version: String::new(),
            locator: String::new(),
            quote: quote.to_owned(),
            span: Span::new(start, start + quote.len()),
        };
        let said = citation("a", 0, "1. Nộp bản chính.");
        assert!(repeats(&said, &citation("a", 30, "2. Nộp bản chính.")));
        assert!(!repeats(&said, &citation("b", 30, "2. Nộp bản chính.")));
        assert!(!repeats(&said, &citation("a", 30, "2. Nộp bản sao.")));
        assert!(!repeats(
            &citation("a", 0, "Có."),
            &citation("a", 9, "Không.")
        ));
    }
}
