//! The learned order of BM25's candidates.

use std::path::Path;
use std::sync::LazyLock;

use super::Missing;
use super::Reading;
use super::learned::Learned;
use super::lexical;
use super::lexical::QuestionWords;
use super::nearness::Memory;
use super::second_look::Correction;
use super::second_look::cosine;
use super::word_model;
use super::word_model::Orders;
use super::word_model::Seen;
use super::word_model::WordModel;
use crate::document::province;
use crate::document::province_named;
use crate::embed;
use crate::embed::Embedder;
use crate::index;
use crate::index::Entry;
use crate::index::Generation;
use crate::index::PassageCandidate;
use crate::index::PassageIndex;
use crate::rank::Question;

/// Weight of the cosine beside the lexical score, both from 0 to 1 over the candidates, where a
/// model has no trees of its own: sums of normalised scores beat ranks wherever they were compared
/// on Vietnamese law, with .6 to .8 for models much stronger than BM25.
const COSINE_WEIGHT: f32 = 0.5;

/// The order by words alone, which ships inside the program.
static LEXICAL: LazyLock<Option<Learned>> = LazyLock::new(|| {
    let json = include_str!("../../models/ranker.json");
    let read = Learned::read(json.as_bytes(), lexical::N_FEATURES);
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
    /// By words, and the cosine of a model of one kind that brings no trees. The cosine enters the
    /// score alone and is not told of a hit: when an answer is given was learned from those of one
    /// model, and those of another spread otherwise.
    Weighted(Box<Embedder>),
}

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Its files cannot be read.
    #[error(transparent)]
    Model(#[from] embed::Error),
    /// The order that comes with it cannot be read, or is not there and cannot be done without.
    #[error("`{path}` cannot be used: {reason}\nhint: copy the model folder again")]
    Learned {
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
        let kind = match Orders::read(folder, &embedder)? {
            Some(orders) => Kind::Words(Box::new(WordModel::new(embedder, orders))),
            None => Kind::Weighted(Box::new(embedder)),
        };
        Ok(Self::of(kind))
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

    /// Whether provinces issued some of `entries`, and the own one none: its name may be misspelt.
    pub fn misses_home(&self, entries: &[Entry]) -> bool {
        let issuers = entries.iter().filter_map(|entry| entry.issuer.as_deref());
        let mut provinces = issuers.filter_map(province).peekable();
        let has_any = provinces.peek().is_some();
        let home = self.home.as_ref();
        has_any && home.is_some_and(|home| provinces.all(|province| province != *home))
    }

    /// Ranks by words alone.
    pub fn lexical() -> Self {
        Self::of(Kind::Lexical)
    }

    /// The model whose vectors the index is to hold.
    pub fn embedder(&self) -> Option<&Embedder> {
        match &self.kind {
            Kind::Lexical => None,
            Kind::Words(model) => Some(model.embedder()),
            Kind::Weighted(embedder) => Some(embedder),
        }
    }

    /// Who can tell how near a text is to `question`; none where the model reads words only.
    pub fn nearness<'a>(&'a self, question: &'a Question) -> Option<Reading<'a>> {
        let embedder = self.embedder()?;
        let readers = (embedder.sentences()?, embedder.reader());
        Reading::of(readers, &self.memory, &question.understood)
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
        let factors = match &self.kind {
            Kind::Words(model) if have_vectors(candidates, model.n_words()) => {
                let seen = self.see(model, question, (candidates, lexical), missing);
                return Ok(model.corrections(candidates, &seen));
            }
            Kind::Weighted(embedder) => {
                let factors = by_words(&lexical);
                with_cosine(embedder, question, candidates, &factors).unwrap_or(factors)
            }
            _ => by_words(&lexical),
        };
        Ok(factors.into_iter().map(Correction::by_words).collect())
    }

    /// What is learned from, with the place of each candidate: all of them, or, where the model
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
            return Ok(lexical.into_iter().enumerate().collect());
        };
        let seen = self.see(model, question, (candidates, lexical), missing);
        Ok(seen.compared())
    }

    /// What each feature of each candidate adds to the natural logarithm of what BM25 is multiplied
    /// by; nothing where nothing was learned. The cosine of a model without trees stands where the
    /// second look begins.
    pub(super) fn shares(
        &self,
        question: &Question,
        candidates: &[PassageCandidate],
        passages: &PassageIndex,
    ) -> Result<Vec<Vec<f32>>, index::Error> {
        let lexical = lexical_features(question, candidates, passages)?;
        if let Kind::Words(model) = &self.kind
            && have_vectors(candidates, model.n_words())
        {
            return Ok(model.shares(&self.see(model, question, (candidates, lexical), None)));
        }
        let shares = LEXICAL.as_ref().map_or(Vec::new(), |l| l.shares(&lexical));
        let Kind::Weighted(embedder) = &self.kind else {
            return Ok(shares);
        };
        let factors = by_words(&lexical);
        let mixed = with_cosine(embedder, question, candidates, &factors);
        Ok(match mixed {
            Some(mixed) => with_shares_of_cosine(shares, &factors, &mixed),
            None => shares,
        })
    }

    /// `candidates`, whose words show the `lexical` features, as `model` sees them.
    fn see(
        &self,
        model: &WordModel,
        question: &Question,
        (candidates, lexical): (&[PassageCandidate], Vec<Vec<f32>>),
        missing: Option<&dyn Missing>,
    ) -> Seen {
        let reading = self.nearness(question);
        model.see((question, reading.as_ref()), candidates, lexical, missing)
    }
}

