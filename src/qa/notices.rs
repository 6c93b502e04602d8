//! What a reader must be told first: which day's law it is, and what is no law on it.

use crate::answer::Citation;
use crate::answer::wording;
use crate::document::DocumentNumber;
use crate::qa::basis::void_bases;
use crate::qa::draft::Draft;
use crate::qa::inquiry::Inquiry;
use crate::qa::named;
use crate::qa::remark::is_retold;
use crate::qa::remark::remarks;
use crate::rank::Hit;
use crate::wire::Force;
use crate::wire::Standing;

/// What a reader must be told of the day, of the documents named and of the citations, which are what
/// `standings` says on that day.
pub(super) fn notices(
    draft: &Draft<'_>,
    standings: &[Option<Standing>],
    inquiry: &Inquiry<'_>,
) -> Vec<String> {
    let mut told = Told::default();
    if inquiry.day != inquiry.today {
        told.say(wording::as_of(inquiry.day));
    }
    for sentence in named::days(inquiry) {
        told.say(sentence);
    }
    let named = named::states(inquiry);
    for sentence in &named {
        told.say(sentence.clone());
    }
    // Of a document that is asked about by name this has just been told.
    if named.is_empty() && none_in_force(draft, standings, inquiry) {
        told.say(wording::ONLY_PAST.to_owned());
    }
    let remarks = remarks(draft, standings, inquiry);
    for remark in &remarks {
        // Named in the question, it has been told of already.
        let of_it = format!("{}: ", remark.document);
        let is_told = remark.places.is_empty() && named.iter().any(|told| told.starts_with(&of_it));
        if !is_told {
            told.say(remark.sentence());
        }
    }
    for base in void_bases(&draft.composed, standings, inquiry) {
        let is_cited = remarks.iter().any(|r| r.document == base.document);
        let is_named = named.iter().any(|told| told.starts_with(&base.document));
        if !is_cited && !is_named {
            told.say(wording::base_not_in_force(&base.document, &base.standing));
        }
    }
    told.0
}

/// That a provision which the question names is not quoted whole.
pub(super) fn shortened(hits: &[Hit], draft: &Draft<'_>) -> impl Iterator<Item = String> {
    let n_letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    hits.iter().filter_map(move |hit| {
        let stored = draft.sources.get(&hit.document)?;
        let at = hit.pinned?;
        let span = stored.document.provisions.get(at)?.span;
        let citations = draft.composed.citations.iter();
        let quoted = citations.filter(|c| c.document == hit.document && span.contains(c.span));
        let n_quoted: usize = quoted.map(|c| n_letters(&c.quote)).sum();
        let is_short = n_quoted < n_letters(stored.document.slice(span));
        let cited = format!("{} {}", stored.document.locator(at), stored.name());
        is_short.then(|| wording::shortened(&cited))
    })
}

/// Whether something is cited, and nothing of it is law on the day any more, or yet.
fn none_in_force(draft: &Draft<'_>, standings: &[Option<Standing>], inquiry: &Inquiry<'_>) -> bool {
    let is_past = |(citation, standing): (&Citation, &Option<Standing>)| {
        let is_void = standing.as_ref().is_some_and(|s| s.state.is_void());
        is_void && !is_retold(citation, draft, inquiry.day)
    };
    let mut all = draft.composed.citations.iter().zip(standings);
    !standings.is_empty() && all.all(is_past)
}

/// Whether all that is cited are rules that came only after the day, which is no answer to a question
/// about that day. Guidance of local bodies (authority 1) often tells how it was before.
pub(super) fn all_later(
    draft: &Draft<'_>,
    standings: &[Option<Standing>],
    inquiry: &Inquiry<'_>,
) -> bool {
    let is_later = |(citation, standing): (&Citation, &Option<Standing>)| {
        let number = draft
            .source(citation)
            .and_then(|stored| stored.entry.number.as_deref()?.parse().ok());
        let is_rule = number.and_then(|n: DocumentNumber| n.authority()) > Some(1);
        let is_not_yet = standing.as_ref().is_some_and(|s| s.state == Force::NotYet);
        is_rule && is_not_yet && !is_retold(citation, draft, inquiry.day)
    };
    let mut all = draft.composed.citations.iter().zip(standings);
    !standings.is_empty() && all.all(is_later)
}

/// Sentences, none twice.
#[derive(Default)]
struct Told(Vec<String>);

impl Told {
    fn say(&mut self, sentence: String) {
        if !self.0.contains(&sentence) {
            self.0.push(sentence);
        }
    }
}
