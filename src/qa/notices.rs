//! What a reader must be told first: which day's law it is, and what is no law on it.

use crate::answer;
use crate::answer::Composed;
use crate::answer::Intent;
use crate::answer::Period;
use crate::answer::wording;
use crate::document::Act;
use crate::document::Date;
use crate::document::DocumentNumber;
use crate::document::Locator;
use crate::document::Mention;
use crate::index::Generation;
use crate::qa::basis::void_bases;
use crate::qa::sources::Sources;
use crate::qa::sources::Stored;
use crate::qa::validity::locator;
use crate::rank::Hit;
use crate::rank::Question;
use crate::rank::Ranker;
use crate::rank::meant;
use crate::text::Span;
use crate::text::fold_text;
use crate::wire::Clause;
use crate::wire::Force;
use crate::wire::Standing;
use crate::wire::called;

/// Phrases of questions about validity itself, in search form without marks.
const ABOUT_FORCE: [&str; 4] = ["hieu luc", "thay the", "bai bo", "con ap dung"];
/// What asks for a day in the life of a document without `ngày nào` and the like; and what asks for its
/// end and not for its beginning.
const ASKING_DAY: [&str; 3] = ["ngay co hieu luc", "ngay hieu luc", "ngay ban hanh"];
const ASKING_END: [&str; 2] = ["het hieu luc", "hieu luc den"];

/// What a reader must be told of the day, of the documents named and of the citations.
pub(super) fn notices(
    question: &Question,
    (composed, standings): (&Composed, &[Option<Standing>]),
    sources: &Sources<'_>,
    (generation, ranker): (&Generation, &Ranker),
    (day, today): (Date, Date),
) -> Vec<String> {
    let mut told = Told::default();
    if day != today {
        told.say(wording::as_of(day));
    }
    for sentence in days(question, (generation, ranker), day) {
        told.say(sentence);
    }
    let named = mentioned(question, (generation, ranker), day);
    told.0.extend_from_slice(&named);
    let is_past = |(citation, standing): (&answer::Citation, &Option<Standing>)| {
        standing.as_ref().is_some_and(|s| s.state.is_void()) && !is_retold(citation, sources, day)
    };
    let mut all = composed.citations.iter().zip(standings);
    // Of a document that is asked about by name this has just been told.
    if named.is_empty() && !standings.is_empty() && all.all(is_past) {
        told.say(wording::ONLY_PAST.to_owned());
    }
    let mut remarks: Vec<Remark> = Vec::new();
    for (citation, standing) in composed.citations.iter().zip(standings) {
        if let (Some(standing), Some(stored)) = (standing, sources.get(&citation.document)) {
            let cited = Cited {
                citation,
                standing,
                stored,
                generation,
                is_retold: is_retold(citation, sources, day),
                is_uniform: is_uniform(citation, composed, sources, day),
            };
            let by = standing.by.as_ref();
            let remark = cited.remark((day, today), by.is_some_and(|by| is_quoted(by, composed)));
            gather(&mut remarks, remark);
            let foreign = ranker.is_foreign(stored.entry);
            gather(
                &mut remarks,
                foreign.then(|| cited.say(wording::other_province, Vec::new(), String::new())),
            );
        }
    }
    for remark in &remarks {
        // Named in the question, it has been told of already.
        let of_it = format!("{}: ", remark.document);
        let is_told = remark.places.is_empty() && named.iter().any(|told| told.starts_with(&of_it));
        if !is_told {
            told.say(remark.sentence());
        }
    }
    for base in void_bases(composed, standings, generation, day) {
        let is_cited = remarks.iter().any(|r| r.document == base.document);
        let is_named = named.iter().any(|told| told.starts_with(&base.document));
        if !is_cited && !is_named {
            told.say(wording::base_not_in_force(&base.document, &base.standing));
        }
    }
    told.0
}

/// That a provision which the question names is not quoted whole.
pub(super) fn shortened(
    hits: &[Hit],
    composed: &Composed,
    sources: &Sources<'_>,
) -> impl Iterator<Item = String> {
    let n_letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    hits.iter().filter_map(move |hit| {
        let stored = sources.get(&hit.document)?;
        let at = hit.pinned?;
        let span = stored.document.provisions.get(at)?.span;
        let citations = composed.citations.iter();
        let quoted = citations.filter(|c| c.document == hit.document && span.contains(c.span));
        let n_quoted: usize = quoted.map(|c| n_letters(&c.quote)).sum();
        let is_short = n_quoted < n_letters(stored.document.slice(span));
        let cited = format!(
            "{} {}",
            stored.document.locator(at),
            called(stored.entry.number.as_deref(), &stored.entry.title)
        );
        is_short.then(|| wording::shortened(&cited))
    })
}

