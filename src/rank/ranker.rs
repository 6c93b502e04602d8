//! The learned order of BM25's candidates.

use std::path::Path;
use std::sync::LazyLock;

use super::Missing;
use super::Reading;
use super::company;
use super::forest::Forest;
use super::lexical;
use super::lexical::QuestionWords;
use super::meaning;
use super::meaning::Meaning;
use super::meaning::product;
use super::nearness::Memory;
use super::second_look;
use super::second_look::Correction;
use super::second_look::Look;
use crate::document::province;
use crate::document::province_named;
use crate::embed;
use crate::embed::Embedder;
use crate::embed::Role;
use crate::embed::WordVectors;
use crate::index;
use crate::index::Entry;
use crate::index::Form;
use crate::index::Generation;
use crate::index::PassageCandidate;
use crate::index::PassageIndex;
use crate::rank::Question;
use crate::text::WordNumber;

/// Trees that come with a model, in its folder.
const TREES: &str = "ranker.json";
/// Where a model of both kinds has its word vectors, with trees of their own.
const WORDS: &str = "words";
/// What trees that come with word vectors go by.
const N_FEATURES: usize = lexical::N_FEATURES + meaning::N_FEATURES + company::N_FEATURES;
/// What trees go by that come with word vectors and a transformer.
const N_FEATURES_TWICE: usize = N_FEATURES + second_look::N_FEATURES;
/// Weight of the cosine beside the lexical score, both from 0 to 1 over the candidates, where a
/// model has no trees of its own: sums of normalised scores beat ranks wherever they were compared
/// on Vietnamese law, with .6 to .8 for models much stronger than BM25.
const COSINE_WEIGHT: f32 = 0.5;

/// The trees over words alone, which ship inside the program.
static LEXICAL: LazyLock<Option<Forest>> = LazyLock::new(|| {
    let json = include_str!("../../models/ranker.json");
    let read = Forest::read(json.as_bytes(), lexical::N_FEATURES);
    read.inspect_err(|error| tracing::warn!(%error, "no learned order: passages stay in BM25's"))
        .ok()
});

/// Orders candidates by what was learned from questions whose answers are known.
pub struct Ranker {
    kind: Kind,
    /// The own province, in search form; none where all are alike.
    home: Option<String>,
    /// Clauses that were read for earlier questions.
    memory: Memory,
}

enum Kind {
    /// By words alone.
    Lexical,
    /// By words and their vectors; the best by what a transformer sees in them too.
    Words(Box<WordModel>),
    /// By words, and the cosine of a model that brings no trees.
    Weighted(Box<Embedder>),
}

