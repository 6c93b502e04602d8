//! Evidence: the smallest citable units of the candidate passages, scored against a question.

use std::collections::HashMap;

use crate::document::Document;
use crate::document::Level;
use crate::text::Span;
use crate::text::sentences;

use super::coverage::{Held, Terms};
use super::nearness::Nearness;
use super::period::Period;
use super::precedent::Likeness;
use super::precedent::Precedent;
use super::precedent::follow;
use super::reading::{bring_near, judge};
use super::wanted::Wanted;

/// Units longer than this are cut into sentences.
const UNIT_BYTES_MAX: usize = 700;

/// Credit for a question term that stands not in the unit but in what it hangs on.
const LEAD_CREDIT: f32 = 0.8;
const HEADING_CREDIT: f32 = 0.65;
const TITLE_CREDIT: f32 = 0.5;

/// What a unit gains in relevance that has a figure of the kind asked for.
const FIGURE_GAIN: f32 = 0.22;
/// The same for a definition: any number of mentions is none.
const DEFINITION_GAIN: f32 = 0.4;
/// What a unit gains by the retrieval score of its passage.
const RANK_GAIN: f32 = 0.6;
/// What a text that another province decided loses in relevance.
const FOREIGN_COST: f32 = 0.25;
/// What a unit gains by each rank of the body that issued it: of two that say the same, the law goes
/// before the decree and the decree before the circular.
const AUTHORITY_GAIN: f32 = 0.003;
/// What a unit gains that says it is about the day asked about.
const PERIOD_GAIN: f32 = 0.08;
/// What a text out of force loses in relevance, or a unit that is about another time.
const EXPIRED_COST: f32 = 0.45;

/// A document that candidates come from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Document id.
    pub id: &'a str,
    /// Hash of its canonical text.
    pub version: &'a str,
    /// Title and number, as indexed.
    pub title: &'a str,
    /// The parsed text.
    pub document: &'a Document,
    /// Parts of it that nobody may rest on as of the day asked about.
    pub void: &'a [Span],
    /// Whether it came into force only after the day asked about. Then it may tell how it was on it.
    pub is_later: bool,
    /// How high the body stands that issued it, from 0.
    pub authority: u8,
}

/// A passage that may answer.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Where it comes from.
    pub source: Source<'a>,
    /// Where it lies.
    pub span: Span,
    /// Retrieval score as a share of the best candidate's, 0 to 1.
    pub score: f32,
    /// Whether its document is out of force: used only where nothing in force comes close.
    pub is_expired: bool,
    /// Whether another province decided it.
    pub is_foreign: bool,
}

/// A citable unit with how well it answers.
#[derive(Clone, Debug)]
pub(super) struct Evidence<'a> {
    pub(super) source: Source<'a>,
    /// The provision it is or is cut from.
    pub(super) provision: usize,
    pub(super) span: Span,
    /// The passage it is a part of.
    pub(super) passage_span: Span,
    /// Higher is better; comparable within one question.
    pub(super) relevance: f32,
    /// Weighted share of the question's syllables in the unit and what it hangs on.
    pub(super) syllables: f32,
    /// What the heaviest syllable weighs that neither the unit nor what it hangs on has.
    pub(super) gap: f32,
    /// The share of syllables in the whole passage and what it hangs on.
    pub(super) passage: f32,
    /// How near it is to the question in meaning; none where nobody can tell.
    pub(super) nearness: Option<f32>,
    /// How likely it answers, as log odds; of the best only, and none where nobody can judge. Few are
    /// chosen by this: what is chosen by its odds is proved little by them.
    pub(super) odds: Option<f32>,
    /// How like the question asked is one that people have found it to answer; none where there is no such
    /// question.
    pub(super) likeness: Option<Likeness>,
    /// Whether it has a figure of the kind asked for.
    pub(super) has_figure: bool,
    /// The title of its document; empty where what it has of the question is what a heading elsewhere in
    /// the document is about.
    pub(super) title: &'a str,
    /// Whether it is about another time than the one asked about, or no law then.
    pub(super) is_of_other_time: bool,
    /// Whether nobody may rest on it as of the day asked about.
    pub(super) is_void: bool,
}

