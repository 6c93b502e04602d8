//! Gold questions like the one asked, and what answers them.
//!
//! Word vectors name the nearest of those that a generation keeps; the reader reads each of these with
//! the question asked. It tells near misses from answers far better by a question that people put than
//! by the provision that answers it: that says what is so, and not what it is good for.

use super::Question;
use super::Ranker;
use crate::answer::Likeness;
use crate::answer::Nearness;
use crate::answer::Precedent;
use crate::document::Date;
use crate::index;
use crate::index::Generation;
use crate::index::GoldRow;
use crate::index::NoPlace;
use crate::text::Span;

/// Gold questions that are read, at most.
const N_READ: usize = 12;
/// Cosine of the words from which on one is read: of 311 that share less the reader took 5 for alike, and 1
/// of these was.
const COSINE_MIN: f32 = 0.3;

impl Ranker {
    /// Gold questions of `generation` like `question` whose answers nobody has set aside by `day`,
    /// likeliest first, each once for every provision that answers it. None where the model has no
    /// word vectors or no reader.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn precedents<'g>(
        &self,
        question: &Question,
        generation: &'g Generation,
        day: Date,
    ) -> Result<Vec<Precedent<'g>>, index::Error> {
        if self.check(generation).is_err() {
            return Ok(Vec::new());
        }
        let alike = self.alike(question, generation);
        let texts: Vec<String> = alike
            .iter()
            .map(|(_, row)| row.understood.clone())
            .collect();
        let reading = self.nearness(question).filter(|_| !texts.is_empty());
        let odds = reading.and_then(|reading| reading.log_odds(&texts));
        let mut found: Vec<Precedent<'g>> = Vec::new();
        for ((cosine, row), read) in alike.into_iter().zip(odds.unwrap_or_default()) {
            let precedent = |(document, span)| Precedent {
                question: &row.question,
                document,
                span,
                likeness: Likeness { cosine, read },
            };
            let places = standing(row, generation, day)?;
            found.extend(places.into_iter().map(precedent));
        }
        found.sort_by(|a, b| b.likeness.odds().total_cmp(&a.likeness.odds()));
        Ok(found)
    }

    /// The gold questions whose words are nearest to those of `question`, nearest first.
    fn alike<'g>(
        &self,
        question: &Question,
        generation: &'g Generation,
    ) -> Vec<(f32, &'g GoldRow)> {
        let Some(words) = self.embedder().and_then(|embedder| embedder.words()) else {
            return Vec::new();
        };
        let asked = words.vector_of(&question.understood);
        let cosines = generation
            .gold()
            .iter()
            .filter_map(|row| Some((row.cosine(&asked)?, row)));
        let mut near: Vec<(f32, &GoldRow)> = cosines.filter(|(c, _)| *c >= COSINE_MIN).collect();
        near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        near.truncate(N_READ);
        near
    }
}

/// Where what answers a gold question lies, of what may be rested on as of `day`; nowhere, where the
/// store no longer has it.
fn standing<'g>(
    row: &'g GoldRow,
    generation: &'g Generation,
    day: Date,
) -> Result<Vec<(&'g str, Span)>, index::Error> {
    let places = match generation.places(row) {
        Ok(places) => places,
        Err(NoPlace::Index(error)) => return Err(error),
        // Whoever built the index was told.
        Err(_) => return Ok(Vec::new()),
    };
    let mut standing = Vec::new();
    for (id, span) in places {
        if let Some((_, document)) = generation.document(id)? {
            let locator = document.locator(document.provision_at(span));
            if !generation.law().state(id, &locator, day).is_void() {
                standing.push((id, span));
            }
        }
    }
    Ok(standing)
}
