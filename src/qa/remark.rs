//! What is to be said of the provisions that an answer cites: which of them are no law on the day, were
//! changed before or since, or bind another province.

use crate::answer::Citation;
use crate::answer::Composed;
use crate::answer::Period;
use crate::answer::wording;
use crate::document::Date;
use crate::document::Locator;
use crate::qa::draft::Draft;
use crate::qa::inquiry::Inquiry;
use crate::qa::sources::Stored;
use crate::text::Span;
use crate::wire::Clause;
use crate::wire::Force;
use crate::wire::Standing;

/// What is to be said of provisions of one document.
pub(super) struct Remark {
    say: fn(&str, &str) -> String,
    pub(super) document: String,
    /// None where the whole document is meant.
    pub(super) places: Vec<String>,
    standing: String,
}

impl Remark {
    pub(super) fn sentence(&self) -> String {
        let places = self.places.join(", ");
        let cited = [places.as_str(), &self.document].join(" ");
        (self.say)(cited.trim(), &self.standing)
    }

    fn is_like(&self, other: &Self) -> bool {
        std::ptr::fn_addr_eq(self.say, other.say)
            && (&self.document, &self.standing) == (&other.document, &other.standing)
    }
}

/// What is to be said of all that is cited; what is the same of several provisions of a document, once.
pub(super) fn remarks(
    draft: &Draft<'_>,
    standings: &[Option<Standing>],
    inquiry: &Inquiry<'_>,
) -> Vec<Remark> {
    let mut found: Vec<Remark> = Vec::new();
    for (citation, standing) in draft.composed.citations.iter().zip(standings) {
        if let (Some(standing), Some(stored)) = (standing, draft.source(citation)) {
            let cited = Cited {
                standing,
                stored,
                place: stored.locator(citation.span),
                is_retold: is_retold(citation, draft, inquiry.day),
                is_uniform: is_uniform(citation, draft, inquiry.day),
                inquiry,
            };
            let by = standing.by.as_ref();
            let is_renewed = by.is_some_and(|by| is_quoted(by, &draft.composed));
            gather(&mut found, cited.remark(is_renewed));
            if inquiry.ranker.is_foreign(stored.entry) {
                let foreign = cited.say(wording::other_province, Vec::new(), String::new());
                gather(&mut found, Some(foreign));
            }
        }
    }
    found
}

/// Puts a remark with those that say the same of the same document.
fn gather(remarks: &mut Vec<Remark>, remark: Option<Remark>) {
    let Some(remark) = remark else {
        return;
    };
    match remarks.iter_mut().find(|other| other.is_like(&remark)) {
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

/// A citation with what it is on the day asked about.
struct Cited<'a> {
    standing: &'a Standing,
    stored: &'a Stored<'a>,
    place: Locator,
    /// Whether a later text tells in these words what held on the day asked about.
    is_retold: bool,
    /// Whether this is so of all that is cited of its document, or of nothing.
    is_uniform: bool,
    inquiry: &'a Inquiry<'a>,
}

impl Cited<'_> {
    /// What a reader must know of it; `is_renewed` where the clause that changed it is quoted too.
    fn remark(&self, is_renewed: bool) -> Option<Remark> {
        let (standing, day) = (self.standing, self.inquiry.day);
        let here = vec![self.place.to_string()];
        let void = match standing.state {
            Force::NotYet if !self.is_uniform => here.clone(),
            _ => self.void(day),
        };
        Some(match standing.state {
            Force::NotYet if self.is_retold => self.say(wording::retold, void, String::new()),
            Force::NotYet => {
                let from = standing.on.as_deref().and_then(Date::find_in);
                let from = from.unwrap_or(day).to_string();
                self.say(wording::not_yet_in_force, void, from)
            }
            state if state.is_void() => {
                self.say(wording::not_in_force, void, standing.label.clone())
            }
            Force::Amended if is_renewed => self.say(wording::amended_shown, here, plain(standing)),
            Force::Amended => self.say(wording::amended_elsewhere, here, plain(standing)),
            _ if day < self.inquiry.today => return self.since(),
            _ => return None,
        })
    }

    /// What a reader must know of a text that was law on the day asked about and is not today.
    fn since(&self) -> Option<Remark> {
        let (id, today) = (&self.stored.entry.id, self.inquiry.today);
        let now = Standing::of(self.inquiry.generation, id, &self.place, today);
        let is_changed = now.state.is_void() || now.state == Force::Amended;
        is_changed.then(|| self.say(wording::since_changed, self.void(today), plain(&now)))
    }

    fn say(&self, say: fn(&str, &str) -> String, places: Vec<String>, standing: String) -> Remark {
        Remark {
            say,
            document: self.stored.name(),
            places,
            standing,
        }
    }

    /// What is void on `day`: nothing in particular where the whole document is, else this provision.
    fn void(&self, day: Date) -> Vec<String> {
        let law = self.inquiry.generation.law();
        let whole = law.state(&self.stored.entry.id, &Locator::default(), day);
        if whole.is_void() {
            Vec::new()
        } else {
            vec![self.place.to_string()]
        }
    }
}

/// Whether the clause that changed something stands in the answer.
fn is_quoted(by: &Clause, composed: &Composed) -> bool {
    let place = by.document_id.as_ref().zip(by.span);
    place.is_some_and(|(id, clause)| composed.quotes(id, Span::new(clause.start, clause.end)))
}

/// Whether a later text tells in these words what held on `day`.
pub(super) fn is_retold(citation: &Citation, draft: &Draft<'_>, day: Date) -> bool {
    let later = draft.source(citation).filter(|s| s.is_later);
    let period = later.and_then(|later| Period::in_list(&later.document, citation.span));
    period.is_some_and(|period| period.holds(day))
}

/// Whether all that is cited of a document is retold, or nothing of it.
fn is_uniform(citation: &Citation, draft: &Draft<'_>, day: Date) -> bool {
    let own = is_retold(citation, draft, day);
    let mut others = draft.composed.citations.iter();
    others.all(|c| c.document != citation.document || is_retold(c, draft, day) == own)
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
