//! The order by words and their vectors, with a second look where the model has a transformer.

use std::path::Path;

use super::Missing;
use super::Question;
use super::Reading;
use super::company;
use super::learned::Learned;
use super::lexical;
use super::meaning;
use super::meaning::Meaning;
use super::ranker::Error;
use super::second_look;
use super::second_look::Correction;
use super::second_look::Look;
use crate::embed::Embedder;
use crate::embed::WordVectors;
use crate::index::Form;
use crate::index::PassageCandidate;
use crate::text::WordNumber;

/// What was learned of its order comes with a model, in its folder.
const LEARNED: &str = "ranker.json";
/// Where a model of both kinds has its word vectors, with an order of their own.
const WORDS: &str = "words";
/// What the order by words and their vectors goes by.
pub(super) const N_FEATURES: usize =
    lexical::N_FEATURES + meaning::N_FEATURES + company::N_FEATURES;
/// What the second look goes by.
const N_FEATURES_TWICE: usize = N_FEATURES + second_look::N_FEATURES;

/// A model with word vectors, and what was learned with it.
pub(super) struct WordModel {
    embedder: Embedder,
    orders: Orders,
}

/// What was learned with a model.
pub(super) struct Orders {
    first: Learned,
    /// For a second look, where the model has a transformer.
    second: Option<Learned>,
}

impl Orders {
    /// What comes with the model in `folder`; nothing where a model of words or sentences alone has no
    /// order.
    ///
    /// # Errors
    /// When there is an order and it cannot be used, or a model of both lacks one of its two: without
    /// that by words the cosine would run over vectors of both halves, without that of the second look
    /// one half would do nothing, and neither would show.
    pub(super) fn read(folder: &Path, embedder: &Embedder) -> Result<Option<Self>, Error> {
        let (words, second) = match embedder {
            Embedder::Sentences(_) => return Ok(None),
            Embedder::Words(_) if !folder.join(LEARNED).exists() => return Ok(None),
            Embedder::Words(_) => (folder.to_owned(), None),
            Embedder::Both(_) => {
                let second = learned(folder, N_FEATURES_TWICE)?;
                (folder.join(WORDS), Some(second))
            }
        };
        let first = learned(&words, N_FEATURES)?;
        Ok(Some(Self { first, second }))
    }
}

/// Candidates as a model sees them.
pub(super) struct Seen {
    described: Vec<Vec<f32>>,
    /// By what the first look multiplies BM25.
    factors: Vec<f32>,
    look: Option<Look>,
}

impl WordModel {
    pub(super) fn new(embedder: Embedder, orders: Orders) -> Self {
        Self { embedder, orders }
    }

    /// What reads texts.
    pub(super) fn embedder(&self) -> &Embedder {
        &self.embedder
    }

    /// Numbers in the vector of a passage's words, which comes first.
    pub(super) fn n_words(&self) -> usize {
        self.embedder.words().map_or(0, WordVectors::dimensions)
    }

    /// Looks at `candidates`, whose words show the `lexical` features, and at the best of them twice
    /// where a transformer reads the question.
    pub(super) fn see(
        &self,
        (question, reading): (&Question, Option<&Reading<'_>>),
        candidates: &[PassageCandidate],
        lexical: Vec<Vec<f32>>,
        missing: Option<&dyn Missing>,
    ) -> Seen {
        let mut described = lexical;
        if let Some(vectors) = self.embedder.words() {
            let semantic = semantic_features(vectors, question, candidates);
            for (features, more) in described.iter_mut().zip(semantic) {
                features.extend(more);
            }
        }
        let factors = self.orders.first.factors(&described);
        let first = (factors.as_slice(), self.n_words());
        let look = reading.and_then(|reading| {
            second_look::look(reading.question(), candidates, first, missing)
                .inspect_err(|error| tracing::warn!(%error, "no second look: ranking by words"))
                .ok()
        });
        Seen {
            described,
            factors,
            look,
        }
    }

    /// What is to be made of BM25's score of each of `candidates`, as they were `seen`.
    pub(super) fn corrections(
        &self,
        candidates: &[PassageCandidate],
        seen: &Seen,
    ) -> Vec<Correction> {
        if let Some((second, look)) = self.orders.second.as_ref().zip(seen.look.as_ref()) {
            let first = (seen.factors.as_slice(), seen.described.as_slice());
            return second_look::reorder(second, candidates, first, look);
        }
        let factors = seen.factors.iter().copied();
        factors.map(Correction::by_words).collect()
    }

    /// As [`Learned::shares`], of both looks together.
    pub(super) fn shares(&self, seen: &Seen) -> Vec<Vec<f32>> {
        let mut shares = self.orders.first.shares(&seen.described);
        if let Some((second, look)) = self.orders.second.as_ref().zip(seen.look.as_ref()) {
            let again = second.shares(&look.described(&seen.described));
            for (one, more) in look.compared.iter().zip(again) {
                let once = &mut shares[one.at];
                once.resize(more.len(), 0.0);
                once.iter_mut().zip(more).for_each(|(a, b)| *a += b);
            }
        }
        shares
    }
}

impl Seen {
    /// The features of those compared, or of all where nothing was, with their places.
    pub(super) fn compared(self) -> Vec<(usize, Vec<f32>)> {
        match self.look {
            Some(look) => {
                let places = look.compared.iter().map(|one| one.at);
                places.zip(look.described(&self.described)).collect()
            }
            None => self.described.into_iter().enumerate().collect(),
        }
    }
}

/// What was learned over `n_features` features, in `folder`.
fn learned(folder: &Path, n_features: usize) -> Result<Learned, Error> {
    let path = folder.join(LEARNED);
    let unusable = |reason: String| Error::Learned {
        path: path.display().to_string(),
        reason,
    };
    let json = std::fs::read(&path).map_err(|error| unusable(error.to_string()))?;
    Learned::read(&json, n_features).map_err(|e| unusable(e.to_string()))
}

fn semantic_features(
    vectors: &WordVectors,
    question: &Question,
    candidates: &[PassageCandidate],
) -> Vec<Vec<f32>> {
    let words: Vec<WordNumber> = WordNumber::all(&question.understood).collect();
    let mut meaning = Meaning::new(vectors, &words, question.query.form() == Form::Marked);
    let own: Vec<[f32; meaning::N_FEATURES]> = candidates
        .iter()
        .map(|candidate| meaning.features(&candidate.wording))
        .collect();
    let matches: Vec<f32> = own.iter().map(|f| f[meaning::MATCH]).collect();
    let n_words = vectors.dimensions();
    let of_words: Vec<&[f32]> = candidates
        .iter()
        .map(|c| c.vector.get(..n_words).unwrap_or_default())
        .collect();
    let company = company::features(&of_words, meaning.direction(), &matches);
    own.iter()
        .zip(&company)
        .map(|(own, company)| [own.as_slice(), company].concat())
        .collect()
}