fn lexical_features(
    question: &Question,
    candidates: &[PassageCandidate],
    passages: &PassageIndex,
) -> Result<Vec<Vec<f32>>, index::Error> {
    let words = QuestionWords::new(&question.understood, question.query.form(), passages)?;
    let best = candidates.first().map_or(1.0, |first| first.hit.score);
    let features = |candidate: &PassageCandidate| {
        let share = candidate.hit.score / best;
        words.features(&candidate.wording, share).to_vec()
    };
    Ok(candidates.iter().map(features).collect())
}

/// Whether each of `candidates` has a vector of `n` numbers or more.
fn have_vectors(candidates: &[PassageCandidate], n: usize) -> bool {
    candidates.iter().all(|c| c.vector.len() >= n)
}

/// The factors by words alone.
fn by_words(lexical: &[Vec<f32>]) -> Vec<f32> {
    match LEXICAL.as_ref() {
        Some(learned) => learned.factors(lexical),
        None => vec![1.0; lexical.len()],
    }
}

/// What the cosine of a model without trees makes of `factors`, those by words; none where the
/// candidates have no vectors of it, or the question cannot have one.
fn with_cosine(
    embedder: &Embedder,
    question: &Question,
    candidates: &[PassageCandidate],
    factors: &[f32],
) -> Option<Vec<f32>> {
    if !have_vectors(candidates, embedder.dimensions()) {
        return None;
    }
    let vector = embedder.embed_question(&question.understood);
    let vector = vector.inspect_err(
        |error| tracing::warn!(%error, "the question has no vector: ranking by words alone"),
    );
    Some(weighted(candidates, factors, &vector.ok()?))
}

/// `shares`, those by words, each with what makes of the factor by words the `mixed` one.
fn with_shares_of_cosine(
    mut shares: Vec<Vec<f32>>,
    factors: &[f32],
    mixed: &[f32],
) -> Vec<Vec<f32>> {
    shares.resize(factors.len(), Vec::new());
    for ((of_one, factor), mixed) in shares.iter_mut().zip(factors).zip(mixed) {
        let [factor, mixed] = [factor, mixed].map(|f| f.max(f32::MIN_POSITIVE));
        // Word vectors and neighbours, which stand between, say nothing here.
        of_one.resize(word_model::N_FEATURES, 0.0);
        of_one.push((mixed / factor).ln());
    }
    shares
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
        .map(|candidate| cosine(&candidate.vector, question).unwrap_or_default())
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
    fn shipped_model_and_orders_are_sound() {
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
    fn orders_that_do_not_fit_the_model_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(shipped()).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
        fs::write(
            folder.path().join("ranker.json"),
            r#"{"n_features":3,"trees":[]}"#,
        )
        .unwrap();
        let error = Ranker::open(folder.path()).err().unwrap().to_string();
        assert!(error.contains("made for 3 features"), "{error}");
        fs::remove_file(folder.path().join("ranker.json")).unwrap();
        let ranker = Ranker::open(folder.path()).unwrap();
        assert!(matches!(ranker.kind, Kind::Weighted(_)));
    }

    /// Word vectors that ship with a transformer of other tests, and both orders.
    fn both() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
        let tiny = repository.join("tests/integration/embed/tiny-bert");
        for (from, name) in [(shipped(), "words"), (tiny.as_path(), "sentences")] {
            fs::create_dir(folder.path().join(name)).unwrap();
            for entry in fs::read_dir(from).unwrap() {
                let path = entry.unwrap().path();
                let to = folder.path().join(name).join(path.file_name().unwrap());
                fs::copy(&path, to).unwrap();
            }
        }
        let twice = repository.join("models/camnang/ranker.json");
        fs::copy(twice, folder.path().join("ranker.json")).unwrap();
        folder
    }

    #[test]
    fn models_of_words_and_sentences_without_an_order_are_refused() {
        let folder = both();
        let ranker = Ranker::open(folder.path()).unwrap();
        assert!(matches!(ranker.kind, Kind::Words(_)));
        for name in ["ranker.json", "words/ranker.json"] {
            let path = folder.path().join(name);
            let order = fs::read(&path).unwrap();
            fs::remove_file(&path).unwrap();
            let error = Ranker::open(folder.path()).err().unwrap();
            assert!(matches!(error, Error::Learned { .. }), "{error:?}");
            let said = error.to_string();
            assert!(said.contains(path.to_str().unwrap()), "{said}");
            assert!(said.contains("\nhint: "), "{said}");
            fs::write(&path, order).unwrap();
        }
    }

    #[test]
    fn shares_of_the_cosine_make_up_for_the_factor_by_words() {
        let factors = [2.0, 0.5];
        let mixed = [1.0, 1.0];
        let shares = vec![vec![0.5; lexical::N_FEATURES]; 2];
        let found = with_shares_of_cosine(shares, &factors, &mixed);
        for ((found, factor), mixed) in found.iter().zip(factors).zip(mixed) {
            assert_eq!(found.len(), word_model::N_FEATURES + 1);
            let by_words: f32 = found.iter().take(lexical::N_FEATURES).sum();
            assert!((by_words - 7.0).abs() < 1e-5, "{found:?}");
            let rest: f32 = found.iter().skip(lexical::N_FEATURES).sum();
            assert!((factor * rest.exp() - mixed).abs() < 1e-5, "{found:?}");
        }
        // Where nothing was learned of words, the cosine is all there is.
        let alone = with_shares_of_cosine(Vec::new(), &factors, &mixed);
        assert_eq!(alone.len(), 2);
        assert!(alone.iter().all(|f| f.len() == word_model::N_FEATURES + 1));
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
