//! What one document says of others, as a row of a generation.
//!
//! A row has what the catalogue entry of the document does not say of its [`Act`]; one that is only
//! known of has no entry, and its row says all.

use serde::Deserialize;
use serde::Serialize;

use super::catalogue::Entry;
use super::catalogue::iso;
use crate::document::Act;
use crate::document::Date;
use crate::document::DocumentKind;
use crate::document::DocumentNumber;
use crate::document::Effect;
use crate::document::EffectPart;
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

/// What one document says, beyond its catalogue entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Row {
    pub(super) id: String,
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

/// What an entry says together with its row.
pub(super) fn act(entry: &Entry, row: Option<&Row>) -> Act {
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

    /// What is known of a document that the store does not hold.
    pub(super) fn known_act(&self) -> Option<Act> {
        let known = self.known.as_ref()?;
        let own = Effect {
            from: known.from,
            until: known.until,
            ..Effect::default()
        };
        Some(Act {
            id: self.id.clone(),
            number: known.number.parse().ok(),
            title: known.title.clone(),
            issuer: known.issuer.clone(),
            issued: known.issued,
            effect: self.effect(&own),
            relations: self.relations(),
        })
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
}
