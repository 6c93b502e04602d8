//! Gold questions: questions that people have verified, with the provisions that answer them.
//!
//! Those in `gold.jsonl` at the root of the corpus help to answer others like them; those of any
//! other file tell how well questions are answered. One object a line:
//!
//! ```json
//! {"id": "q1", "question": "…", "answerable": true, "expect": [{"document": "khai-sinh", "locator": "khoản 1 Điều 5"}], "contains": "60 ngày"}
//! ```

use std::collections::HashMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::problem::{Problem, ProblemKind};
use super::rows::Rows;
use super::scan::{base_of, is_absent};
use crate::document::Date;

pub(super) const FILE: &str = "gold.jsonl";

/// One gold question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoldQuestion {
    /// Unique in its file.
    pub id: String,
    /// How it is put: `formal`, `chat` or `bare`; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub style: String,
    /// The question.
    pub question: String,
    /// Whether the corpus answers it.
    pub answerable: bool,
    /// Provisions of which one must be cited; none where the corpus does not answer it.
    #[serde(default)]
    pub expect: Vec<Expected>,
    /// The day whose law is wanted, `YYYY-MM-DD`; that of the question, or today, where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// Words that the answer must show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains: Option<String>,
}

/// A provision that is a right citation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// Document id.
    pub document: String,
    /// Its address.
    pub locator: String,
}

impl GoldQuestion {
    /// The day whose law is wanted, where one is named and the calendar has it.
    pub fn day(&self) -> Option<Date> {
        let text = self.as_of.as_deref()?;
        Date::alone(text).filter(|day| day.to_iso() == text)
    }

    /// What is wrong with the row by itself.
    pub fn faults(&self) -> impl Iterator<Item = String> {
        // Asked as of today, it would be judged by another day's law than the one it is about.
        let as_of = self.as_of.as_ref().filter(|_| self.day().is_none());
        let day = as_of.map(|text| format!("`as_of` is `{text}`, no day in the form YYYY-MM-DD"));
        let expected = match (self.answerable, self.expect.is_empty()) {
            (true, true) => Some("answerable, but `expect` names no provision"),
            (false, false) => Some("unanswerable, but `expect` names provisions"),
            (true, false) | (false, true) => None,
        };
        day.into_iter().chain(expected.map(str::to_owned))
    }
}

/// The gold questions of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gold {
    /// In the order of the file; nothing where it is there and cannot be read.
    pub questions: Option<Vec<GoldQuestion>>,
    /// Rows that are none.
    pub problems: Vec<Problem>,
}

impl Gold {
    /// Those of the corpus at `root`, a folder or a single file; none where it has no such file.
    pub fn of(root: &Path) -> Self {
        let path = base_of(root).join(FILE);
        match Rows::<GoldQuestion>::open(&path) {
            Ok(rows) => Self::read(rows),
            Err(error) if is_absent(&path, &error) => Self {
                questions: Some(Vec::new()),
                problems: Vec::new(),
            },
            Err(error) => {
                let kind = ProblemKind::Unreadable(error.to_string());
                Self {
                    questions: None,
                    problems: vec![Problem::of_gold(kind)],
                }
            }
        }
    }

    fn read(rows: Rows<GoldQuestion>) -> Self {
        let mut gold = Self::default();
        let mut questions: Vec<GoldQuestion> = Vec::new();
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (line, row) in rows {
            let row = row.map_err(|error| error.to_string());
            let sound = row.and_then(|row| {
                let fault = row.faults().next();
                fault.map_or(Ok(row), Err)
            });
            // What was exported twice is one question.
            let known = |row: &GoldQuestion| questions.get(*seen.get(&row.id)?);
            let sound = sound.and_then(|row| match known(&row) {
                Some(known) if *known == row => Ok(None),
                Some(_) => Err(format!("another question has the id `{}`", row.id)),
                None => Ok(Some(row)),
            });
            match sound {
                Ok(None) => {}
                Ok(Some(row)) => {
                    seen.insert(row.id.clone(), questions.len());
                    questions.push(row);
                }
                Err(reason) => {
                    let kind = ProblemKind::BadRow { line, reason };
                    gold.problems.push(Problem::of_gold(kind));
                }
            }
        }
        gold.questions = Some(questions);
        gold
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// What is wrong with a row that has these fields beside those that all have.
    fn faults(fields: &str) -> Vec<String> {
        let row = format!(r#"{{"id":"q","question":"?",{fields}}}"#);
        let gold: GoldQuestion = serde_json::from_str(&row).unwrap();
        gold.faults().collect()
    }

    #[test]
    fn days_that_cannot_be_honoured_are_faults() {
        let dated = |day: &str| {
            let fields = r#""answerable":true,"expect":[{"document":"a","locator":"Điều 1"}]"#;
            faults(&format!(r#"{fields},"as_of":"{day}""#))
        };
        assert_eq!(dated("2025-06-30"), Vec::<String>::new());
        for day in [
            "2025-02-30",
            "20250630",
            "2025-13-01",
            "30/6/2025",
            "2025-6-30",
            "từ 2025-06-30",
            "",
        ] {
            let found = dated(day);
            let said = format!("`as_of` is `{day}`");
            assert!(found.len() == 1 && found[0].starts_with(&said), "{found:?}");
        }
    }

    #[test]
    fn what_is_expected_goes_with_whether_there_is_an_answer() {
        let expect = r#""expect":[{"document":"a","locator":"Điều 1"}]"#;
        let fields = |answerable: bool| format!(r#""answerable":{answerable}"#);
        assert_eq!(faults(&fields(false)), Vec::<String>::new());
        assert!(faults(&fields(true))[0].starts_with("answerable, but"));
        assert!(faults(&format!("{},{expect}", fields(false)))[0].starts_with("unanswerable, but"));
    }

    #[test]
    fn bad_rows_are_told_and_the_others_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let sound = r#"{"id":"a","question":"Lệ phí?","answerable":false}"#;
        let other = sound.replace("Lệ phí?", "Hồ sơ?");
        let unsound = sound.replace("false", "true");
        let text = format!("{sound}\n{{\"id\":1}}\n\n{unsound}\n{sound}\n{other}\n");
        fs::write(folder.path().join(FILE), text).unwrap();
        let gold = Gold::of(folder.path());
        assert_eq!(gold.questions.unwrap().len(), 1);
        let told: Vec<String> = gold.problems.iter().map(ToString::to_string).collect();
        assert!(told[0].starts_with("`gold.jsonl`: line 2: "), "{told:?}");
        let fault = "`gold.jsonl`: line 4: answerable, but `expect` names no provision";
        let taken = "`gold.jsonl`: line 6: another question has the id `a`";
        assert_eq!(told[1..], [fault, taken]);
    }

    #[test]
    fn no_file_is_no_questions_and_one_that_cannot_be_read_is_not() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Gold::of(folder.path()).questions, Some(Vec::new()));
        fs::create_dir(folder.path().join(FILE)).unwrap();
        let gold = Gold::of(folder.path());
        assert_eq!(gold.problems.len(), 1, "{gold:?}");
    }
}
