//! The ingestion doctor: what was recognised in a source, what looks wrong, what to do about it.
//!
//! [`examine`] looks and never changes anything: one check per concern, one file per check. What
//! it finds is for the maintainer; only a security marking keeps a document out.

mod concern;
mod diacritics;
mod duplicate;
mod extraction;
mod facts;
mod personal;
mod secrecy;
mod sequence;
mod table;

use std::collections::HashMap;

pub use concern::Concern;
pub use concern::Gravity;
pub use duplicate::Stored;
pub use secrecy::Marking;
pub use secrecy::forbidding;

use crate::corpus::Source;
use crate::document;
use crate::document::Document;
use crate::text::canonicalise;

/// How many concerns of one kind are listed; the last one says how many there are.
const ALIKE_MAX: usize = 10;

/// A source with its structure and what is to be said about it.
#[derive(Debug)]
pub struct Examination {
    /// The parsed text.
    pub document: Document,
    /// What looks wrong, gravest first, then in reading order.
    pub concerns: Vec<Concern>,
}

impl Examination {
    /// Whether the document must stay out.
    pub fn is_refused(&self) -> bool {
        self.concerns
            .iter()
            .any(|concern| concern.gravity == Gravity::Refusal)
    }
}

/// What a check looks at.
struct Case<'c> {
    source: &'c Source,
    document: &'c Document,
    /// Where the lines of the text end: a bad text has as many concerns as lines.
    lines: Vec<usize>,
    stored: &'c Stored,
}

/// Examines `source`, which is compared with what is `stored` already.
pub fn examine(source: &Source, stored: &Stored) -> Examination {
    let document = document::parse(&canonicalise(&source.text));
    let case = Case {
        source,
        document: &document,
        lines: document
            .text
            .match_indices('\n')
            .map(|(at, _)| at)
            .collect(),
        stored,
    };
    let checks = [
        secrecy::check,
        extraction::check,
        diacritics::check,
        facts::check,
        sequence::check,
        table::check,
        duplicate::check,
        personal::check,
    ];
    let mut concerns: Vec<Concern> = checks
        .iter()
        .flat_map(|check| shortened(&check(&case)))
        .collect();
    concerns.sort_by_key(|concern| std::cmp::Reverse(concern.gravity));
    Examination { document, concerns }
}

/// At most [`ALIKE_MAX`] concerns of each kind.
fn shortened(concerns: &[Concern]) -> Vec<Concern> {
    let mut n_alike: HashMap<&str, usize> = HashMap::new();
    for concern in concerns {
        *n_alike.entry(concern.code).or_default() += 1;
    }
    let mut n_kept: HashMap<&str, usize> = HashMap::new();
    let mut kept: Vec<Concern> = Vec::new();
    for concern in concerns {
        let n = n_kept.entry(concern.code).or_default();
        *n += 1;
        let n_all = n_alike.get(concern.code).copied().unwrap_or_default();
        if *n > ALIKE_MAX {
            continue;
        }
        let mut concern = concern.clone();
        if let Some(n_more @ 1..) = n_all.checked_sub(ALIKE_MAX).filter(|_| *n == ALIKE_MAX) {
            concern.message = format!("{}; {n_more} more like this", concern.message);
        }
        kept.push(concern);
    }
    kept
}

#[cfg(test)]
mod tests;
