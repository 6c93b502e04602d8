//! Relations on a hand-checked sample: are those found that the texts state, and only those.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use serde::Deserialize;
use serde::Serialize;

use super::metrics::share;

use crate::corpus::scan;
use crate::document;
use crate::document::DocumentNumber;
use crate::document::Locator;
use crate::document::Reference;
use crate::document::Relation;
use crate::document::RelationKind;
use crate::extract::NoCache;
use crate::text::canonicalise;
use crate::text::fold_text;

/// The relations of one document, as in `tests/gold/relations.jsonl`.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldRelations {
    /// Document id in the corpus.
    pub id: String,
    /// All that it states.
    pub relations: Vec<GoldRelation>,
}

/// One relation that a reader found.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldRelation {
    /// Name of a [`RelationKind`].
    pub kind: String,
    /// The number of the other document, or the title of a law whose number is not given.
    pub target: String,
    /// Its provisions; none for the whole document.
    #[serde(default)]
    pub locators: Vec<String>,
    /// Whether only words are changed.
    #[serde(default)]
    pub phrase: bool,
    /// Whether a part is meant that has no address.
    #[serde(default)]
    pub part: bool,
    /// The first day, ISO.
    pub from: Option<String>,
    /// The last day, ISO.
    pub until: Option<String>,
}

/// Right, wrong and missing relations; one that names several provisions counts once for each.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Counts {
    /// Found and stated.
    pub right: usize,
    /// Found and not stated.
    pub wrong: usize,
    /// Stated and not found.
    pub missed: usize,
}

impl Counts {
    /// Share of those found that are stated.
    pub fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    /// Share of those stated that are found.
    pub fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }
}

/// Figures over the sample.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RelationReport {
    /// By kind.
    pub kinds: BTreeMap<String, Counts>,
    /// All kinds together.
    pub total: Counts,
    /// Of the right ones that change what is in force, those with the right days.
    pub dated: Counts,
    /// Documents of the sample that the corpus has.
    pub n_documents: usize,
    /// Documents of the corpus.
    pub n_corpus: usize,
    /// Relations in the whole corpus.
    pub n_relations: usize,
    /// Seconds to extract them, parsing not counted.
    pub extract_s: f64,
    /// What is wrong or missing, one line each.
    pub differences: Vec<String>,
}

/// Extracts the relations of every document of the corpus and judges those of the sample.
pub fn evaluate_relations(gold: &[GoldRelations], corpus: &Path) -> RelationReport {
    let mut report = RelationReport::default();
    let expected: BTreeMap<&str, &GoldRelations> =
        gold.iter().map(|one| (one.id.as_str(), one)).collect();
    let accept = |source: crate::corpus::Source| -> Result<(), std::convert::Infallible> {
        let document = document::parse(&canonicalise(&source.text));
        let started = Instant::now();
        let relations = document.relations();
        report.extract_s += started.elapsed().as_secs_f64();
        report.n_corpus += 1;
        report.n_relations += relations.len();
        if let Some(gold) = expected.get(source.id.as_str()) {
            report.judge(gold, &relations);
        }
        Ok(())
    };
    match scan(corpus, &NoCache, accept) {
        Ok(_) => report,
        Err(never) => match never {},
    }
}

/// What makes two relations the same one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    kind: &'static str,
    target: String,
    place: String,
    is_phrase: bool,
}

type Days = (Option<String>, Option<String>);

impl RelationReport {
    fn judge(&mut self, gold: &GoldRelations, found: &[Relation]) {
        self.n_documents += 1;
        let expected: BTreeMap<Key, Days> = gold.relations.iter().flat_map(stated).collect();
        let found: BTreeMap<Key, Days> = found.iter().flat_map(extracted).rev().collect();
        let keys: BTreeSet<&Key> = expected.keys().chain(found.keys()).collect();
        for key in keys {
            let counts = self.kinds.entry(key.kind.to_owned()).or_default();
            let verdict = match (expected.get(key), found.get(key)) {
                (Some(stated), Some(days)) => {
                    counts.right += 1;
                    self.total.right += 1;
                    self.date(gold, key, stated, days);
                    continue;
                }
                (Some(_), None) => {
                    counts.missed += 1;
                    self.total.missed += 1;
                    "missed"
                }
                _ => {
                    counts.wrong += 1;
                    self.total.wrong += 1;
                    "wrong "
                }
            };
            self.differences
                .push(format!("{verdict} {}: {key}", gold.id));
        }
    }

