//! Word since 2007: a package of XML parts.
//!
//! The text is that of a print with all changes accepted: automatic numbers written out, notes at
//! the end, headers, footers and the table of contents left out.

mod body;
mod guard;
mod numbering;
mod paragraph;
mod part;
mod style;
mod xml;

use roxmltree::Document;
use roxmltree::ParsingOptions;

use crate::extract::Body;
use crate::extract::ExtractError;
use crate::extract::Finding;
use crate::extract::Format;
use crate::extract::Reading;
use crate::extract::TEXT_TOO_LARGE;
use crate::extract::block;
use crate::extract::limit;
use body::Reader;
use numbering::Numbering;
use part::Parts;
use style::Styles;

/// Reads a Word file.
///
/// # Errors
/// When it is encrypted, damaged or too large.
pub(super) fn read(bytes: &[u8]) -> Result<Reading, ExtractError> {
    let parts = Parts::read(bytes)?;
    let document = parse(&parts.document)?;
    let styles = parsed(parts.styles.as_ref())?;
    let numbers = parsed(parts.numbering.as_ref())?;
    let notes = [
        parsed(parts.footnotes.as_ref())?,
        parsed(parts.endnotes.as_ref())?,
    ];
    let styles = styles.as_ref().map(Styles::read).unwrap_or_default();
    let numbering = numbers
        .as_ref()
        .map(|part| Numbering::read(part, &styles))
        .unwrap_or_default();
    let mut reader = Reader::new(&styles, numbering);
    let mut blocks = reader.body(document.root_element());
    blocks.extend(reader.notes(notes.each_ref().map(Option::as_ref)));
    if reader.is_too_large() {
        return Err(TEXT_TOO_LARGE);
    }
    let mut findings = reader.findings();
    if parts.has_macros {
        findings.push(Finding::Macros);
    }
    Ok(Reading {
        format: Format::Docx,
        body: Body::Plain(block::render(&blocks)),
        findings,
    })
}

fn parsed(part: Option<&String>) -> Result<Option<Document<'_>>, ExtractError> {
    part.map(|part| parse(part)).transpose()
}

/// The tree of a part. Document type definitions, which Word never writes, are refused.
fn parse(text: &str) -> Result<Document<'_>, ExtractError> {
    guard::check(text)?;
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: limit::XML_NODES,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => ExtractError::TooLarge {
            what: "the number of its elements",
            limit: u64::from(limit::XML_NODES),
        },
        error => ExtractError::Damaged {
            reason: format!("a part of it is no XML: {error}"),
        },
    })
}

#[cfg(test)]
mod tests;
