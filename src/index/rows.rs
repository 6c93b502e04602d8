//! What all documents of a generation say of each other: `law.jsonl`.
//!
//! It holds a row for each document that does something to others or enters into force in parts, and
//! for each that is only known of.

use std::collections::BTreeMap;
use std::path::Path;

use super::catalogue::Entry;
use super::error::Error;
use super::law::Row;
use super::law::act;
use super::lines;
use crate::document::Act;
use crate::document::DocumentNumber;
use crate::document::Law;
use crate::text::fold_text;

pub(super) const LAW: &str = "law.jsonl";

/// The rows of a generation, each by what it is called.
///
/// Kept apart, for the id of a stored document may be the number of one that is only known of.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Of documents that the store holds, by id.
    pub(super) stored: BTreeMap<String, Row>,
    /// Of documents that it does not hold, by number.
    pub(super) known: BTreeMap<String, Row>,
}

impl Rows {
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let rows: Vec<Row> = lines::read(path)?;
        let by_id = |row: Row| (row.id.clone(), row);
        let (known, stored): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(Row::is_known_only);
        Ok(Self {
            stored: stored.into_iter().map(by_id).collect(),
            known: known.into_iter().map(by_id).collect(),
        })
    }

    pub(super) fn write(&self, path: &Path) -> Result<(), Error> {
        lines::write(path, self.stored.values().chain(self.known.values()))
    }

    /// The law that `entries` and these rows together make.
    pub(super) fn law(&self, entries: &[Entry]) -> Law {
        let mut acts: Vec<Act> = entries
            .iter()
            .map(|entry| act(entry, self.stored.get(&entry.id)))
            .collect();
        let held = self.held(&acts);
        // A document that is stored says itself what was known of it, and may say otherwise.
        let known = self.known.values().filter_map(Row::known_act);
        acts.extend(known.filter(|act| !held.contains_key(&act.id)));
        Law::build(acts)
    }

    /// Of the documents that are only known of, those that `entries` hold: what the row calls each,
    /// and the id of the entry.
    pub(super) fn known_and_held<'e>(
        &self,
        entries: impl Iterator<Item = &'e Entry>,
    ) -> BTreeMap<String, String> {
        let stored: Vec<Act> = entries.map(|entry| act(entry, None)).collect();
        self.held(&stored)
    }

    fn held(&self, stored: &[Act]) -> BTreeMap<String, String> {
        let mut held = BTreeMap::new();
        if self.known.is_empty() {
            return held;
        }
        let key = |act: &Act| Some(act.number.as_ref()?.key());
        let known: BTreeMap<String, Act> = self
            .known
            .values()
            .filter_map(Row::known_act)
            .filter_map(|act| Some((key(&act)?, act)))
            .collect();
        for act in stored {
            let of_number = key(act).and_then(|key| known.get(&key));
            let of_number = of_number.filter(|known| !is_of_another(act, known));
            // In the law an id names one document, and the stored one has it.
            let of_id = self.known.get(&act.id).map(|row| &row.id);
            for id in of_number.map(|known| &known.id).into_iter().chain(of_id) {
                held.entry(id.clone()).or_insert_with(|| act.id.clone());
            }
        }
        held
    }
}

/// Whether two acts of one number are of different local bodies, which all count from one.
fn is_of_another(a: &Act, b: &Act) -> bool {
    let is_local = a.number.as_ref().is_some_and(DocumentNumber::is_local);
    let issuers = a.issuer.as_deref().zip(b.issuer.as_deref());
    is_local && issuers.is_some_and(|(a, b)| fold_text(a, false) != fold_text(b, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Date;
    use crate::document::Locator;
    use crate::document::RelationKind;
    use crate::document::State;
    use crate::document::parse;

    const DECREE: &str = "CHÍNH PHỦ\nSố: 155/2026/NĐ-CP\nHà Nội, ngày 02 tháng 3 năm 2026\nNGHỊ \
        ĐỊNH\nĐiều 1. Hiệu lực\n1. Nghị định này có hiệu lực từ ngày 01/7/2026.\n2. Nghị định số \
        124/2020/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.";

    fn known(act: &Act) -> Rows {
        let row = Row::of_known(act);
        Rows {
            known: [(row.id.clone(), row)].into(),
            ..Rows::default()
        }
    }

    /// The state in late 2026 of a stored document that a known one replaces, beside `others`.
    fn state_beside(others: &[Entry]) -> State {
        let entry = Entry {
            id: "b".into(),
            number: Some("124/2020/NĐ-CP".into()),
            effective: Date::new(2020, 12, 10),
            ..Entry::default()
        };
        let mut replacing = Act::of("155/2026/NĐ-CP", &parse(DECREE));
        replacing.relations.iter_mut().for_each(|relation| {
            relation.kind = RelationKind::Replaces;
        });
        let entries: Vec<Entry> = others.iter().cloned().chain([entry]).collect();
        let law = known(&replacing).law(&entries);
        law.state("b", &Locator::default(), Date::new(2026, 11, 25).unwrap())
    }

    #[test]
    fn document_that_is_only_known_counts_like_a_stored_one() {
        let state = state_beside(&[]);
        assert!(
            matches!(&state, State::Replaced { by, .. } if by.id == "155/2026/NĐ-CP"),
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
        assert_eq!(state_beside(&[stored]), State::InForce);
    }

    #[test]
    fn document_of_another_province_is_not_the_one_that_is_known() {
        let act = |id: &str, issuer: &str| {
            let mut act = Act::of(id, &parse("Điều 1. Mức thu"));
            act.number = "10/2024/QĐ-UBND".parse().ok();
            act.issuer = Some(format!("Ủy ban nhân dân tỉnh {issuer}"));
            act
        };
        let rows = known(&act("10/2024/QĐ-UBND", "Đắk Lắk"));
        assert!(rows.held(&[act("a", "Gia Lai")]).is_empty());
        let both = [act("a", "Gia Lai"), act("b", "Đắk Lắk")];
        let id = rows.held(&both).remove("10/2024/QĐ-UBND");
        assert_eq!(id.as_deref(), Some("b"));
    }

    #[test]
    fn what_a_document_says_and_what_is_known_under_its_id_stay_apart() {
        let id = "155/2026/NĐ-CP";
        let said = Act::of(id, &parse(DECREE));
        let mut rows = known(&Act {
            relations: Vec::new(),
            ..said.clone()
        });
        rows.stored.insert(id.into(), Row::of(&said).unwrap());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(LAW);
        rows.write(&path).unwrap();
        let read = Rows::read(&path).unwrap();
        assert_eq!((&read.stored, &read.known), (&rows.stored, &rows.known));
        let entry = |number: Option<&str>| Entry {
            id: id.into(),
            number: number.map(str::to_owned),
            ..Entry::default()
        };
        for number in [Some(id), None] {
            let entry = entry(number);
            let law = read.law(std::slice::from_ref(&entry));
            assert_eq!(law.act(id).unwrap().relations, said.relations);
            let held = read.known_and_held([&entry].into_iter());
            assert_eq!(held, [(id.to_owned(), id.to_owned())].into());
        }
    }
}