struct WordModel {
    embedder: Embedder,
    forest: Forest,
    /// For a second look, where the embedder has a transformer.
    second: Option<Forest>,
}

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Its files cannot be read.
    #[error(transparent)]
    Model(#[from] embed::Error),
    /// Its trees cannot be read.
    #[error("`{path}` cannot be used: {reason}\nhint: copy the model folder again")]
    Trees {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl Ranker {
    /// Ranks with the model in `folder`; by words alone, with a warning, where there is none.
    ///
    /// # Errors
    /// When there is a model and it cannot be used.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        if !folder.exists() {
            tracing::warn!(model = %folder.display(), "no model: ranking by words alone");
            return Ok(Self::lexical());
        }
        let embedder = Embedder::open(folder)?;
        let (first, second) = match &embedder {
            Embedder::Words(_) => (trees(folder, N_FEATURES)?, None),
            Embedder::Sentences(_) => (None, None),
            Embedder::Both(_) => (
                trees(&folder.join(WORDS), N_FEATURES)?,
                trees(folder, N_FEATURES_TWICE)?,
            ),
        };
        Ok(Self::of(match first {
            Some(forest) => Kind::Words(Box::new(WordModel {
                embedder,
                forest,
                second,
            })),
            None => Kind::Weighted(Box::new(embedder)),
        }))
    }

    fn of(kind: Kind) -> Self {
        Self {
            kind,
            home: None,
            memory: Memory::default(),
        }
    }

    /// The same for people of a province: what another province decided steps back.
    #[must_use]
    pub fn at_home(self, province: Option<&str>) -> Self {
        Self {
            home: province.map(province_named),
            ..self
        }
    }

    /// Whether a body of another province issued the document.
    pub fn is_foreign(&self, entry: &Entry) -> bool {
        let own = entry.issuer.as_deref().and_then(province);
        let home = self.home.as_deref();
        home.zip(own).is_some_and(|(home, own)| home != own)
    }

    /// Ranks by words alone.
    pub fn lexical() -> Self {
        Self::of(Kind::Lexical)
    }

    /// The model whose vectors the index is to hold.
    pub fn embedder(&self) -> Option<&Embedder> {
        match &self.kind {
            Kind::Lexical => None,
            Kind::Words(model) => Some(&model.embedder),
            Kind::Weighted(embedder) => Some(embedder),
        }
    }

    /// Who can tell how near a text is to `question`; none where the model reads words only.
    pub fn nearness(&self, question: &Question) -> Option<Reading<'_>> {
        let model = self.embedder().and_then(Embedder::sentences)?;
        Reading::of(model, &self.memory, &question.understood)
    }

    /// Whether `generation` carries the vectors of this model; where it does not, its passages are
    /// ranked by words alone.
    ///
    /// # Errors
    /// [`index::Error::OtherModel`] when it carries none or those of another model.
    pub fn check(&self, generation: &Generation) -> Result<(), index::Error> {
        self.embedder()
            .map_or(Ok(()), |model| generation.check_model(model.fingerprint()))
    }

    /// What is to be made of BM25's score of each of `candidates`.
    ///
    /// Candidates without a vector of this model are ordered by words alone; sentence vectors may
    /// come from `missing`.
    pub(super) fn corrections(
        &self,
        question: &Question,
        candidates: &[PassageCandidate],
        passages: &PassageIndex,
        missing: Option<&dyn Missing>,
    ) -> Result<Vec<Correction>, index::Error> {
        let lexical = lexical_features(question, candidates, passages)?;
        let by_words = || match LEXICAL.as_ref() {
            Some(forest) => lexical.iter().map(|f| forest.factor(f)).collect(),
            None => vec![1.0; lexical.len()],
        };
        let is_known = |n: usize| candidates.iter().all(|c| c.vector.len() >= n);
        let factors = match &self.kind {
            Kind::Words(model) if is_known(model.n_words()) => {
                let described = model.describe(question, candidates, &lexical);
                let factors = model.factors(&described);
                let reading = self.nearness(question);
                let look = model.look_twice(reading.as_ref(), candidates, &factors, missing);
                if let Some((second, look)) = model.second.as_ref().zip(look) {
                    let first = (factors.as_slice(), described.as_slice());
                    return Ok(second_look::reorder(second, candidates, first, &look));
                }
                factors
            }
            Kind::Weighted(embedder) if is_known(embedder.dimensions()) => {
                let factors = by_words();
                match embedder.embed(&[&question.understood], Role::Query) {
                    Ok(vectors) => weighted(candidates, &factors, &vectors[0]),
                    Err(error) => {
                        tracing::warn!(%error, "the question has no vector: ranking by words alone");
                        factors
                    }
                }
            }
            _ => by_words(),
        };
        Ok(factors.into_iter().map(Correction::by_words).collect())
    }

    /// What the trees go by, with the place of each candidate: all of them, or, where the model
    /// looks twice, those that it compares.
    pub(super) fn features(
        &self,
        question: &Question,
        candidates: &[PassageCandidate],
        passages: &PassageIndex,
        missing: Option<&dyn Missing>,
    ) -> Result<Vec<(usize, Vec<f32>)>, index::Error> {
        let lexical = lexical_features(question, candidates, passages)?;
        let Kind::Words(model) = &self.kind else {
            let features = lexical.iter().map(|f| f.to_vec());
            return Ok(features.enumerate().collect());
        };
        let described = model.describe(question, candidates, &lexical);
        let factors = model.factors(&described);
        let reading = self.nearness(question);
        let look = model.look_twice(reading.as_ref(), candidates, &factors, missing);
        Ok(match look {
            Some(look) => look
                .compared
                .into_iter()
                .map(|one| {
                    (
                        one.at,
                        [described[one.at].as_slice(), &one.features].concat(),
                    )
                })
                .collect(),
            None => described.into_iter().enumerate().collect(),
        })
    }
}

impl WordModel {
    /// Numbers in the vector of a passage's words, which comes first.
    fn n_words(&self) -> usize {
        self.embedder.words().map_or(0, WordVectors::dimensions)
    }

    /// What the trees over words go by.
    fn describe(
        &self,
        question: &Question,
        candidates: &[PassageCandidate],
        lexical: &[[f32; lexical::N_FEATURES]],
    ) -> Vec<Vec<f32>> {
        let mut described: Vec<Vec<f32>> = lexical.iter().map(|f| f.to_vec()).collect();
        if let Some(vectors) = self.embedder.words() {
            let semantic = semantic_features(vectors, question, candidates);
            for (features, more) in described.iter_mut().zip(semantic) {
                features.extend(more);
            }
        }
        described
    }

    fn factors(&self, described: &[Vec<f32>]) -> Vec<f32> {
        described.iter().map(|f| self.forest.factor(f)).collect()
    }

