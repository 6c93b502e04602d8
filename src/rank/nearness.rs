//! How near single clauses are to a question, read one by one by the sentence model.
//!
//! Passages have their vectors in the index. The clauses in the best of them are read when they are
//! needed, a few dozen a question, and remembered: the same few hundred are asked for all day.

use std::sync::Mutex;
use std::sync::PoisonError;

use rustc_hash::FxHashMap;

use super::meaning::product;
use crate::answer::Nearness;
use crate::embed::Error;
use crate::embed::Model;
use crate::embed::Role;

/// Clauses that are remembered, about two kilobytes each.
const N_REMEMBERED: usize = 20_000;

/// Vectors of clauses and questions by the hash of their text.
#[derive(Default)]
pub(super) struct Memory(Mutex<FxHashMap<blake3::Hash, Vec<f32>>>);

impl Memory {
    /// The vectors of `texts`, in their order; what is new is read by `model` and remembered.
    fn read<T: AsRef<str>>(
        &self,
        model: &Model,
        texts: &[T],
        role: Role,
    ) -> Result<Vec<Vec<f32>>, Error> {
        let keys: Vec<blake3::Hash> = texts.iter().map(|t| key(t.as_ref(), role)).collect();
        let mut found: Vec<Option<Vec<f32>>> = {
            let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            keys.iter().map(|key| known.get(key).cloned()).collect()
        };
        // Read without the lock: others may answer meanwhile.
        let new: Vec<usize> = (0..texts.len()).filter(|&at| found[at].is_none()).collect();
        let unread: Vec<&str> = new.iter().map(|&at| texts[at].as_ref()).collect();
        let vectors = model.embed(&unread, role)?.vectors;
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() + vectors.len() > N_REMEMBERED {
            known.clear();
        }
        for (at, vector) in new.into_iter().zip(vectors) {
            known.insert(keys[at], vector.clone());
            found[at] = Some(vector);
        }
        Ok(found.into_iter().map(Option::unwrap_or_default).collect())
    }
}

/// Tells apart what is remembered: a text is read otherwise where it asks.
fn key(text: &str, role: Role) -> blake3::Hash {
    let mark: &[u8] = match role {
        Role::Query => b"?",
        Role::Passage => b".",
    };
    blake3::Hasher::new()
        .update(mark)
        .update(text.as_bytes())
        .finalize()
}

/// A question as the sentence model reads it.
pub struct Reading<'a> {
    model: &'a Model,
    memory: &'a Memory,
    question: Vec<f32>,
}

impl<'a> Reading<'a> {
    /// Reads `question`; none where the model cannot.
    pub(super) fn of(model: &'a Model, memory: &'a Memory, question: &str) -> Option<Self> {
        // Ranking and answering both ask: it is read once.
        let read = memory.read(model, &[question], Role::Query);
        let question = read
            .inspect_err(|error| tracing::warn!(%error, "the question cannot be read"))
            .ok()?
            .pop()?;
        Some(Self {
            model,
            memory,
            question,
        })
    }

    /// The vector of the question, of length one.
    pub(super) fn question(&self) -> &[f32] {
        &self.question
    }
}

impl Nearness for Reading<'_> {
    fn cosines(&self, texts: &[String]) -> Option<Vec<f32>> {
        let vectors = self
            .memory
            .read(self.model, texts, Role::Passage)
            .inspect_err(|error| tracing::warn!(%error, "the evidence cannot be read"))
            .ok()?;
        let cosines = vectors.iter().map(|v| product(v, &self.question));
        Some(cosines.collect())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn clauses_are_remembered_as_they_were_read() {
        let folder = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/integration/embed/tiny-bert"
        );
        let model = Model::open(Path::new(folder)).unwrap();
        let memory = Memory::default();
        let texts = ["khai sinh", "khai tử", "khai sinh"].map(str::to_owned);
        let read = memory.read(&model, &texts, Role::Passage).unwrap();
        assert_eq!(memory.0.lock().unwrap().len(), 2);
        assert_eq!((&read[0], read[0] == read[1]), (&read[2], false));
        let more = ["khai tử", "kết hôn"].map(str::to_owned);
        assert_eq!(
            memory.read(&model, &more, Role::Passage).unwrap()[0],
            read[1]
        );
        let reading = Reading::of(&model, &memory, "khai sinh").unwrap();
        let cosines = reading.cosines(&texts).unwrap();
        assert!(
            cosines.iter().all(|c| (-1.001..=1.001).contains(c)),
            "{cosines:?}"
        );
        assert_eq!(reading.cosines(&[]), Some(Vec::new()));
    }
}
