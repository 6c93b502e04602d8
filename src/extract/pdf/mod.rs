//! PDF: from letters at places to paragraphs, table rows and footnotes in reading order.
//!
//! A PDF says where each letter stands and nothing of words, lines or paragraphs. `device` collects
//! the letters and ruled lines of a page, `sheet` tells tables from running text, `furniture` takes
//! off running heads and page numbers, `column` finds what is read side by side, and `flow` joins
//! lines to paragraphs, and `table` rows to tables, across pages. Places are points from the upper left corner of the page.
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
mod guard;
mod join;
mod letterhead;
mod limit;
mod line;
mod margin;
mod marker;
mod open;
mod picture;
mod row;
mod rule;
mod scan;
mod sheet;
mod table;
#[cfg(test)]
#[cfg(unix)]
mod tests;
mod turn;
mod unpack;
mod worker;

use crate::extract::Body;
use crate::extract::ExtractError;
use crate::extract::Finding;
use crate::extract::Format;
use crate::extract::Reading;
use crate::extract::ocr::OcrCache;
use crate::extract::ocr::SeenPages;
use crate::extract::ocr::Tesseract;
use crate::text::LegacyFound;
use open::Opened;
use scan::Recognised;
use sheet::Sheet;
use turn::Frame;

/// Reads a PDF; pages that `cache` knows are not recognised again.
///
/// # Errors
/// When it is encrypted, damaged or beyond a limit of `limit`, or when it is a scan and Tesseract
/// is missing.
pub(super) fn read(bytes: &[u8], cache: &dyn OcrCache) -> Result<Reading, ExtractError> {
    let copy = bytes.to_vec();
    let mut opened = worker::run(limit::READ_TIME + limit::GRACE, || {
        open::open(copy, limit::READ_TIME)
    })?;
    let mut findings = recognise(bytes, &mut opened, cache, Tesseract::find)?;
    let mut sheets = opened.sheets;
    let mut legacy: Vec<LegacyFound> = sheets.iter().flat_map(Sheet::legacy).collect();
    furniture::remove(&mut sheets);
    let n_ocr = sheets.iter().filter(|sheet| sheet.ocr.is_some()).count();
    let format = if 2 * n_ocr > sheets.len() {
        Format::Scan
    } else {
        Format::Pdf
    };
    let mut pages: Vec<sheet::Read> = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let notes_before = pages.last().is_some_and(|page| !page.notes.is_empty());
        pages.push(sheet.read(notes_before));
    }
    let (paged, found) = flow::text(pages);
    legacy.extend(found);
    findings.extend(added_up(legacy).into_iter().map(Finding::Legacy));
    Ok(Reading {
        format,
        body: Body::Paged(paged),
        findings,
    })
}

/// One entry for each encoding and outcome.
fn added_up(all: Vec<LegacyFound>) -> Vec<LegacyFound> {
    let mut sums: Vec<LegacyFound> = Vec::new();
    for found in all {
        let same = |sum: &&mut LegacyFound| {
            sum.encoding == found.encoding && sum.repaired == found.repaired
        };
        match sums.iter_mut().find(same) {
            Some(sum) => sum.n_lines += found.n_lines,
            None => sums.push(found),
        }
    }
    sums
}

/// Puts recognised letters onto the sheets that need them and says which stay unread.
fn recognise(
    bytes: &[u8],
    opened: &mut Opened,
    cache: &dyn OcrCache,
    tesseract: impl FnOnce() -> Result<Tesseract, ExtractError>,
) -> Result<Vec<Finding>, ExtractError> {
    let mut findings: Vec<Finding> = opened
        .too_large
        .iter()
        .map(|&at| unread(at, "its pictures are too large to be drawn".to_owned()))
        .collect();
    let mut wanted = std::mem::take(&mut opened.pictures);
    if wanted.is_empty() {
        return Ok(findings);
    }
    let kept = SeenPages::of(bytes, cache);
    wanted.retain(|&at| {
        let Some(seen) = kept.get(at) else {
            return true;
        };
        put(opened, at, Recognised::of(&seen));
        false
    });
    if wanted.is_empty() {
        return Ok(findings);
    }
    let tesseract = match tesseract() {
        Ok(tesseract) => tesseract,
        // A file of nothing but scans cannot be read at all.
        Err(error) if wanted.len() == opened.sheets.len() => return Err(error),
        Err(error) => {
            let reason = format!("it is a scan and {error}");
            findings.extend(wanted.into_iter().map(|at| unread(at, reason.clone())));
            return Ok(findings);
        }
    };
    for (at, result) in scan::recognise(bytes.to_vec(), wanted, &tesseract, &kept) {
        match result {
            Ok(page) => put(opened, at, page),
            Err(reason) => findings.push(unread(at, reason)),
        }
    }
    Ok(findings)
}

/// Puts recognised letters in the place of those of the sheet at the place `at`.
fn put(opened: &mut Opened, at: usize, page: Recognised) {
    let Some(sheet) = opened.sheets.get_mut(at) else {
        return;
    };
    let frame = Frame {
        width: sheet.width,
        height: sheet.height,
    };
    let rules = rule::Rules::default();
    *sheet = Sheet::new(sheet.number, frame, page.glyphs, rules);
    sheet.ocr = Some(page.confidence);
}

fn unread(at: usize, reason: String) -> Finding {
    Finding::PageUnread {
        page: u32::try_from(at).map_or(u32::MAX, |at| at + 1),
        reason,
    }
}
