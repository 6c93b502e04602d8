//! What documents say of each other, as the rows of a generation.
//!
//! `law.jsonl` holds a row for each document that does something to others or enters into force in
//! parts, and for each that is only known of. The rest of an [`Act`] is in its catalogue entry.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde::Serialize;

use super::catalogue::Entry;
use super::catalogue::iso;
use super::error::Error;
use super::lines;
use crate::document::Act;
use crate::document::Date;
use crate::document::DocumentKind;
use crate::document::DocumentNumber;
use crate::document::Effect;
use crate::document::EffectPart;
use crate::document::Law;
use crate::document::Level;
use crate::document::Locator;
use crate::document::Mention;
use crate::document::Phrase;
use crate::document::Reference;
use crate::document::Relation;
use crate::document::RelationKind;
use crate::document::Step;
use crate::document::Target;
use crate::text::Span;
use crate::text::fold_text;

pub(super) const LAW: &str = "law.jsonl";

/// What one document says, beyond its catalogue entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Row {
    id: String,
    /// Only of a document that the store does not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    known: Option<KnownRow>,
    #[serde(default, with = "iso", skip_serializing_if = "Option::is_none")]
    applies_from: Option<Date>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<PartRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    relations: Vec<RelationRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct KnownRow {
    number: String,
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    #[serde(with = "iso")]
    issued: Option<Date>,
    #[serde(with = "iso")]
    from: Option<Date>,
    #[serde(with = "iso")]
    until: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct PartRow {
    locators: Vec<LocatorRow>,
    #[serde(with = "iso")]
    from: Option<Date>,
}

/// Level, label and occurrence of each step.
type LocatorRow = Vec<(String, String, usize)>;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct RelationRow {
    kind: String,
    span: (usize, usize),
    provision: usize,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    locator: LocatorRow,
    target: ReferenceRow,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    locators: Vec<LocatorRow>,
    is_partial: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phrase: Option<(String, Option<String>)>,
    #[serde(with = "iso")]
    from: Option<Date>,
    #[serde(with = "iso")]
    until: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ReferenceRow {
    Number {
        number: String,
        year: Option<u16>,
        suffix: String,
        is_sample: bool,
    },
    Mention {
        kind: Option<String>,
        number: String,
        year: Option<u16>,
        suffix: Option<String>,
    },
    Title {
        title: String,
        year: Option<u16>,
    },
}

/// Reads the rows in `path`, by document id.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, Row>, Error> {
    let rows: Vec<Row> = lines::read(path)?;
    Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
}

/// The law that `entries` and `rows` together make.
pub(super) fn law(entries: &[Entry], rows: &BTreeMap<String, Row>) -> Law {
    let mut acts: Vec<Act> = entries
        .iter()
        .map(|entry| act(entry, rows.get(&entry.id)))
        .collect();
    let held = held(&acts, rows);
    // A document that is stored says itself what was known of it, and may say otherwise.
    let known: Vec<Act> = known(rows)
        .filter(|act| !held.contains_key(&act.id))
        .collect();
    acts.extend(known);
    Law::build(acts)
}

/// Of the documents that `rows` know of, those that `entries` hold: what the row calls each, and the
/// id of the entry.
pub(super) fn known_and_held<'e>(
    entries: impl Iterator<Item = &'e Entry>,
    rows: &BTreeMap<String, Row>,
) -> BTreeMap<String, String> {
    let stored: Vec<Act> = entries.map(|entry| act(entry, None)).collect();
    held(&stored, rows)
}

fn held(stored: &[Act], rows: &BTreeMap<String, Row>) -> BTreeMap<String, String> {
    let key = |act: &Act| Some(act.number.as_ref()?.key());
    let known: BTreeMap<String, Act> = known(rows)
        .filter_map(|act| Some((key(&act)?, act)))
        .collect();
    let mut held = BTreeMap::new();
    if known.is_empty() {
        return held;
    }
    for act in stored {
        let known = key(act).and_then(|key| known.get(&key));
        if let Some(known) = known.filter(|known| !is_of_another(act, known)) {
            let id = || act.id.clone();
            held.entry(known.id.clone()).or_insert_with(id);
        }
    }
    held
}

/// Whether two acts of one number are of different local bodies, which all count from one.
fn is_of_another(a: &Act, b: &Act) -> bool {
    let is_local = a.number.as_ref().is_some_and(DocumentNumber::is_local);
    let issuers = a.issuer.as_deref().zip(b.issuer.as_deref());
    is_local && issuers.is_some_and(|(a, b)| fold_text(a, false) != fold_text(b, false))
}

/// The documents that the store does not hold.
fn known(rows: &BTreeMap<String, Row>) -> impl Iterator<Item = Act> {
    rows.values()
        .filter_map(|row| Some(row.known_act(row.known.as_ref()?)))
}

