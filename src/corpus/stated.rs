//! Relations that a maintainer states, because the text does not say them or says them in words
//! that are not understood.
//!
//! ```toml
//! [[relations]]
//! kind = "repeals"            # or "none": the text only seems to do something to the target
//! target = "15/2021/NĐ-CP"    # a number, or the title of a law
//! provisions = ["khoản 3 Điều 5"]
//! clause = "khoản 2 Điều 9"   # where its own text says so
//! from = 2026-07-01
//! ```

use serde::Deserialize;

use super::front_matter::date;
use crate::document::Date;
use crate::document::Document;
use crate::document::DocumentNumber;
use crate::document::Locator;
use crate::document::Reference;
use crate::document::Relation;
use crate::document::RelationKind;
use crate::document::Target;
use crate::text::Span;

/// The kind that takes back what the text seems to do.
const NONE: &str = "none";
/// How the titles of laws begin, which are named without a number.
const LAWS: [&str; 4] = ["Luật ", "Bộ luật ", "Pháp lệnh ", "Hiến pháp"];

/// What a maintainer states that a document does to another one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Raw")]
pub struct StatedRelation {
    /// What it does; nothing, where the text only seems to.
    pub kind: Option<RelationKind>,
    /// To which document.
    pub target: Reference,
    /// To which of its provisions; none where to the whole.
    pub locators: Vec<Locator>,
    /// Where the own text says so.
    pub clause: Option<Locator>,
    /// The first day; that of the document where left out.
    pub from: Option<Date>,
    /// The last day, for what ends by itself.
    pub until: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    kind: String,
    target: String,
    #[serde(default)]
    provisions: Vec<String>,
    #[serde(default)]
    clause: Option<String>,
    #[serde(default, deserialize_with = "date")]
    from: Option<Date>,
    #[serde(default, deserialize_with = "date")]
    until: Option<Date>,
}

impl TryFrom<Raw> for StatedRelation {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let locators: Result<Vec<Locator>, String> = raw.provisions.iter().map(locator).collect();
        let clause = raw.clause.as_ref().map(locator).transpose()?;
        Ok(Self {
            clause,
            kind: kind(&raw.kind)?,
            target: reference(&raw.target)?,
            locators: locators?,
            from: raw.from,
            until: raw.until,
        })
    }
}

fn locator(address: &String) -> Result<Locator, String> {
    let read: Result<Locator, _> = address.parse();
    read.map_err(|error| format!("`{address}`: {error}"))
}

fn kind(name: &str) -> Result<Option<RelationKind>, String> {
    if name == NONE {
        return Ok(None);
    }
    let known = || RelationKind::all().map(RelationKind::name);
    RelationKind::of_name(name).map(Some).ok_or_else(|| {
        let known: Vec<&str> = known().chain([NONE]).collect();
        format!(
            "`kind`: there is no relation `{name}`; known: {}",
            known.join(", ")
        )
    })
}

fn reference(target: &str) -> Result<Reference, String> {
    if LAWS.iter().any(|law| target.starts_with(law)) {
        let (title, year) = match target.rsplit_once(" năm ") {
            Some((title, year)) => (title, year.parse().ok()),
            None => (target, None),
        };
        let title = title.to_owned();
        return Ok(Reference::Title { title, year });
    }
    let number: Result<DocumentNumber, _> = target.parse();
    number
        .map(Reference::Number)
        .map_err(|error| format!("`target`: `{target}` is {error}, and no title of a law"))
}

impl StatedRelation {
    /// Whether this takes the place of what the text was understood to say.
    pub fn corrects(&self, read: &Relation) -> bool {
        let same_target = match (&self.target, &read.target.document) {
            (Reference::Number(own), Reference::Number(other)) => own.key() == other.key(),
            (own, other) => own == other,
        };
        same_target && self.kind.is_none_or(|kind| kind == read.kind)
    }

