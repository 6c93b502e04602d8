//! Metadata that a maintainer states: a TOML block between two lines `+++` at the head of a file.

use serde::Deserialize;

use super::problem::ProblemKind;
use super::stated::StatedRelation;
use crate::document::Date;

/// What a maintainer states about a document; wins over what the text says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overrides {
    /// Số ký hiệu.
    pub number: Option<String>,
    /// Nghị định, Hướng dẫn…
    pub kind: Option<String>,
    /// Cơ quan ban hành.
    pub issuer: Option<String>,
    /// Trích yếu.
    pub title: Option<String>,
    /// Date of issue.
    #[serde(default, deserialize_with = "date")]
    pub issued: Option<Date>,
    /// In force from.
    #[serde(default, deserialize_with = "date")]
    pub effective: Option<Date>,
    /// No longer in force from.
    #[serde(default, deserialize_with = "date")]
    pub expires: Option<Date>,
    /// The day from which it is applied, where that is not the first day in force.
    #[serde(default, deserialize_with = "date")]
    pub applies_from: Option<Date>,
    /// A label that readers must see.
    pub note: Option<String>,
    /// That it is no state secret, whatever marking it seems to carry.
    pub not_secret: Option<bool>,
    /// What it does to other documents, beside or in place of what its text says.
    #[serde(default)]
    pub relations: Vec<StatedRelation>,
    /// Codes of the facts a sample document was written from; for tracing only.
    #[serde(default)]
    pub facts: Vec<String>,
}

/// A TOML date without a time.
pub(super) fn date<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Date>, D::Error> {
    let value = toml::value::Datetime::deserialize(deserializer)?;
    let (Some(day), None) = (value.date, value.time) else {
        return Err(serde::de::Error::custom(
            "expected a date such as 2026-07-01",
        ));
    };
    match Date::new(day.year, day.month, day.day) {
        Some(date) => Ok(Some(date)),
        None => Err(serde::de::Error::custom(
            "expected a day between 1900 and 2199",
        )),
    }
}

impl Overrides {
    /// The same with every field that `other` states taken from it.
    #[must_use]
    pub fn overridden_by(self, other: Self) -> Self {
        Self {
            number: other.number.or(self.number),
            kind: other.kind.or(self.kind),
            issuer: other.issuer.or(self.issuer),
            title: other.title.or(self.title),
            issued: other.issued.or(self.issued),
            effective: other.effective.or(self.effective),
            expires: other.expires.or(self.expires),
            applies_from: other.applies_from.or(self.applies_from),
            note: other.note.or(self.note),
            not_secret: other.not_secret.or(self.not_secret),
            relations: stated(self.relations, other.relations),
            facts: stated(self.facts, other.facts),
        }
    }
}

/// What is stated later, if anything is.
fn stated<T>(first: Vec<T>, second: Vec<T>) -> Vec<T> {
    if second.is_empty() { first } else { second }
}

/// Splits a canonical text into its front matter, where it has one, and its body.
pub(super) fn split(text: &str) -> Result<(Overrides, &str), ProblemKind> {
    let Some(rest) = text.strip_prefix("+++\n") else {
        return Ok((Overrides::default(), text));
    };
    let Some((block, body)) = closed(rest) else {
        return Err(ProblemKind::BadOverrides(
            "the front matter has no closing `+++`".to_owned(),
        ));
    };
    let overrides =
        toml::from_str(block).map_err(|e| ProblemKind::BadOverrides(e.message().to_owned()))?;
    Ok((overrides, body))
}

/// The lines before the closing `+++` and what follows it, in a text whose opening one is taken off.
fn closed(rest: &str) -> Option<(&str, &str)> {
    let is_closing = |after: &&str| after.is_empty() || after.starts_with('\n');
    // Without a line in between there is no line end before the closing one.
    let after = rest.strip_prefix("+++").filter(is_closing);
    match after {
        Some(body) => Some(("", body)),
        None => rest.split_once("\n+++"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_read_and_taken_off() {
        let text = "+++\nnumber = \"01/HD-UBND-MẪU\"\neffective = 2026-07-15\n+++\nĐiều 1.";
        let (overrides, body) = split(text).unwrap();
        assert_eq!(overrides.number.as_deref(), Some("01/HD-UBND-MẪU"));
        assert_eq!(overrides.effective, Date::new(2026, 7, 15));
        assert_eq!(body.trim(), "Điều 1.");
    }

    #[test]
    fn text_without_front_matter_is_all_body() {
        assert_eq!(
            split("Điều 1.\n+++\nx").unwrap(),
            (Overrides::default(), "Điều 1.\n+++\nx")
        );
    }

    #[test]
    fn front_matter_may_be_empty() {
        for text in ["+++\n+++\nĐiều 1.", "+++\n\n+++\nĐiều 1."] {
            let (overrides, body) = split(text).unwrap();
            assert_eq!((overrides, body.trim()), (Overrides::default(), "Điều 1."));
        }
        assert_eq!(split("+++\n+++").unwrap().1, "");
    }

    #[test]
    fn bad_front_matter_says_what_is_wrong() {
        for text in [
            "+++\nnumber = 1\n",
            "+++\n+++number = \"1\"\n",
            "+++\nnumer = \"1\"\n+++\n",
            "+++\nissued = 2026-13-01\n+++\n",
            "+++\nissued = 10:00:00\n+++\n",
        ] {
            assert!(
                matches!(split(text), Err(ProblemKind::BadOverrides(_))),
                "{text}"
            );
        }
    }

    #[test]
    fn year_that_no_document_has_is_an_error_and_not_passed_over() {
        for year in ["0206", "1899", "2200", "9999"] {
            let text = format!("+++\nexpires = {year}-01-01\n+++\nĐiều 1.");
            let Err(ProblemKind::BadOverrides(reason)) = split(&text) else {
                panic!("{year} was taken");
            };
            assert_eq!(reason, "expected a day between 1900 and 2199");
        }
    }

    #[test]
    fn later_statements_win() {
        let first = Overrides {
            title: Some("a".into()),
            kind: Some("k".into()),
            ..Overrides::default()
        };
        let second = Overrides {
            title: Some("b".into()),
            ..Overrides::default()
        };
        let merged = first.overridden_by(second);
        assert_eq!(
            (merged.title.as_deref(), merged.kind.as_deref()),
            (Some("b"), Some("k"))
        );
    }
}
