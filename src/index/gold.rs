//! Gold questions as a generation keeps them, `gold.jsonl`, and where what answers them stands.

use std::path::Path;

use serde::Deserialize;
use serde::Serialize;

use super::error::Error;
use super::generation::Generation;
use super::lines;
use super::vector::bytes;
use crate::document::Locator;
use crate::text::Span;

pub(super) const GOLD: &str = "gold.jsonl";

/// A question that people have verified, and the provisions that answer it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GoldRow {
    /// Unique among those of a corpus.
    pub id: String,
    /// As people put it.
    pub question: String,
    /// With abbreviations written out.
    pub understood: String,
    /// Each of them answers it.
    pub provisions: Vec<Address>,
    /// Words that the first of them has, as long as it is the provision that was meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains: Option<String>,
    /// The vector of its words, a byte a dimension; empty where the model has none.
    pub vector: Vec<i8>,
}

/// A provision, by document and place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Document id.
    pub document: String,
    /// Its place there, as `khoản 1 Điều 5`.
    pub locator: String,
}

impl GoldRow {
    /// The same with the vector of its words.
    #[must_use]
    pub fn with_vector(self, vector: &[f32]) -> Self {
        Self {
            vector: bytes(vector).collect(),
            ..self
        }
    }

    /// The cosine of its words and those with the vector `asked`, which has the length one; none where
    /// it has no vector, or one of another model.
    pub fn cosine(&self, asked: &[f32]) -> Option<f32> {
        if self.vector.is_empty() || self.vector.len() != asked.len() {
            return None;
        }
        let (mut dot, mut squared_length) = (0.0, f32::MIN_POSITIVE);
        for (byte, x) in self.vector.iter().zip(asked) {
            let own = f32::from(*byte);
            dot += own * x;
            squared_length += own * own;
        }
        Some(dot / squared_length.sqrt())
    }
}

/// Why a provision is not where an address says.
#[derive(Debug, thiserror::Error)]
pub enum NoPlace {
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] Error),
    /// There is no such document.
    #[error("no document `{0}`")]
    Document(String),
    /// The address of the provision is none.
    #[error("`{locator}` is no address of a provision: {reason}")]
    Locator {
        /// What is said to be one.
        locator: String,
        /// Why it is none.
        reason: String,
    },
    /// The document has no such provision.
    #[error("`{document}` has no `{locator}`")]
    Provision {
        /// Its id.
        document: String,
        /// The address.
        locator: String,
    },
    /// The provision lacks the words that it was known by.
    #[error("`{locator}` of `{document}` no longer has the words in `contains`")]
    Words {
        /// Id of its document.
        document: String,
        /// Its address.
        locator: String,
    },
}

impl Generation {
    /// Where the provision at `locator` lies in the document `document`.
    ///
    /// # Errors
    /// [`NoPlace`], where it is not there.
    pub fn place(&self, document: &str, locator: &str) -> Result<Span, NoPlace> {
        let Some((_, held)) = self.document(document)? else {
            return Err(NoPlace::Document(document.to_owned()));
        };
        let parsed: Result<Locator, _> = locator.parse();
        let parsed = parsed.map_err(|error| NoPlace::Locator {
            locator: locator.to_owned(),
            reason: error.to_string(),
        })?;
        let found = held.resolve(&parsed).and_then(|at| held.provisions.get(at));
        let missing = || NoPlace::Provision {
            document: document.to_owned(),
            locator: locator.to_owned(),
        };
        Ok(found.ok_or_else(missing)?.span)
    }

    /// Where the provisions lie that answer a gold question, with the ids of their documents.
    ///
    /// # Errors
    /// [`NoPlace`], where one of them is not there or the first is not what it was.
    pub fn places<'r>(&self, row: &'r GoldRow) -> Result<Vec<(&'r str, Span)>, NoPlace> {
        let place = |Address { document, locator }: &'r Address| {
            Ok((document.as_str(), self.place(document, locator)?))
        };
        let places: Vec<(&str, Span)> = row
            .provisions
            .iter()
            .map(place)
            .collect::<Result<_, NoPlace>>()?;
        if let (Some(words), Some(first), Some((id, span))) =
            (&row.contains, row.provisions.first(), places.first())
            && let Some((_, held)) = self.document(id)?
            && !held.slice(*span).contains(words.as_str())
        {
            return Err(NoPlace::Words {
                document: first.document.clone(),
                locator: first.locator.clone(),
            });
        }
        Ok(places)
    }
}

/// The rows in the folder `dir` of a generation.
pub(super) fn read(dir: &Path) -> Result<Vec<GoldRow>, Error> {
    lines::read(&dir.join(GOLD))
}

pub(super) fn write(dir: &Path, rows: &[GoldRow]) -> Result<(), Error> {
    lines::write(&dir.join(GOLD), rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cosine_survives_a_byte_a_dimension() {
        let row = GoldRow::default().with_vector(&[0.6, -0.8, 0.0]);
        let cosine = |asked: &[f32]| row.cosine(asked);
        assert!(cosine(&[0.6, -0.8, 0.0]).is_some_and(|c| (c - 1.0).abs() < 1e-3));
        assert!(cosine(&[0.0, 0.0, 1.0]).is_some_and(|c| c.abs() < 1e-3));
        assert_eq!(cosine(&[1.0]), None, "of another model");
        assert_eq!(GoldRow::default().cosine(&[]), None);
    }
}