    fn date(&mut self, gold: &GoldRelations, key: &Key, stated: &Days, found: &Days) {
        if matches!(key.kind, "guides" | "consolidates") {
            return;
        }
        if stated == found {
            self.dated.right += 1;
        } else {
            self.dated.wrong += 1;
            let line = format!("date   {}: {key}: {stated:?} found {found:?}", gold.id);
            self.differences.push(line);
        }
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words = if self.is_phrase { " (words)" } else { "" };
        write!(f, "{} {} [{}]{words}", self.kind, self.target, self.place)
    }
}

fn stated(gold: &GoldRelation) -> Vec<(Key, Days)> {
    let kind = RelationKind::of_name(&gold.kind);
    let target = gold.target.parse::<DocumentNumber>();
    let target = target.map_or_else(|_| fold_text(&gold.target, false), |number| number.key());
    let places: Vec<String> = gold
        .locators
        .iter()
        .map(|text| {
            text.parse::<Locator>()
                .map_or_else(|_| text.clone(), |l| l.to_string())
        })
        .collect();
    keys(kind, &target, places, gold.part, gold.phrase)
        .into_iter()
        .map(|key| (key, (gold.from.clone(), gold.until.clone())))
        .collect()
}

fn extracted(relation: &Relation) -> Vec<(Key, Days)> {
    let target = match &relation.target.document {
        Reference::Number(number) => number.key(),
        other => fold_text(&other.to_string(), false),
    };
    let places = relation
        .target
        .locators
        .iter()
        .map(Locator::to_string)
        .collect();
    let is_phrase = relation.target.phrase.is_some();
    let iso = |date: Option<document::Date>| date.map(document::Date::to_iso);
    keys(
        Some(relation.kind),
        &target,
        places,
        relation.target.is_partial,
        is_phrase,
    )
    .into_iter()
    .map(|key| (key, (iso(relation.from), iso(relation.until))))
    .collect()
}

/// One key for each place. What guides and what consolidates takes whole documents; whether a part
/// without an address is meant decides only for what ends the force of something.
fn keys(
    kind: Option<RelationKind>,
    target: &str,
    places: Vec<String>,
    is_partial: bool,
    is_phrase: bool,
) -> Vec<Key> {
    let is_whole = matches!(
        kind,
        Some(RelationKind::Guides | RelationKind::Consolidates)
    );
    let ends = matches!(
        kind,
        Some(RelationKind::Repeals | RelationKind::Replaces | RelationKind::Suspends)
    );
    let unnamed = if ends && is_partial {
        "một phần"
    } else {
        ""
    };
    let places = if places.is_empty() || is_whole {
        vec![unnamed.to_owned()]
    } else {
        places
    };
    let key = |place: String| Key {
        kind: kind.map_or("unknown", RelationKind::name),
        target: target.to_owned(),
        place: fold_text(&place, true),
        is_phrase,
    };
    places.into_iter().map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_are_compared_place_by_place() {
        let text = "Điều 1. Bãi bỏ\n1. Bãi bỏ khoản 2 Điều 5 Nghị định số 07/2021/NĐ-CP.";
        let gold: GoldRelations = serde_json::from_str(
            r#"{"id":"a","relations":[{"kind":"repeals","target":"7/2021/NĐ-CP","locators":["khoản 2 Điều 5","Điều 6"]}]}"#,
        )
        .unwrap();
        let mut report = RelationReport::default();
        report.judge(&gold, &document::parse(text).relations());
        assert_eq!(
            (report.total.right, report.total.missed, report.total.wrong),
            (1, 1, 0)
        );
        assert!((report.total.recall() - 0.5).abs() < 1e-9);
    }
}
