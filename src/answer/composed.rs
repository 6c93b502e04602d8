//! Statements with the citations they stand on.

use super::precedent::Likeness;
use super::{Citation, Statement};
use crate::text::Span;

/// Statements with their citations, and what the evidence for them was worth.
#[derive(Clone, Debug, Default)]
pub struct Composed {
    /// In reading order within a document, best document first; before all the one with a lead.
    pub statements: Vec<Statement>,
    /// Each a distinct span.
    pub citations: Vec<Citation>,
    /// How well the best evidence covers the question.
    pub best: Option<Best>,
}

/// How well the best evidence covers the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// Share of the syllables.
    pub syllables: f32,
    /// What the heaviest syllable weighs that it lacks, as a share of the heaviest of all.
    pub gap: f32,
    /// Share of the syllables in its whole passage.
    pub passage: f32,
    /// How near it is to the question in meaning; none where nobody can tell.
    pub nearness: Option<f32>,
    /// How near any evidence is.
    pub nearest: Option<f32>,
    /// How likely it answers, as log odds; none where nobody can judge.
    pub odds: Option<f32>,
    /// How likely the statements answer, read as one below the title of their document, as log odds;
    /// none where nobody can judge.
    pub said: Option<f32>,
    /// How like the question asked is one that people have found it to answer; none where there is no such
    /// question.
    pub likeness: Option<Likeness>,
    /// Whether something in particular was asked for, such as a sum, and it has none.
    pub lacks_figure: bool,
    /// Whether a definition was asked for and it only mentions the word.
    pub is_mention: bool,
    /// Runs of the question's words that neither it nor anything else that was looked at has.
    pub missing: Vec<String>,
}

impl Composed {
    /// What is said, as one text below `title` and the first heading.
    pub(super) fn read_below(&self, title: &str) -> String {
        let heading = self.statements.first().and_then(|s| s.heading.as_deref());
        let above = [title, heading.unwrap_or_default()];
        let texts = self.statements.iter().map(|s| s.text.as_str());
        above
            .into_iter()
            .chain(texts)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Puts what `other` says before the statement that stands on the citation `at`, or behind all where
    /// none does; its citations come last.
    pub fn put_before(&mut self, at: Option<usize>, other: Self) {
        let shift = self.citations.len();
        let stands_on = |at| move |statement: &Statement| statement.citations.contains(&at);
        let place = at.and_then(|at| self.statements.iter().position(stands_on(at)));
        let place = place.unwrap_or(self.statements.len());
        let moved = other.statements.into_iter().map(|mut statement| {
            statement.citations.iter_mut().for_each(|c| *c += shift);
            statement
        });
        self.statements.splice(place..place, moved);
        self.citations.extend(other.citations);
    }

    /// Whether words of `span` of a document are quoted.
    pub fn quotes(&self, document: &str, span: Span) -> bool {
        let mut citations = self.citations.iter();
        citations.any(|c| c.document == document && c.span.overlaps(span))
    }

    /// Takes out the citations that do not hold, and every statement that stands on one of them.
    pub fn retain(&mut self, holds: impl Fn(&Citation) -> bool) {
        let kept: Vec<bool> = self.citations.iter().map(holds).collect();
        let is_kept = |at: &usize| kept.get(*at).copied().unwrap_or(false);
        let place = |at: &usize| (0..*at).filter(is_kept).count();
        self.statements
            .retain(|statement| statement.citations.iter().all(is_kept));
        for statement in &mut self.statements {
            statement.citations = statement.citations.iter().map(place).collect();
        }
        let mut kept = kept.iter();
        self.citations
            .retain(|_| kept.next().copied().unwrap_or(false));
    }

    /// Puts the citations in the order in which the statements stand on them.
    pub fn number(&mut self) {
        let mut order: Vec<usize> = Vec::with_capacity(self.citations.len());
        for &at in self.statements.iter().flat_map(|s| &s.citations) {
            if !order.contains(&at) {
                order.push(at);
            }
        }
        for statement in &mut self.statements {
            for at in &mut statement.citations {
                *at = order.iter().position(|old| old == at).unwrap_or(*at);
            }
        }
        let citations = order.iter().filter_map(|&at| self.citations.get(at));
        self.citations = citations.cloned().collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn composed(words: &[&str]) -> Composed {
        let statement = |(at, text): (usize, &&str)| Statement {
            lead: None,
            text: (*text).to_owned(),
            heading: None,
            citations: vec![at],
        };
        let citation = |text: &&str| Citation {
            document: "a".to_owned(),
            version: String::new(),
            locator: String::new(),
            quote: (*text).to_owned(),
            span: Span::new(0, text.len()),
        };
        Composed {
            statements: words.iter().enumerate().map(statement).collect(),
            citations: words.iter().map(citation).collect(),
            best: None,
        }
    }

    fn said(composed: &Composed) -> Vec<&str> {
        composed
            .statements
            .iter()
            .map(|s| s.text.as_str())
            .collect()
    }

    #[test]
    fn new_words_stand_before_the_old_and_each_keeps_its_citation() {
        let mut all = composed(&["one", "two", "three"]);
        all.put_before(Some(1), composed(&["new two"]));
        all.put_before(Some(2), composed(&["new three"]));
        all.put_before(None, composed(&["last"]));
        all.number();
        assert_eq!(
            said(&all),
            ["one", "new two", "two", "new three", "three", "last"]
        );
        for (at, statement) in all.statements.iter().enumerate() {
            assert_eq!(statement.citations, [at]);
            assert_eq!(all.citations[at].quote, statement.text);
        }
    }

    #[test]
    fn what_does_not_hold_goes_with_all_that_stands_on_it() {
        let mut all = composed(&["one", "two", "three", "four"]);
        all.statements[2].citations = vec![1, 2];
        all.retain(|citation| citation.quote != "two");
        assert_eq!(said(&all), ["one", "four"]);
        let quotes = all.citations.iter().map(|c| c.quote.as_str());
        assert_eq!(quotes.collect::<Vec<_>>(), ["one", "three", "four"]);
        assert_eq!(all.statements[1].citations, [2]);
    }
}