/// What an entry says together with its row.
fn act(entry: &Entry, row: Option<&Row>) -> Act {
    let own = Effect {
        from: entry.effective,
        until: entry.expires.and_then(Date::previous),
        ..Effect::default()
    };
    Act {
        id: entry.id.clone(),
        number: entry.number.as_deref().and_then(|n| n.parse().ok()),
        title: Some(entry.title.clone()),
        issuer: entry.issuer.clone(),
        issued: entry.issued,
        effect: row.map_or_else(|| own.clone(), |row| row.effect(&own)),
        relations: row.map_or_else(Vec::new, Row::relations),
    }
}

impl Row {
    /// The row of a stored document; none where the catalogue says it all.
    pub(super) fn of(act: &Act) -> Option<Self> {
        let row = Self {
            id: act.id.clone(),
            known: None,
            applies_from: act.effect.applies_from,
            parts: act.effect.parts.iter().map(PartRow::from).collect(),
            relations: act.relations.iter().map(RelationRow::from).collect(),
        };
        let says_more =
            row.applies_from.is_some() || !row.parts.is_empty() || !row.relations.is_empty();
        says_more.then_some(row)
    }

    /// The row of a document that is only known of.
    pub(super) fn of_known(act: &Act) -> Self {
        Self {
            id: act.id.clone(),
            known: Some(KnownRow {
                number: act
                    .number
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                title: act.title.clone(),
                issuer: act.issuer.clone(),
                issued: act.issued,
                from: act.effect.from,
                until: act.effect.until,
            }),
            applies_from: act.effect.applies_from,
            parts: Vec::new(),
            relations: act.relations.iter().map(RelationRow::from).collect(),
        }
    }

    /// Whether the store does not hold the document.
    pub(super) fn is_known_only(&self) -> bool {
        self.known.is_some()
    }

    fn known_act(&self, known: &KnownRow) -> Act {
        let own = Effect {
            from: known.from,
            until: known.until,
            ..Effect::default()
        };
        Act {
            id: self.id.clone(),
            number: known.number.parse().ok(),
            title: known.title.clone(),
            issuer: known.issuer.clone(),
            issued: known.issued,
            effect: self.effect(&own),
            relations: self.relations(),
        }
    }

    fn effect(&self, own: &Effect) -> Effect {
        let part = |part: &PartRow| {
            Some(EffectPart {
                locators: part.locators.iter().filter_map(locator).collect(),
                from: part.from?,
            })
        };
        Effect {
            applies_from: self.applies_from,
            parts: self.parts.iter().filter_map(part).collect(),
            ..own.clone()
        }
    }

    fn relations(&self) -> Vec<Relation> {
        self.relations
            .iter()
            .filter_map(RelationRow::relation)
            .collect()
    }
}

impl From<&EffectPart> for PartRow {
    fn from(part: &EffectPart) -> Self {
        Self {
            locators: part.locators.iter().map(locator_row).collect(),
            from: Some(part.from),
        }
    }
}

impl From<&Relation> for RelationRow {
    fn from(relation: &Relation) -> Self {
        let target = &relation.target;
        let phrase = target.phrase.as_ref();
        Self {
            kind: relation.kind.name().to_owned(),
            span: (relation.span.start, relation.span.end),
            provision: relation.provision,
            locator: locator_row(&relation.locator),
            target: (&target.document).into(),
            locators: target.locators.iter().map(locator_row).collect(),
            is_partial: target.is_partial,
            phrase: phrase.map(|phrase| (phrase.old.clone(), phrase.new.clone())),
            from: relation.from,
            until: relation.until,
        }
    }
}

impl RelationRow {
    /// The relation itself; none where the row was written by a version that knew other kinds.
    fn relation(&self) -> Option<Relation> {
        let (start, end) = self.span;
        let phrase = self.phrase.clone();
        Some(Relation {
            kind: RelationKind::of_name(&self.kind)?,
            span: Span::new(start, end.max(start)),
            provision: self.provision,
            locator: locator(&self.locator)?,
            target: Target {
                document: self.target.reference(),
                locators: self.locators.iter().filter_map(locator).collect(),
                is_partial: self.is_partial,
                phrase: phrase.map(|(old, new)| Phrase { old, new }),
            },
            from: self.from,
            until: self.until,
        })
    }
}

impl From<&Reference> for ReferenceRow {
    fn from(reference: &Reference) -> Self {
        match reference.clone() {
            Reference::Number(DocumentNumber {
                number,
                year,
                suffix,
                is_sample,
            }) => Self::Number {
                number,
                year,
                suffix,
                is_sample,
            },
            Reference::Mention(Mention {
                kind,
                number,
                year,
                suffix,
            }) => Self::Mention {
                kind: kind.map(|kind| kind.name().to_owned()),
                number,
                year,
                suffix,
            },
            Reference::Title { title, year } => Self::Title { title, year },
        }
    }
}

impl ReferenceRow {
    fn reference(&self) -> Reference {
        match self.clone() {
            Self::Number {
                number,
                year,
                suffix,
                is_sample,
            } => Reference::Number(DocumentNumber {
                number,
                year,
                suffix,
                is_sample,
            }),
            Self::Mention {
                kind,
                number,
                year,
                suffix,
            } => Reference::Mention(Mention {
                kind: kind.as_deref().and_then(DocumentKind::of_name),
                number,
                year,
                suffix,
            }),
            Self::Title { title, year } => Reference::Title { title, year },
        }
    }
}