/// Whether all that is cited are rules that came only after `day`, which is no answer to a question
/// about that day. Guidance of local bodies (authority 1) often tells how it was before.
pub(super) fn all_later(
    composed: &Composed,
    standings: &[Option<Standing>],
    sources: &Sources<'_>,
    day: Date,
) -> bool {
    let is_later = |(citation, standing): (&answer::Citation, &Option<Standing>)| {
        let number = sources
            .get(&citation.document)
            .and_then(|stored| stored.entry.number.as_deref()?.parse().ok());
        let is_rule = number.and_then(|n: DocumentNumber| n.authority()) > Some(1);
        let is_not_yet = standing.as_ref().is_some_and(|s| s.state == Force::NotYet);
        is_rule && is_not_yet && !is_retold(citation, sources, day)
    };
    let mut all = composed.citations.iter().zip(standings);
    !composed.citations.is_empty() && all.all(is_later)
}

/// What is to be said of provisions of one document.
struct Remark {
    say: fn(&str, &str) -> String,
    document: String,
    /// None where the whole document is meant.
    places: Vec<String>,
    standing: String,
}

impl Remark {
    fn sentence(&self) -> String {
        let places = self.places.join(", ");
        let cited = [places.as_str(), &self.document].join(" ");
        (self.say)(cited.trim(), &self.standing)
    }
}

/// Puts a remark with those that say the same of the same document.
fn gather(remarks: &mut Vec<Remark>, remark: Option<Remark>) {
    let Some(remark) = remark else {
        return;
    };
    let is_alike = |other: &&mut Remark| {
        std::ptr::fn_addr_eq(other.say, remark.say)
            && (&other.document, &other.standing) == (&remark.document, &remark.standing)
    };
    match remarks.iter_mut().find(is_alike) {
        Some(known) => {
            let new: Vec<String> = remark
                .places
                .into_iter()
                .filter(|place| !known.places.contains(place))
                .collect();
            known.places.extend(new);
        }
        None => remarks.push(remark),
    }
}

/// The days that the question asks for of the documents it names. Of what is not in force yet its state
/// tells the first one.
fn days(question: &Question, store: (&Generation, &Ranker), day: Date) -> Vec<String> {
    let asked = fold_text(&question.understood, false);
    let asks = |phrases: &[&str]| phrases.iter().any(|phrase| asked.contains(phrase));
    if question.intent != Intent::Date && !asks(&ASKING_DAY) {
        return Vec::new();
    }
    let asks_issue = asks(&["ban hanh"]);
    let asks_start = asks(&["hieu luc"]) && !asks(&ASKING_END);
    let mut told = Vec::new();
    for (_, mention) in &question.mentions {
        let Some((name, act)) = act(mention, store) else {
            continue;
        };
        let issued = act.issued.filter(|_| asks_issue);
        let from = act.effect.from.filter(|from| asks_start && *from <= day);
        told.extend(issued.map(|issued| wording::issued_on(&name, issued)));
        told.extend(from.map(|from| wording::in_force_since(&name, from)));
    }
    told
}

/// How the only document is called that a mention can mean, and what is known of it.
fn act<'g>(
    mention: &Mention,
    (generation, ranker): (&'g Generation, &Ranker),
) -> Option<(String, &'g Act)> {
    let law = generation.law();
    match meant(mention, generation, ranker).as_slice() {
        [entry] => {
            let name = called(entry.number.as_deref(), &entry.title);
            Some((name, law.act(&entry.id)?))
        }
        [] => {
            let (printed, title) = law.named(&mention.number()?)?;
            let mut acts = law.acts().iter();
            let act = acts.find(|act| act.number.as_ref() == Some(printed))?;
            let name = called(Some(&printed.to_string()), title.unwrap_or_default());
            Some((name, act))
        }
        _ => None,
    }
}

