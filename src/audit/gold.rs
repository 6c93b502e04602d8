//! What reviewers found right, as gold questions: to measure answers by, and to answer others like them.

use std::io::{BufWriter, Write};

use serde::{Deserialize, Serialize};

use super::row::Verdict;
use super::{Error, Filter, Record, StoredAnswer, StoredCitation};

/// So much of a quote tells later whether the provision is still the one that was judged.
const WORDS_BYTES_MAX: usize = 120;

/// A row of a file of gold questions.
#[derive(Serialize)]
struct GoldQuestion<'a> {
    id: &'a str,
    question: &'a str,
    answerable: bool,
    expect: Vec<Expected<'a>>,
    #[serde(skip_serializing_if = "String::is_empty")]
    as_of: String,
    contains: &'a str,
}

#[derive(Serialize)]
struct Expected<'a> {
    document: &'a str,
    locator: &'a str,
}

/// What the body of an answer says of the day.
#[derive(Default, Deserialize)]
struct Day {
    #[serde(default)]
    as_of: String,
}

impl Record {
    /// Writes a gold question for each answer with a citation whose last verdict is
    /// [`Verdict::Correct`], given or withheld: these citations answer it.
    ///
    /// Answers recorded after the call began are left out. Returns how many were written.
    ///
    /// # Errors
    /// As for [`export_jsonl`](Self::export_jsonl).
    pub fn export_gold(&self, filter: &Filter, writer: impl Write) -> Result<u64, Error> {
        let mut writer = BufWriter::new(writer);
        let mut n_written = 0;
        self.for_each_answer(filter, |answer| {
            if let Some(gold) = gold(answer) {
                n_written += 1;
                serde_json::to_writer(&mut writer, &gold)?;
                writer.write_all(b"\n")?;
            }
            Ok(())
        })?;
        writer.flush()?;
        Ok(n_written)
    }
}

/// The gold question that `answer` makes; none where nothing of it was found right.
fn gold(answer: &StoredAnswer) -> Option<GoldQuestion<'_>> {
    let is_right = |citation: &&StoredCitation| {
        let verdict = citation.verdict();
        verdict.is_some_and(|row| row.verdict == Verdict::Correct)
    };
    let right: Vec<&StoredCitation> = answer.citations.iter().filter(is_right).collect();
    let quote = right.first()?.citation.quote.as_str();
    let day: Day = serde_json::from_str(&answer.body).unwrap_or_default();
    let expected = right.iter().map(|cited| Expected {
        document: &cited.citation.document_id,
        locator: &cited.citation.locator,
    });
    Some(GoldQuestion {
        id: &answer.id,
        question: &answer.question_masked,
        answerable: true,
        expect: expected.collect(),
        as_of: day.as_of,
        contains: quote
            .get(..quote.floor_char_boundary(WORDS_BYTES_MAX))
            .unwrap_or_default(),
    })
}