fn locator_row(locator: &Locator) -> LocatorRow {
    let step = |step: &Step| {
        (
            step.level.name().to_owned(),
            step.label.clone(),
            step.occurrence,
        )
    };
    locator.steps.iter().map(step).collect()
}

/// The address itself; none where a level has another name now, so that it never grows wider.
fn locator(row: &LocatorRow) -> Option<Locator> {
    let step = |(name, label, occurrence): &(String, String, usize)| {
        Some(Step {
            level: Level::all().find(|level| level.name() == name)?,
            label: label.clone(),
            occurrence: *occurrence,
        })
    };
    let steps: Option<Vec<Step>> = row.iter().map(step).collect();
    Some(Locator { steps: steps? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;

    const DECREE: &str = "CHÍNH PHỦ\nSố: 155/2026/NĐ-CP\nHà Nội, ngày 02 tháng 3 năm 2026\nNGHỊ \
        ĐỊNH\nĐiều 1. Sửa đổi\n1. Sửa đổi, bổ sung điểm a khoản 2 Điều 5 Nghị định số \
        124/2020/NĐ-CP.\n2. Thay thế cụm từ “cấp huyện” bằng cụm từ “cấp xã” tại Điều 7 Nghị định \
        số 124/2020/NĐ-CP.\nĐiều 2. Hiệu lực\n1. Nghị định này có hiệu lực từ ngày 01/7/2026, trừ \
        khoản 2 Điều 1 có hiệu lực từ ngày 01/01/2027.\n2. Luật Công đoàn năm 1990 hết hiệu lực.\n3. \
        Bãi bỏ Thông tư 12/2020.";

    #[test]
    fn what_a_document_says_survives_its_row() {
        let act = Act::of("a", &parse(DECREE));
        assert!(act.relations.len() >= 3 && act.effect.parts.len() == 1);
        let row = Row::of(&act).unwrap();
        let json = serde_json::to_string(&row).unwrap();
        let row: Row = serde_json::from_str(&json).unwrap();
        assert_eq!(row.relations(), act.relations);
        assert_eq!(row.effect(&act.effect), act.effect);
    }

    #[test]
    fn document_that_says_nothing_more_has_no_row() {
        assert!(Row::of(&Act::of("a", &parse("Điều 1. Phạm vi"))).is_none());
    }

    /// The state in late 2026 of a stored document that a known one replaces, beside `others`.
    fn state_beside(others: &[Entry]) -> crate::document::State {
        let entry = Entry {
            id: "b".into(),
            number: Some("124/2020/NĐ-CP".into()),
            effective: Date::new(2020, 12, 10),
            ..Entry::default()
        };
        let mut known = Act::of("155/2026/NĐ-CP", &parse(DECREE));
        known.relations.iter_mut().for_each(|relation| {
            relation.kind = RelationKind::Replaces;
            relation.target.locators.clear();
            relation.target.phrase = None;
            relation.target.is_partial = false;
        });
        let rows = [Row::of_known(&known)].map(|row| (row.id.clone(), row));
        let entries: Vec<Entry> = others.iter().cloned().chain([entry]).collect();
        let law = law(&entries, &rows.into());
        law.state("b", &Locator::default(), Date::new(2026, 11, 25).unwrap())
    }

    #[test]
    fn document_that_is_only_known_counts_like_a_stored_one() {
        let state = state_beside(&[]);
        assert!(
            matches!(&state, crate::document::State::Replaced { by, .. } if by.id == "155/2026/NĐ-CP"),
            "{state:?}"
        );
    }

    #[test]
    fn document_that_is_stored_is_no_longer_only_known() {
        let stored = Entry {
            id: "a".into(),
            number: Some("155/2026/NĐ-CP".into()),
            ..Entry::default()
        };
        let state = state_beside(&[stored]);
        assert_eq!(state, crate::document::State::InForce);
    }

    #[test]
    fn document_of_another_province_is_not_the_one_that_is_known() {
        let act = |id: &str, issuer: &str| {
            let mut act = Act::of(id, &parse("Điều 1. Mức thu"));
            act.number = "10/2024/QĐ-UBND".parse().ok();
            act.issuer = Some(format!("Ủy ban nhân dân tỉnh {issuer}"));
            act
        };
        let known = Row::of_known(&act("10/2024/QĐ-UBND", "Đắk Lắk"));
        let rows: BTreeMap<String, Row> = [(known.id.clone(), known)].into();
        assert!(held(&[act("a", "Gia Lai")], &rows).is_empty());
        let both = [act("a", "Gia Lai"), act("b", "Đắk Lắk")];
        let id = held(&both, &rows).remove("10/2024/QĐ-UBND");
        assert_eq!(id.as_deref(), Some("b"));
    }
}
