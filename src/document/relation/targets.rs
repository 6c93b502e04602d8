//! The documents that a clause acts on, told from those that describe them.
//!
//! `Thông tư số 20/2017/TT-BYT quy định chi tiết một số điều của Luật Dược và Nghị định số
//! 54/2017/NĐ-CP` is one document. What stands behind `của`, `tại`, `hướng dẫn` … describes, and so
//! does what is joined to it; a list goes on behind a semicolon, or behind a comma or `và` where no
//! description is open.

use crate::document::Locator;
use crate::document::RelationKind;
use crate::document::relation::Reference;
use crate::document::relation::attachment;
use crate::document::relation::content::is_plural;
use crate::document::relation::enumeration::Enumeration;
use crate::document::relation::enumeration::enumerations;
use crate::document::relation::reference::Found;
use crate::document::relation::reference::Laws;
use crate::document::relation::reference::references;
use crate::document::relation::share::share;
use crate::document::relation::subject;
use crate::document::relation::verb::Words;
use crate::text::Span;
use crate::text::clip;

/// How far behind a number the verb of its title is looked for.
const TITLE_BYTES_MAX: usize = 160;

/// A document that a clause acts on, and which part of it.
#[derive(Clone, Debug)]
pub(in crate::document) struct Object {
    /// From its first locator to the end of its name.
    pub(in crate::document) span: Span,
    pub(in crate::document) reference: Reference,
    /// The lists of locators before its name.
    pub(in crate::document) parts: Vec<Enumeration>,
    pub(in crate::document) is_partial: bool,
    /// Whether something in the parts is meant, and not all that they say.
    pub(in crate::document) is_some: bool,
}

impl Object {
    pub(in crate::document) fn locators(&self) -> impl Iterator<Item = &Locator> {
        self.parts.iter().flat_map(|part| &part.locators)
    }
}

/// The documents that the clause in `text` acts on; `base` is where `text` begins.
pub(in crate::document) fn objects(text: &str, base: usize, laws: &Laws) -> Vec<Object> {
    let lists = enumerations(text, base);
    let mut reader = Reader {
        text,
        base,
        lists: &lists,
        open: false,
        end: base,
        found: Vec::new(),
    };
    for reference in references(text, base, laws) {
        reader.take(reference);
    }
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    base: usize,
    lists: &'t [Enumeration],
    /// Whether the words since the last object describe it by naming another document.
    open: bool,
    /// Where the last reference ended.
    end: usize,
    found: Vec<Object>,
}

impl Reader<'_> {
    fn slice(&self, from: usize, to: usize) -> &str {
        self.text
            .get(from - self.base..to - self.base)
            .unwrap_or_default()
    }

    fn take(&mut self, found: Found) {
        let parts = self.parts(found.span.start);
        let start = parts.first().map_or(found.span.start, |p| p.span.start);
        let gap = self.slice(self.end, start).to_owned();
        if gap.contains(';') && !self.found.is_empty() {
            self.open = false;
        }
        let is_object = if self.found.is_empty() {
            !self.open && !subject::is_source(&gap)
        } else {
            subject::joins(&gap) && (!self.open || self.amends(found.span.end))
        };
        if is_object {
            let is_first = self.found.is_empty();
            let own = gap.rsplit(';').next().unwrap_or_default();
            let names_part = (is_first || gap.contains(';')) && subject::names_part(own);
            let is_some = parts
                .first()
                .is_some_and(|p| names_part && !is_plural(own, p));
            let inherits = !is_first
                && parts.is_empty()
                && !gap.contains(';')
                && self
                    .found
                    .last()
                    .is_some_and(|o| o.is_partial && o.parts.is_empty());
            self.found.push(Object {
                span: Span::new(start, found.span.end),
                reference: found.reference,
                is_partial: names_part || inherits || !parts.is_empty(),
                is_some,
                parts,
            });
            self.open = false;
        } else {
            self.open = true;
        }
        self.end = found.span.end;
    }

    /// The lists of locators that run up to the name at `name`.
    fn parts(&self, name: usize) -> Vec<Enumeration> {
        let mut end = name;
        let mut parts = Vec::new();
        let mut inside = None;
        for list in self.lists.iter().rev() {
            if list.span.end > end || list.span.start < self.end {
                continue;
            }
            let gap = self.slice(list.span.end, end);
            let attached = attachment::named(gap).filter(|_| parts.is_empty());
            if attached.is_none() && !subject::links(gap) {
                break;
            }
            inside = attached.or(inside);
            end = list.span.start;
            parts.push(list.clone());
        }
        parts.reverse();
        share(&mut parts);
        if let Some(name) = inside {
            attachment::enter(&mut parts, name);
        }
        parts
    }

    /// Whether the title behind `end` is that of an amending document.
    fn amends(&self, end: usize) -> bool {
        let rest = self.slice(end, self.base + self.text.len());
        let words = Words::of(clip(rest, TITLE_BYTES_MAX), 0);
        (0..words.bare.len())
            .take_while(|&at| !words.bare.get(at).is_some_and(|w| w == "qui" || w == "ve"))
            .find_map(|at| words.verb_at(at))
            .is_some_and(|verb| verb.kind == RelationKind::Amends)
    }
}
