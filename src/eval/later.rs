//! Sentence vectors of units, computed when a question first compares them.
//!
//! A store computes them once and keeps them; an evaluation asks a few hundred questions of tens of
//! thousands of units and looks twice at a few thousand of these. A store keeps a byte a number where
//! these are full floats, so that a figure may differ from what an index would give where units lie all
//! but equally near a question.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::embed;
use crate::embed::Model;
use crate::embed::Passage;
use crate::index::PassageHit;
use crate::rank::Missing;

/// Units by their id, with the vectors of those that were compared.
pub(super) struct Later<'a> {
    model: &'a Model,
    units: HashMap<String, Unit>,
    known: RefCell<HashMap<String, Vec<f32>>>,
}

#[derive(Default)]
struct Unit {
    heading: String,
    text: String,
}

impl<'a> Later<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        Self {
            model,
            units: HashMap::new(),
            known: RefCell::default(),
        }
    }

    /// Keeps a unit: its heading, and all of its text.
    pub(super) fn keep(&mut self, id: &str, heading: &str, text: String) {
        let heading = heading.to_owned();
        self.units.insert(id.to_owned(), Unit { heading, text });
    }
}

impl Missing for Later<'_> {
    fn vectors(&self, hits: &[&PassageHit]) -> Result<Vec<Vec<f32>>, embed::Error> {
        let mut known = self.known.borrow_mut();
        let new = hits.iter().map(|hit| hit.document.as_str());
        let new: Vec<&str> = new.filter(|unit| !known.contains_key(*unit)).collect();
        let unknown = Unit::default();
        let passage = |id: &&str| {
            let unit = self.units.get(*id).unwrap_or(&unknown);
            Passage {
                heading: &unit.heading,
                text: &unit.text,
            }
        };
        let passages: Vec<Passage<'_>> = new.iter().map(passage).collect();
        let vectors = self.model.embed_passages(&passages)?.vectors;
        known.extend(new.into_iter().map(str::to_owned).zip(vectors));
        let vector = |hit: &&PassageHit| known.get(&hit.document).cloned().unwrap_or_default();
        Ok(hits.iter().map(vector).collect())
    }
}
