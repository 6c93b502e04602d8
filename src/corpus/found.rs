//! What one file or row says, before the manifest has its say.

use serde::Deserialize;

use super::front_matter::{self, Overrides};
use super::problem::ProblemKind;
use crate::extract::ExtractError;
use crate::extract::Extracted;
use crate::extract::Finding;
use crate::extract::Format;
use crate::extract::Page;
use crate::extract::TEXT_BYTES_MAX;

/// What a file or row says.
pub(super) struct Found {
    pub(super) id: String,
    /// Path inside an archive; empty for any other file.
    pub(super) entry: String,
    pub(super) format: Option<Format>,
    pub(super) text: String,
    pub(super) pages: Vec<Page>,
    pub(super) findings: Vec<Finding>,
    pub(super) overrides: Overrides,
}

impl Found {
    /// What a text says of itself; only plain text has front matter.
    ///
    /// # Errors
    /// When the front matter cannot be read.
    pub(super) fn in_text(id: String, entry: String, text: Extracted) -> Result<Self, ProblemKind> {
        let (overrides, body) = match text.format {
            Format::Text | Format::Markdown => {
                let (overrides, body) = front_matter::split(&text.text)?;
                (overrides, body.to_owned())
            }
            _ => (Overrides::default(), text.text),
        };
        Ok(Self {
            id,
            entry,
            format: Some(text.format),
            text: body,
            pages: text.pages,
            findings: text.findings,
            overrides,
        })
    }
}

/// One row of a JSON-lines corpus. Rows with `article_no` are single articles of a law.
#[derive(Deserialize)]
pub(super) struct Row {
    id: String,
    #[serde(default)]
    title: String,
    text: String,
    #[serde(default)]
    law_title: Option<String>,
    #[serde(default)]
    law_number: Option<String>,
    #[serde(default)]
    article_no: Option<String>,
}

impl TryFrom<Row> for Found {
    type Error = ExtractError;

    fn try_from(row: Row) -> Result<Self, ExtractError> {
        let article = row.article_no.filter(|number| !number.is_empty());
        let text = match article {
            Some(number) => format!("Điều {number}. {}\n{}", row.title, row.text),
            None => row.text,
        };
        if text.len() > TEXT_BYTES_MAX {
            return Err(ExtractError::TooLarge {
                what: "its text",
                limit: TEXT_BYTES_MAX as u64,
            });
        }
        let title = row
            .law_title
            .filter(|title| !title.is_empty())
            .unwrap_or(row.title);
        let title = Some(title).filter(|title| !title.is_empty());
        let overrides = Overrides {
            title,
            number: row.law_number,
            ..Overrides::default()
        };
        Ok(Self {
            id: row.id,
            entry: String::new(),
            format: None,
            text,
            pages: Vec::new(),
            findings: Vec::new(),
            overrides,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract;

    #[test]
    fn text_of_a_row_may_be_as_long_as_that_of_a_file() {
        let mut text = "Khai sinh\n".repeat(TEXT_BYTES_MAX / 10 + 1);
        text.truncate(TEXT_BYTES_MAX);
        let row = |text: &str| {
            let row = serde_json::json!({ "id": "a", "text": text });
            Found::try_from(serde_json::from_value::<Row>(row).unwrap())
        };
        assert!(row(&text).is_ok() && extract::extract("a.txt", text.as_bytes()).is_ok());
        text.push('a');
        let limit = |error| match error {
            ExtractError::TooLarge { limit, .. } => limit,
            other => panic!("{other}"),
        };
        let of_file = extract::extract("a.txt", text.as_bytes()).unwrap_err();
        assert_eq!(row(&text).err().map(limit), Some(limit(of_file)));
    }

    #[test]
    fn row_of_an_article_is_headed_by_it_and_named_after_its_law() {
        let found = |row: &str| {
            let row: Row = serde_json::from_str(row).unwrap();
            Found::try_from(row).unwrap()
        };
        let article = found(
            r#"{"id": "a", "title": "Phạm vi", "text": "Luật này…", "law_title": "Luật Hộ tịch",
                "law_number": "60/2014/QH13", "article_no": "1"}"#,
        );
        assert_eq!(article.text, "Điều 1. Phạm vi\nLuật này…");
        assert_eq!(article.overrides.title.as_deref(), Some("Luật Hộ tịch"));
        assert_eq!(article.overrides.number.as_deref(), Some("60/2014/QH13"));
        let whole = found(r#"{"id": "b", "title": "Công văn", "text": "Kính gửi…"}"#);
        assert_eq!(whole.text, "Kính gửi…");
        assert_eq!(whole.overrides.title.as_deref(), Some("Công văn"));
        assert_eq!(found(r#"{"id": "c", "text": "…"}"#).overrides.title, None);
    }
}
