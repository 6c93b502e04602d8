//! The law on the day asked about: which of the cited texts are in force, what is put beside those
//! that changed, and what a reader must be told first.

use crate::answer;
use crate::answer::Composed;
use crate::answer::Period;
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
            (question.intent, day),
            &[],
            &[(source, provision)],
        );
        composed.put_before(at, quoted);
        sources.insert(id.clone(), amending);
    }
    composed.number();
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
    let is_past = |(citation, standing): (&answer::Citation, &Option<Standing>)| {
        standing.as_ref().is_some_and(|s| s.state.is_void()) && !is_retold(citation, day)
    };
    let mut all = composed.citations.iter().zip(&standings);
    // Of a document that is asked about by name this has just been told.
    if named.is_empty() && !standings.is_empty() && all.all(is_past) {
        told.say(wording::ONLY_PAST.to_owned());
    }
    for (citation, standing) in composed.citations.iter().zip(&standings) {
        if let (Some(standing), Some(stored)) = (standing, sources.get(&citation.document)) {
            let cited = Cited {
                citation,
                standing,
                stored,
                generation,
            };
            let is_shown = |by: &String| composed.citations.iter().any(|c| c.document == *by);
            let by = standing.by.as_ref().and_then(|by| by.document_id.as_ref());
            told.of(&cited, (day, today), by.is_some_and(is_shown));
        }
    }
    told.0
}

/// A citation with what it is on the day asked about.
struct Cited<'a> {
    citation: &'a answer::Citation,
    standing: &'a Standing,
    stored: &'a Stored<'a>,
    generation: &'a Generation,
}

impl Cited<'_> {
    /// What its document is called.
    fn document(&self) -> String {
        let entry = self.stored.entry;
        called(entry.number.as_deref(), &entry.title)
    }

    fn place(&self) -> Locator {
        locator(&self.stored.document, self.citation.span)
    }

    /// What is void on `day`: the whole document, or this provision of it.
    fn void(&self, day: Date) -> String {
        let (id, whole) = (&self.stored.entry.id, Locator::default());
        if self.generation.law().state(id, &whole, day).is_void() {
            self.document()
        } else {
            self.provision()
        }
    }

    fn provision(&self) -> String {
        format!("{} {}", self.place(), self.document())
    }
}

/// Whether a later text tells in these words what held on `day`.
fn is_retold(citation: &answer::Citation, day: Date) -> bool {
    Period::of(&citation.quote).is_some_and(|period| period.holds(day))
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

    /// Tells of a citation what its reader must know; `is_renewed` where the clause that changed it is
    /// quoted too.
    fn of(&mut self, cited: &Cited<'_>, (day, today): (Date, Date), is_renewed: bool) {
        let standing = cited.standing;
        match standing.state {
            Force::NotYet if is_retold(cited.citation, day) => {
                self.say(wording::retold(&cited.void(day)));
            }
            Force::NotYet => {
                let from = standing.on.as_deref().and_then(Date::find_in);
                let from = from.unwrap_or(day);
                self.say(wording::not_yet_in_force(&cited.void(day), from));
            }
            state if state.is_void() => {
                let named = wording::mentioned(&cited.document(), &standing.label);
                // Named in the question, it has been told of already.
                if !self.0.contains(&named) {
                    self.say(wording::not_in_force(&cited.void(day), &standing.label));
                }
            }
            Force::Amended if is_renewed => {
                self.say(wording::amended_shown(&cited.provision(), plain(standing)));
            }
            Force::Amended => {
                self.say(wording::amended_elsewhere(
                    &cited.provision(),
                    plain(standing),
                ));
            }
            _ if day < today => self.since(cited, today),
            _ => {}
        }
    }

    /// Tells of a text that was law on the day asked about and is not today.
    fn since(&mut self, cited: &Cited<'_>, today: Date) {
        let id = &cited.stored.entry.id;
        let now = Standing::of(cited.generation, id, &cited.place(), today);
        if now.state.is_void() || now.state == Force::Amended {
            self.say(wording::since_changed(&cited.void(today), plain(&now)));
        }
    }
}
