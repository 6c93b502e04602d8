//! PDF: from letters at places to paragraphs, table rows and footnotes in reading order.
//!
//! A PDF says where each letter stands and nothing of words, lines or paragraphs. `device` collects
//! the letters and ruled lines of a page, `sheet` tells tables from running text, `furniture` takes
//! off running heads and page numbers, `column` finds what is read side by side, and `flow` joins
//! lines to paragraphs across pages. Places are points from the upper left corner of the page.
//!
//! The library interprets untrusted instructions, so it runs on a thread of its own with a clock
//! that stops it; see `limit` for what a file may ask for.

mod column;
mod device;
mod flow;
mod footnote;
mod furniture;
mod glyph;
mod grid;
mod join;
mod letterhead;
mod limit;
mod line;
mod margin;
mod marker;
mod open;
mod row;
mod rule;
mod sheet;
mod turn;

use crate::extract::Body;
use crate::extract::ExtractError;
use crate::extract::Format;
use crate::extract::Reading;

/// Reads a PDF.
///
/// # Errors
/// When it is encrypted, damaged or beyond a limit of `limit`.
pub(super) fn read(bytes: &[u8]) -> Result<Reading, ExtractError> {
    let mut sheets = open::sheets(bytes)?;
    furniture::remove(&mut sheets);
    let mut pages: Vec<sheet::Read> = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let notes_before = pages.last().is_some_and(|page| !page.notes.is_empty());
        pages.push(sheet.read(notes_before));
    }
    Ok(Reading {
        format: Format::Pdf,
        body: Body::Paged(flow::text(pages)),
        findings: Vec::new(),
    })
}
