//! Heads on a hand-checked sample: are number, issuer, date of issue and title read right.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde::Serialize;

use super::metrics::share;
use crate::corpus::Source;
use crate::corpus::scan;
use crate::document;
use crate::document::Date;
use crate::document::DocumentKind;
use crate::extract::NoCache;
use crate::text::canonicalise;
use crate::text::fold_text;

/// What the head of one document says, as in `tests/gold/heads.jsonl`.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldHead {
    /// Document id in the corpus.
    pub id: String,
    /// Số ký hiệu.
    pub number: Option<String>,
    /// Cơ quan ban hành, in any case.
    pub issuer: Option<String>,
    /// Date of issue, ISO.
    pub issued: Option<String>,
    /// Trích yếu, with or without the kind before it.
    pub title: Option<String>,
}

/// Figures over the sample.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HeadReport {
    /// How many documents of the sample the corpus has.
    pub n_documents: usize,
    /// How many facts they have, and how many were read right.
    pub n_facts: usize,
    /// How many facts were read right.
    pub n_right: usize,
    /// By name of the fact, how many were read right.
    pub right: BTreeMap<&'static str, usize>,
    /// What is wrong, one line each.
    pub differences: Vec<String>,
}

impl HeadReport {
    /// Share of facts that were read right.
    pub fn accuracy(&self) -> f64 {
        share(self.n_right, self.n_facts)
    }

    fn judge(&mut self, gold: &GoldHead, source: &Source) {
        let facts = document::parse(&canonicalise(&source.text)).facts;
        let number = facts.number.as_ref().map(ToString::to_string);
        let issued = facts.issued.map(Date::to_iso);
        self.n_documents += 1;
        for (name, expected, found) in [
            ("number", &gold.number, number),
            ("issuer", &gold.issuer, facts.issuer),
            ("issued", &gold.issued, issued),
            ("title", &gold.title, facts.title),
        ] {
            self.n_facts += 1;
            if comparable(expected.as_deref()) == comparable(found.as_deref()) {
                self.n_right += 1;
                *self.right.entry(name).or_default() += 1;
            } else {
                let shown = |value: Option<&str>| value.unwrap_or("nothing").to_owned();
                self.differences.push(format!(
                    "{} {name}: expected {}, found {}",
                    gold.id,
                    shown(expected.as_deref()),
                    shown(found.as_deref())
                ));
            }
        }
    }
}

/// Without case, spelling variants, and the kind that may stand before a title.
fn comparable(value: Option<&str>) -> Option<String> {
    let value = value?;
    let n_words = DocumentKind::named_at_start(value).map_or(0, |(_, n_words)| n_words);
    let folded = fold_text(value, true);
    let words: Vec<&str> = folded.split(' ').skip(n_words).collect();
    Some(words.join(" "))
}

/// Reads every document of the corpus that the sample names.
pub fn evaluate_heads(gold: &[GoldHead], corpus: &Path) -> HeadReport {
    let mut report = HeadReport::default();
    let expected: BTreeMap<&str, &GoldHead> =
        gold.iter().map(|one| (one.id.as_str(), one)).collect();
    let accept = |source: Source| -> Result<(), std::convert::Infallible> {
        if let Some(gold) = expected.get(source.id.as_str()) {
            report.judge(gold, &source);
        }
        Ok(())
    };
    let Ok(_) = scan(corpus, &NoCache, accept);
    report
}