    /// The candidates beside the question as a transformer reads it; none where there is none or it
    /// cannot read.
    fn look_twice(
        &self,
        question: Option<&Reading<'_>>,
        candidates: &[PassageCandidate],
        factors: &[f32],
        missing: Option<&dyn Missing>,
    ) -> Option<Look> {
        let first = (factors, self.n_words());
        second_look::look(question?.question(), candidates, first, missing)
            .inspect_err(|error| tracing::warn!(%error, "no second look: ranking by words"))
            .ok()
    }
}

/// The trees in `folder`, over `n_features`; none where there are none.
fn trees(folder: &Path, n_features: usize) -> Result<Option<Forest>, Error> {
    let path = folder.join(TREES);
    if !path.exists() {
        return Ok(None);
    }
    let unusable = |reason: String| Error::Trees {
        path: path.display().to_string(),
        reason,
    };
    let json = std::fs::read(&path).map_err(|error| unusable(error.to_string()))?;
    let forest = Forest::read(&json, n_features).map_err(|e| unusable(e.to_string()))?;
    Ok(Some(forest))
}

fn lexical_features(
    question: &Question,
    candidates: &[PassageCandidate],
    passages: &PassageIndex,
) -> Result<Vec<[f32; lexical::N_FEATURES]>, index::Error> {
    let words = QuestionWords::new(&question.understood, question.query.form(), passages)?;
    let best = candidates.first().map_or(1.0, |first| first.hit.score);
    let features = |candidate: &PassageCandidate| {
        words.features(&candidate.wording, candidate.hit.score / best)
    };
    Ok(candidates.iter().map(features).collect())
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

/// Factors that make each score a weighted sum of the lexical score and the cosine.
fn weighted(candidates: &[PassageCandidate], factors: &[f32], question: &[f32]) -> Vec<f32> {
    let scores: Vec<f32> = candidates
        .iter()
        .zip(factors)
        .map(|(candidate, factor)| candidate.hit.score * factor)
        .collect();
    let best = scores.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    let cosines: Vec<f32> = candidates
        .iter()
        .map(|candidate| product(&candidate.vector, question))
        .collect();
    let (low, high) = cosines.iter().fold((f32::MAX, f32::MIN), |(low, high), c| {
        (low.min(*c), high.max(*c))
    });
    let range = (high - low).max(f32::MIN_POSITIVE);
    let mixed = scores.iter().zip(&cosines).map(|(score, cosine)| {
        (1.0 - COSINE_WEIGHT) * score / best + COSINE_WEIGHT * (cosine - low) / range
    });
    mixed
        .zip(candidates)
        .map(|(mixed, candidate)| mixed * best / candidate.hit.score.max(f32::MIN_POSITIVE))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn shipped() -> &'static Path {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/models/camnang/words"))
    }

    #[test]
    fn shipped_model_and_trees_are_sound() {
        assert!(LEXICAL.is_some());
        let ranker = Ranker::open(shipped()).unwrap();
        assert!(matches!(ranker.kind, Kind::Words(_)));
    }

    #[test]
    fn without_a_folder_words_alone_rank() {
        let ranker = Ranker::open(&shipped().join("none")).unwrap();
        assert!(ranker.embedder().is_none());
    }

    #[test]
    fn trees_that_do_not_fit_the_model_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(shipped()).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
        fs::write(folder.path().join(TREES), r#"{"n_features":3,"trees":[]}"#).unwrap();
        let error = Ranker::open(folder.path()).err().unwrap().to_string();
        assert!(error.contains("made for 3 features"), "{error}");
        fs::remove_file(folder.path().join(TREES)).unwrap();
        let ranker = Ranker::open(folder.path()).unwrap();
        assert!(matches!(ranker.kind, Kind::Weighted(_)));
    }

    #[test]
    fn weighted_order_mixes_both_scores_and_keeps_their_scale() {
        let candidate = |score, vector: [f32; 2]| PassageCandidate {
            hit: index::PassageHit {
                document: String::new(),
                span: crate::text::Span::new(0, 0),
                score,
            },
            wording: index::Wording::default(),
            vector: vector.to_vec(),
        };
        let candidates = [
            candidate(10.0, [0.0, 1.0]),
            candidate(9.0, [1.0, 0.0]),
            candidate(2.0, [0.6, 0.8]),
        ];
        let factors = weighted(&candidates, &[1.0; 3], &[1.0, 0.0]);
        let scores: Vec<f32> = factors
            .iter()
            .zip(&candidates)
            .map(|(f, c)| f * c.hit.score)
            .collect();
        assert!(scores[1] > scores[0] && scores[0] > scores[2], "{scores:?}");
        assert!(
            scores.iter().all(|s| (0.0..=10.0).contains(s)),
            "{scores:?}"
        );
    }
}
