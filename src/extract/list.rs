//! Lists of a document: what each one looks like and how far it has counted.

use std::collections::HashMap;

use crate::extract::number::Level;
use crate::extract::number::Numbers;
use crate::text::Legacy;

/// How many levels a list has.
pub(super) const LEVELS: usize = 9;

/// A list that paragraphs name.
#[derive(Debug)]
pub(super) struct List {
    /// Which definition it counts in: lists of one definition go on counting.
    pub(super) definition: String,
    pub(super) levels: Vec<Level>,
    /// Where levels start anew when the list is first used.
    pub(super) starts: Vec<(usize, u32)>,
}

/// All lists of a document.
#[derive(Debug, Default)]
pub(super) struct Lists {
    lists: HashMap<String, (List, bool)>,
    counted: HashMap<String, Numbers>,
}

impl Lists {
    pub(super) fn add(&mut self, id: String, list: List) {
        self.lists.insert(id, (list, false));
    }

    /// The definition that the list `id` counts in.
    pub(super) fn definition(&self, id: &str) -> Option<&str> {
        let (list, _) = self.lists.get(id)?;
        Some(&list.definition)
    }

    /// Counts one paragraph on `level` of the list `id` and gives its label, with the encoding of
    /// the font it is set in.
    pub(super) fn next(&mut self, id: &str, level: usize) -> Option<(String, Option<Legacy>)> {
        let (list, is_used) = self.lists.get_mut(id)?;
        let numbers = self.counted.entry(list.definition.clone()).or_default();
        if !*is_used {
            *is_used = true;
            for (at, start) in &list.starts {
                numbers.restart(*at, *start);
            }
        }
        let level = level.min(LEVELS - 1);
        let label = numbers.next(level, &list.levels)?;
        Some((label, list.levels.get(level)?.encoding))
    }
}