/// What a reader must be told of the documents that the question names: whether they are law on
/// `day`. Of those in force only where the question is about that.
fn mentioned(
    question: &Question,
    (generation, ranker): (&Generation, &Ranker),
    day: Date,
) -> Vec<String> {
    let asked = fold_text(&question.understood, false);
    let is_asked = ABOUT_FORCE.iter().any(|phrase| asked.contains(phrase));
    let mut told = Told::default();
    for (_, mention) in &question.mentions {
        let (name, standing) = match meant(mention, generation, ranker).as_slice() {
            [entry] => {
                let name = called(entry.number.as_deref(), &entry.title);
                let whole = Locator::default();
                (name, Standing::of(generation, &entry.id, &whole, day))
            }
            [] => {
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

/// A citation with what it is on the day asked about.
struct Cited<'a> {
    citation: &'a answer::Citation,
    standing: &'a Standing,
    stored: &'a Stored<'a>,
    generation: &'a Generation,
    /// Whether a later text tells in these words what held on the day asked about.
    is_retold: bool,
    /// Whether this is so of all that is cited of its document, or of nothing.
    is_uniform: bool,
}

impl Cited<'_> {
    /// What a reader must know of it; `is_renewed` where the clause that changed it is quoted too.
    fn remark(&self, (day, today): (Date, Date), is_renewed: bool) -> Option<Remark> {
        let standing = self.standing;
        let here = vec![self.place().to_string()];
        let void = match standing.state {
            Force::NotYet if !self.is_uniform => here.clone(),
            _ => self.void(day),
        };
        Some(match standing.state {
            Force::NotYet if self.is_retold => self.say(wording::retold, void, String::new()),
            Force::NotYet => {
                let from = standing.on.as_deref().and_then(Date::find_in);
                self.say(
                    wording::not_yet_in_force,
                    void,
                    from.unwrap_or(day).to_string(),
                )
            }
            state if state.is_void() => {
                self.say(wording::not_in_force, void, standing.label.clone())
            }
            Force::Amended if is_renewed => self.say(wording::amended_shown, here, plain(standing)),
            Force::Amended => self.say(wording::amended_elsewhere, here, plain(standing)),
            _ if day < today => return self.since(today),
            _ => return None,
        })
    }

    /// What a reader must know of a text that was law on the day asked about and is not today.
    fn since(&self, today: Date) -> Option<Remark> {
        let id = &self.stored.entry.id;
        let now = Standing::of(self.generation, id, &self.place(), today);
        let is_changed = now.state.is_void() || now.state == Force::Amended;
        is_changed.then(|| self.say(wording::since_changed, self.void(today), plain(&now)))
    }

    fn say(&self, say: fn(&str, &str) -> String, places: Vec<String>, standing: String) -> Remark {
        let entry = self.stored.entry;
        Remark {
            say,
            document: called(entry.number.as_deref(), &entry.title),
            places,
            standing,
        }
    }

    fn place(&self) -> Locator {
        locator(&self.stored.document, self.citation.span)
    }

    /// What is void on `day`: nothing in particular where the whole document is, else this provision.
    fn void(&self, day: Date) -> Vec<String> {
        let (id, whole) = (&self.stored.entry.id, Locator::default());
        if self.generation.law().state(id, &whole, day).is_void() {
            Vec::new()
        } else {
            vec![self.place().to_string()]
        }
    }
}

/// Whether the clause that changed something stands in the answer.
fn is_quoted(by: &Clause, composed: &Composed) -> bool {
    let place = by.document_id.as_ref().zip(by.span);
    place.is_some_and(|(id, clause)| composed.quotes(id, Span::new(clause.start, clause.end)))
}

/// Whether a later text tells in these words what held on `day`.
fn is_retold(citation: &answer::Citation, sources: &Sources<'_>, day: Date) -> bool {
    let later = sources.get(&citation.document).filter(|s| s.is_later);
    let period = later.and_then(|later| Period::in_list(&later.document, citation.span));
    period.is_some_and(|period| period.holds(day))
}

/// Whether all that is cited of a document is retold, or nothing of it.
fn is_uniform(
    citation: &answer::Citation,
    composed: &Composed,
    sources: &Sources<'_>,
    day: Date,
) -> bool {
    let own = is_retold(citation, sources, day);
    let mut others = composed.citations.iter();
    others.all(|c| c.document != citation.document || is_retold(c, sources, day) == own)
}

/// The state alone, without what else is told of the document.
fn plain(standing: &Standing) -> String {
    match standing.state {
        Force::Amended => {
            let own = standing.label.split(';').next();
            own.unwrap_or_default().to_owned()
        }
        _ => standing.label.clone(),
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
