//! Sentence vectors of units, computed when a question first compares them.
//!
//! A store computes them once and keeps them; an evaluation asks a few hundred questions of tens of
//! thousands of units and looks twice at a few thousand of these. The figures are the same.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::embed;
use crate::embed::Model;
use crate::embed::Role;
use crate::index::PassageHit;
use crate::rank::Missing;

/// Texts by unit id, with the vectors of those that were compared.
pub(super) struct Later<'a> {
    model: &'a Model,
    texts: HashMap<String, String>,
    known: RefCell<HashMap<String, Vec<f32>>>,
}

impl<'a> Later<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        Self {
            model,
            texts: HashMap::new(),
            known: RefCell::default(),
        }
    }

    /// Keeps the text of a unit.
    pub(super) fn keep(&mut self, unit: &str, text: String) {
        self.texts.insert(unit.to_owned(), text);
    }
}

impl Missing for Later<'_> {
    fn vectors(&self, hits: &[&PassageHit]) -> Result<Vec<Vec<f32>>, embed::Error> {
        let mut known = self.known.borrow_mut();
        let new = hits.iter().map(|hit| hit.document.as_str());
        let new: Vec<&str> = new.filter(|unit| !known.contains_key(*unit)).collect();
        let text = |unit: &&str| self.texts.get(*unit).map_or("", String::as_str);
        let texts: Vec<&str> = new.iter().map(text).collect();
        let vectors = self.model.embed(&texts, Role::Passage)?.vectors;
        known.extend(new.into_iter().map(str::to_owned).zip(vectors));
        let vector = |hit: &&PassageHit| known.get(&hit.document).cloned().unwrap_or_default();
        Ok(hits.iter().map(vector).collect())
    }
}
