//! What single clauses are to a question, read one by one.
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
use crate::embed::Reader;
use crate::embed::Role;

/// Clauses that are remembered, about two kilobytes each.
const N_REMEMBERED: usize = 20_000;

/// What was found out about texts, by their hash: vectors, or how likely one answers another.
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
        let mark = match role {
            Role::Query => "?",
            Role::Passage => ".",
        };
        self.recall(texts, mark, |unread| Ok(model.embed(unread, role)?.vectors))
    }

    /// How likely each of `texts` answers `question`, as log odds; what is new is judged by `reader`.
    fn judge<T: AsRef<str>>(
        &self,
        reader: &Reader,
        question: &str,
        texts: &[T],
    ) -> Result<Vec<f32>, Error> {
        let mark = format!("!{question}\0");
        let judged = self.recall(texts, &mark, |unread| {
            let odds = reader.judge(question, unread)?;
            Ok(odds.into_iter().map(|odds| vec![odds]).collect())
        })?;
        Ok(judged.into_iter().flatten().collect())
    }

    /// What is known of each of `texts`; what is not yet, `find` is asked for. `mark` tells apart
    /// what may be known of one text.
    fn recall<T, F>(&self, texts: &[T], mark: &str, find: F) -> Result<Vec<Vec<f32>>, Error>
    where
        T: AsRef<str>,
        F: FnOnce(&[&str]) -> Result<Vec<Vec<f32>>, Error>,
    {
        let keys: Vec<blake3::Hash> = texts.iter().map(|t| key(mark, t.as_ref())).collect();
        let mut found: Vec<Option<Vec<f32>>> = {
            let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            keys.iter().map(|key| known.get(key).cloned()).collect()
        };
        // Read without the lock: others may answer meanwhile.
        let new: Vec<usize> = (0..texts.len()).filter(|&at| found[at].is_none()).collect();
        let unread: Vec<&str> = new.iter().map(|&at| texts[at].as_ref()).collect();
        let results = find(&unread)?;
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() + results.len() > N_REMEMBERED {
            known.clear();
        }
        for (at, result) in new.into_iter().zip(results) {
            known.insert(keys[at], result.clone());
            found[at] = Some(result);
        }
        Ok(found.into_iter().map(Option::unwrap_or_default).collect())
    }
}

fn key(mark: &str, text: &str) -> blake3::Hash {
    blake3::Hasher::new()
        .update(mark.as_bytes())
        .update(text.as_bytes())
        .finalize()
}

/// A question as the models read it.
pub struct Reading<'a> {
    model: &'a Model,
    reader: Option<&'a Reader>,
    memory: &'a Memory,
    asked: &'a str,
    question: Vec<f32>,
}

impl<'a> Reading<'a> {
    /// Reads the question `asked`; none where the model cannot.
    pub(super) fn of(
        (model, reader): (&'a Model, Option<&'a Reader>),
        memory: &'a Memory,
        asked: &'a str,
    ) -> Option<Self> {
        // Ranking and answering both ask: it is read once.
        let read = memory.read(model, &[asked], Role::Query);
        let question = read
            .inspect_err(|error| tracing::warn!(%error, "the question cannot be read"))
            .ok()?
            .pop()?;
        Some(Self {
            model,
            reader,
            memory,
            asked,
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

    fn log_odds(&self, texts: &[String]) -> Option<Vec<f32>> {
        self.memory
            .judge(self.reader?, self.asked, texts)
            .inspect_err(|error| tracing::warn!(%error, "the evidence cannot be judged"))
            .ok()
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
        let reading = Reading::of((&model, None), &memory, "khai sinh").unwrap();
        let cosines = reading.cosines(&texts).unwrap();
        assert!(
            cosines.iter().all(|c| (-1.001..=1.001).contains(c)),
            "{cosines:?}"
        );
        assert_eq!(reading.cosines(&[]), Some(Vec::new()));
        assert_eq!(reading.log_odds(&texts), None);
    }
}
