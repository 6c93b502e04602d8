//! What one file or row says, before the manifest has its say.

use serde::Deserialize;

use super::front_matter::{self, Overrides};
use super::problem::ProblemKind;
use crate::extract::Extracted;
use crate::extract::Finding;
use crate::extract::Format;
use crate::extract::Page;

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

impl From<Row> for Found {
    fn from(row: Row) -> Self {
        let article = row.article_no.filter(|number| !number.is_empty());
        let text = match article {
            Some(number) => format!("Điều {number}. {}\n{}", row.title, row.text),
            None => row.text,
        };
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
        Self {
            id: row.id,
            entry: String::new(),
            format: None,
            text,
            pages: Vec::new(),
            findings: Vec::new(),
            overrides,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_of_an_article_is_headed_by_it_and_named_after_its_law() {
        let found = |row: &str| Found::from(serde_json::from_str::<Row>(row).unwrap());
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