    /// The relation itself, of a document in force from `entry`. Its span is that of the clause; empty
    /// where none is stated, or where `document` does not have it.
    pub fn relation(&self, document: Option<&Document>, entry: Option<Date>) -> Option<Relation> {
        let clause = self.clause.as_ref();
        let provision = document.and_then(|document| document.resolve(clause?));
        let span = document
            .zip(provision)
            .and_then(|(document, at)| Some(document.provisions.get(at)?.span));
        Some(Relation {
            kind: self.kind?,
            span: span.unwrap_or(Span::new(0, 0)),
            provision: provision.unwrap_or(0),
            locator: clause.cloned().unwrap_or_default(),
            target: Target {
                document: self.target.clone(),
                locators: self.locators.clone(),
                is_partial: !self.locators.is_empty(),
                phrase: None,
            },
            from: self.from.or(entry),
            until: self.until,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DECREE: &str = "Điều 9. Hiệu lực\nNghị định này có hiệu lực từ ngày 01/7/2026 và thay thế \
        Nghị định số 15/2021/NĐ-CP.";

    fn read(toml: &str) -> Result<StatedRelation, String> {
        toml::from_str(toml).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn statement_is_read() {
        let stated = read(
            "kind = \"repeals\"\ntarget = \"15/2021/NĐ-CP\"\nprovisions = [\"khoản 3 Điều 5\"]\nfrom = 2026-07-01",
        )
        .unwrap();
        let relation = stated.relation(None, None).unwrap();
        assert_eq!(relation.kind, RelationKind::Repeals);
        assert_eq!(relation.target.document.to_string(), "15/2021/NĐ-CP");
        assert_eq!(relation.target.locators[0].to_string(), "khoản 3 Điều 5");
        assert_eq!(relation.from, Date::new(2026, 7, 1));
    }

    #[test]
    fn day_left_out_is_that_of_the_document() {
        let stated = read("kind = \"replaces\"\ntarget = \"Luật Hộ tịch năm 2014\"").unwrap();
        let entry = Date::new(2027, 3, 1);
        let relation = stated.relation(None, entry).unwrap();
        assert_eq!(
            (relation.target.document.to_string().as_str(), relation.from),
            ("Luật Hộ tịch năm 2014", entry)
        );
    }

    #[test]
    fn clause_is_found_in_the_own_text() {
        let stated =
            read("kind = \"replaces\"\ntarget = \"15/2021/NĐ-CP\"\nclause = \"Điều 9\"").unwrap();
        let document = crate::document::parse(DECREE);
        let relation = stated.relation(Some(&document), None).unwrap();
        assert_eq!(relation.locator.to_string(), "Điều 9");
        assert!(
            document
                .slice(relation.span)
                .starts_with("Điều 9. Hiệu lực")
        );
        assert!(stated.relation(None, None).unwrap().span.is_empty());
    }

    #[test]
    fn none_takes_back_whatever_was_read() {
        let stated = read("kind = \"none\"\ntarget = \"15/2021/NĐ-CP\"").unwrap();
        let relations = crate::document::parse(DECREE).relations();
        assert!(stated.corrects(&relations[0]) && stated.relation(None, None).is_none());
    }

    #[test]
    fn bad_statements_say_what_is_wrong() {
        for (toml, said) in [
            (
                "kind = \"ends\"\ntarget = \"15/2021/NĐ-CP\"",
                "there is no relation `ends`; known: replaces,",
            ),
            ("kind = \"repeals\"\ntarget = \"nghị định kia\"", "is not a"),
            (
                "kind = \"repeals\"\ntarget = \"15/2021/NĐ-CP\"\nprovisions = [\"ở đâu đó\"]",
                "`ở đâu đó`",
            ),
            (
                "kind = \"repeals\"\ntarget = \"15/2021/NĐ-CP\"\nto = 1",
                "unknown field",
            ),
        ] {
            let error = read(toml).unwrap_err();
            assert!(error.contains(said), "{toml}: {error}");
        }
    }
}
