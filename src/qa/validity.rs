//! The law on the day asked about: which of the cited texts are in force, what is put beside those
//! that changed, and what a reader must be told first.

use crate::answer;
use crate::answer::Composed;
use crate::answer::Terms;
use crate::answer::wording;
use crate::document::Date;
use crate::document::Document;
use crate::document::Locator;
use crate::document::State;
use crate::index;
use crate::index::Generation;
use crate::qa::sources::Sources;
use crate::qa::sources::Stored;
use crate::rank::Question;
use crate::text::Span;
use crate::text::fold_text;
use crate::wire::Force;
use crate::wire::Standing;
use crate::wire::called;

/// How many amending clauses are quoted beside the provisions they change.
const N_AMENDING_MAX: usize = 3;

/// Phrases of questions about validity itself, in search form without marks.
const ABOUT_FORCE: [&str; 4] = ["hieu luc", "thay the", "bai bo", "con ap dung"];

/// The address of the provision that `span` lies in.
pub(super) fn locator(document: &Document, span: Span) -> Locator {
    document.locator(document.provision_at(span))
}

/// Puts before each statement whose provision was amended by `day` the clause that amended it, where
/// the store holds it.
pub(super) fn renew<'g>(
    composed: &mut Composed,
    (question, terms): (&Question, &Terms),
    sources: &mut Sources<'g>,
    generation: &'g Generation,
    day: Date,
) -> Result<(), index::Error> {
    let mut clauses: Vec<(usize, String, usize)> = Vec::new();
    for (at, citation) in composed.citations.iter().enumerate() {
        let Some(stored) = sources.get(&citation.document) else {
            continue;
        };
        let place = locator(&stored.document, citation.span);
        let state = generation.law().state(&citation.document, &place, day);
        let State::Amended { by, .. } = state else {
            continue;
        };
        let provision = generation.law().relation(&by).map(|r| r.provision);
        let Some(provision) = provision.filter(|&provision| provision > 0) else {
            continue;
        };
        let is_told = clauses
            .iter()
            .any(|(_, id, p)| *id == by.id && *p == provision)
            || composed.citations.iter().any(|c| c.document == by.id);
        if !is_told && clauses.len() < N_AMENDING_MAX {
            clauses.push((at, by.id, provision));
        }
    }
    for (at, id, provision) in clauses {
        let Some(amending) = Stored::of(&id, generation, day)? else {
            continue;
        };
        let source = amending.source(&id);
        let quoted = answer::compose(
            &question.understood,
            terms,
            question.intent,
            &[],
            &[(source, provision)],
        );
        composed.put_before(at, quoted);
        sources.insert(id.clone(), amending);
    }
    Ok(())
}

/// What a reader must be told of the documents that the question names: whether they are law on
/// `day`. Of those in force only where the question is about that.
fn mentioned(question: &Question, generation: &Generation, day: Date) -> Vec<String> {
    let asked = fold_text(&question.understood, false);
    let is_asked = ABOUT_FORCE.iter().any(|phrase| asked.contains(phrase));
    let mut told = Told::default();
    for (_, mention) in &question.mentions {
        let mut stored = generation.catalogue().mentioned(mention);
        let (name, standing) = match (stored.next(), stored.next()) {
            (Some(entry), None) => {
                let name = called(entry.number.as_deref(), &entry.title);
                let whole = Locator::default();
                (name, Standing::of(generation, &entry.id, &whole, day))
            }
            (None, _) => {
                let Some(number) = mention.number() else {
                    continue;
                };
                let Some((printed, title)) = generation.law().named(&number) else {
                    continue;
                };
                let name = called(Some(&printed.to_string()), title.unwrap_or_default());
                (name, Standing::of_number(generation, &number, day))
            }
            _ => continue,
        };
        let is_known = standing.state != Force::Unknown;
        let is_changed = standing.state.is_void() || standing.state == Force::Amended;
        if is_changed || is_known && is_asked {
            told.say(wording::mentioned(&name, &standing.label));
        }
    }
    told.0
}

/// What each citation is on `day`, in order.
pub(super) fn standings(
    composed: &Composed,
    sources: &Sources<'_>,
    generation: &Generation,
    day: Date,
) -> Vec<Option<Standing>> {
    let standing = |citation: &answer::Citation| {
        let stored = sources.get(&citation.document)?;
        let place = locator(&stored.document, citation.span);
        Some(Standing::of(generation, &citation.document, &place, day))
    };
    composed.citations.iter().map(standing).collect()
}

/// What a reader must be told of the day, of the documents named and of the citations.
pub(super) fn notices(
    question: &Question,

    composed: &Composed,
    sources: &Sources<'_>,
    generation: &Generation,
    (day, today): (Date, Date),
) -> Vec<String> {
    let mut told = Told::default();
    if day != today {
        told.say(wording::as_of(day));
    }
    let named = mentioned(question, generation, day);
    told.0.extend_from_slice(&named);
    let standings = standings(composed, sources, generation, day);
    let is_void = |s: &Option<Standing>| s.as_ref().is_some_and(|s| s.state.is_void());
    // Of a document that is asked about by name this has just been told.
    if named.is_empty() && !standings.is_empty() && standings.iter().all(is_void) {
        told.say(wording::ONLY_PAST.to_owned());
    }
    for (citation, standing) in composed.citations.iter().zip(standings) {
        let (Some(standing), Some(stored)) = (standing, sources.get(&citation.document)) else {
            continue;
        };
        let (entry, document) = (stored.entry, &stored.document);
        let place = locator(document, citation.span);
        let name = &called(entry.number.as_deref(), &entry.title);
        let is_whole = |day| {
            let whole = generation.law().state(&entry.id, &Locator::default(), day);
            whole.is_void()
        };
        let cited = |is_whole: bool| {
            if is_whole {
                name.clone()
            } else {
                format!("{place} {name}")
            }
        };
        let label = standing.label.as_str();
        match standing.state {
            Force::NotYet => {
                let from = standing.on.as_deref().and_then(Date::find_in);
                let cited = cited(is_whole(day));
                told.say(wording::not_yet_in_force(&cited, from.unwrap_or(day)));
            }
            state if state.is_void() => {
                // Named in the question, it has been told of already.
                if !told.0.contains(&wording::mentioned(name, label)) {
                    told.say(wording::not_in_force(&cited(is_whole(day)), label));
                }
            }
            Force::Amended => {
                let by = standing.by.as_ref().and_then(|by| by.document_id.as_ref());
                let is_shown =
                    by.is_some_and(|by| composed.citations.iter().any(|c| c.document == *by));
                told.say(if is_shown {
                    wording::amended_shown(&cited(false), plain(&standing))
                } else {
                    wording::amended_elsewhere(&cited(false), plain(&standing))
                });
            }
            _ => {
                let now = Standing::of(generation, &entry.id, &place, today);
                if day < today && (now.state.is_void() || now.state == Force::Amended) {
                    told.say(wording::since_changed(&cited(is_whole(today)), plain(&now)));
                }
            }
        }
    }
    told.0
}

/// The state alone, without what else is told of the document.
fn plain(standing: &Standing) -> &str {
    match standing.state {
        Force::Amended => standing.label.split(';').next().unwrap_or_default(),
        _ => &standing.label,
    }
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