/// All units of `candidates`, best first.
pub(super) fn gather<'a>(
    terms: &Terms,
    wanted: &Wanted,
    candidates: &[Candidate<'a>],
    (nearness, precedents): (Option<&dyn Nearness>, &[Precedent<'_>]),
) -> Vec<Evidence<'a>> {
    let mut found: Vec<Evidence<'a>> = Vec::new();
    let mut headings: HashMap<&str, Held> = HashMap::new();
    for candidate in candidates {
        let source = candidate.source;
        let around = source.document.slice(candidate.span);
        let passage = Around {
            held: terms.held(around),
            headings: headings
                .entry(source.id)
                .or_insert_with(|| terms.held(&all_headings(source.document))),
            text: around,
        };
        for (provision, span) in units(candidate.source.document, candidate.span) {
            let is_known = found
                .iter()
                .any(|e| e.source.id == candidate.source.id && e.span == span);
            if !is_known {
                found.push(score(terms, wanted, (candidate, &passage), provision, span));
            }
        }
    }
    let by_relevance = |a: &Evidence<'_>, b: &Evidence<'_>| b.relevance.total_cmp(&a.relevance);
    found.sort_by(by_relevance);
    if let Some(nearness) = nearness {
        bring_near(&mut found, nearness);
        follow(&mut found, precedents);
        found.sort_by(by_relevance);
        judge(&mut found, nearness);
    }
    found
}

/// Leaves inside `passage`, long ones cut into sentences.
fn units(document: &Document, passage: Span) -> Vec<(usize, Span)> {
    let mut units = Vec::new();
    for leaf in document.leaves() {
        let Some(provision) = document.provisions.get(leaf) else {
            continue;
        };
        if !passage.contains(provision.span) || provision.level == Level::Signature {
            continue;
        }
        let text = document.slice(provision.span);
        let offset = provision.span.start;
        if text.len() <= UNIT_BYTES_MAX {
            units.push((leaf, trimmed(document, provision.span)));
        } else {
            units.extend(
                sentences(text).map(|s| (leaf, Span::new(offset + s.start, offset + s.end))),
            );
        }
    }
    if units.is_empty() {
        // A passage of lead-in words only, such as a preamble.
        let at = document.provision_at(passage);
        let text = document.slice(passage);
        units.extend(sentences(text).map(|s| {
            (
                at,
                Span::new(passage.start + s.start, passage.start + s.end),
            )
        }));
    }
    units.retain(|(_, span)| !span.is_empty());
    units
}

/// `span` without white space at its ends.
pub(super) fn trimmed(document: &Document, span: Span) -> Span {
    let text = document.slice(span);
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

/// A passage around its units.
struct Around<'a> {
    held: Held,
    /// What the headings of its document hold.
    headings: &'a Held,
    text: &'a str,
}

fn all_headings(document: &Document) -> String {
    let headings = (0..document.provisions.len()).filter_map(|at| document.heading(at));
    headings.collect::<Vec<_>>().join("\n")
}

fn score<'a>(
    terms: &Terms,
    wanted: &Wanted,
    (candidate, passage): (&Candidate<'a>, &Around<'_>),
    provision: usize,
    span: Span,
) -> Evidence<'a> {
    let source = candidate.source;
    let text = source.document.slice(span);
    let mut held = layers(terms, source, provision, span);
    let [_, _, above, title] = &mut held;
    let is_told_apart = terms.leave_other_cases(title, above, passage.headings);
    let layers: Vec<(&Held, f32)> = held
        .iter()
        .zip([1.0, LEAD_CREDIT, HEADING_CREDIT, TITLE_CREDIT])
        .collect();
    let full: Vec<(&Held, f32)> = held.iter().map(|h| (h, 1.0)).collect();
    let in_time = in_time(wanted, candidate, span);
    let has_figure = wanted.is_in(text, passage.text);
    let coverage = 0.55 * terms.syllable_coverage(&layers) + 0.45 * terms.bigram_coverage(&layers);
    let figure = match has_figure {
        true if wanted.is_definition() => DEFINITION_GAIN,
        true => FIGURE_GAIN,
        false => 0.0,
    };
    Evidence {
        source,
        provision,
        span,
        passage_span: candidate.span,
        relevance: coverage + figure + RANK_GAIN * candidate.score + in_time + standing(candidate),
        syllables: terms.syllable_coverage(&full),
        gap: terms.gap(&full),
        passage: terms.syllable_coverage(&[(&passage.held, 1.0), (&held[2], 1.0), (&held[3], 1.0)]),
        nearness: None,
        odds: None,
        likeness: None,
        has_figure,
        title: if is_told_apart { "" } else { source.title },
        is_of_other_time: in_time < 0.0,
        is_void: is_void(wanted, candidate, span),
    }
}

/// What a unit gains or loses by who issued it.
fn standing(candidate: &Candidate<'_>) -> f32 {
    let authority = AUTHORITY_GAIN * f32::from(candidate.source.authority);
    if candidate.is_foreign {
        authority - FOREIGN_COST
    } else {
        authority
    }
}

/// What a unit gains or loses by the day asked about: a text in force may tell of the time before.
fn in_time(wanted: &Wanted, candidate: &Candidate<'_>, span: Span) -> f32 {
    match period(wanted, candidate, span) {
        _ if is_void(wanted, candidate, span) => -EXPIRED_COST,
        Some(true) => PERIOD_GAIN,
        Some(false) => -EXPIRED_COST,
        None => 0.0,
    }
}

/// Whether the time that a unit says it is about has the day asked about in it, where it says one.
fn period(wanted: &Wanted, candidate: &Candidate<'_>, span: Span) -> Option<bool> {
    let period = Period::of(candidate.source.document.slice(span))?;
    Some(period.holds(wanted.day()))
}

/// Whether a unit is no law on the day asked about. A text of a later day may tell how it was then; what
/// one said that is out of force is no law, whatever day it was said of.
fn is_void(wanted: &Wanted, candidate: &Candidate<'_>, span: Span) -> bool {
    let source = candidate.source;
    let is_struck = source.void.iter().any(|part| part.contains(span));
    let is_retold = source.is_later && period(wanted, candidate, span) == Some(true);
    is_struck || candidate.is_expired && !is_retold
}

/// What a unit says, what leads into it, the headings above it, and the document's title.
fn layers(terms: &Terms, source: Source<'_>, provision: usize, span: Span) -> [Held; 4] {
    let document = source.document;
    let own = |at: usize| {
        document
            .provisions
            .get(at)
            .map_or("", |p| document.slice(p.own))
    };
    let parent = document.ancestors(provision).find(|&at| at > 0);
    // A sentence hangs on the rest of its provision, a leaf on its parent's lead-in words.
    let is_cut = document
        .provisions
        .get(provision)
        .is_some_and(|p| trimmed(document, p.span) != span);
    let mut lead = parent
        .filter(|&at| own(at).len() <= 2 * UNIT_BYTES_MAX)
        .map_or(String::new(), |at| own(at).to_owned());
    if is_cut {
        lead.push('\n');
        lead.push_str(own(provision));
    }
    let mut headings = String::new();
    for at in document.ancestors(provision) {
        headings.push_str(document.heading(at).unwrap_or_default());
        headings.push('\n');
    }
    [document.slice(span), &lead, &headings, source.title].map(|text| terms.held(text))
}
