//! Saved web pages: the text a reader came for, without the page around it.

mod label;
mod page;
mod reader;

use encoding_rs::Encoding;
use encoding_rs::UTF_8;
use scraper::Html;

use crate::extract::Body;
use crate::extract::ExtractError;
use crate::extract::Finding;
use crate::extract::Format;
use crate::extract::Reading;
use crate::extract::block;
use crate::extract::limit;
use crate::extract::plain;
use crate::text::repair_legacy;
use page::content;
use reader::Reader;

/// Reads a web page.
///
/// # Errors
/// When its encoding cannot be told, or when it is beyond a limit.
pub(super) fn read(bytes: &[u8]) -> Result<Reading, ExtractError> {
    if bytes.len() > limit::HTML_BYTES {
        return Err(ExtractError::TooLarge {
            what: "the page",
            limit: limit::HTML_BYTES as u64,
        });
    }
    let (text, mut findings) = decode(bytes)?;
    if nesting(&text) > limit::HTML_NESTING {
        return Err(ExtractError::TooLarge {
            what: "the depth of its elements",
            limit: limit::HTML_NESTING as u64,
        });
    }
    let page = Html::parse_document(&text);
    let mut reader = Reader::default();
    reader.children(content(&page), 0);
    reader.end_line();
    if reader.n_spanned > limit::SPANNED_CELLS {
        return Err(ExtractError::TooLarge {
            what: "the number of cells that others reach over",
            limit: limit::SPANNED_CELLS as u64,
        });
    }
    let text = block::render(&reader.blocks);
    let (repaired, found) = repair_legacy(&text);
    findings.extend(found.into_iter().map(Finding::Legacy));
    if reader.n_deleted > 0 {
        findings.push(Finding::Revisions(reader.n_deleted));
    }
    Ok(Reading {
        format: Format::Html,
        body: Body::Plain(repaired.into_owned()),
        findings,
    })
}

/// How many elements are open at once at most, where all that may stay open do not count.
fn nesting(text: &str) -> usize {
    const OPEN: [&str; 24] = [
        "p", "li", "td", "th", "tr", "dt", "dd", "br", "hr", "img", "meta", "link", "input", "col",
        "option", "base", "area", "wbr", "source", "track", "embed", "param", "thead", "tbody",
    ];
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    for tag in text.split('<').skip(1) {
        let is_end = tag.starts_with('/');
        let name = tag.trim_start_matches('/');
        let end = name
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        let name = name.get(..end).unwrap_or_default().to_ascii_lowercase();
        if name.is_empty() || OPEN.contains(&name.as_str()) {
            continue;
        }
        depth = if is_end {
            depth.saturating_sub(1)
        } else {
            depth + 1
        };
        deepest = deepest.max(depth);
    }
    deepest
}

/// By byte order mark, by what the page says of itself, or as any other text.
fn decode(bytes: &[u8]) -> Result<(String, Vec<Finding>), ExtractError> {
    let stated = Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| stated(bytes))
        .filter(|&encoding| encoding != UTF_8 && std::str::from_utf8(bytes).is_err());
    let Some(encoding) = stated else {
        return plain::decode(bytes);
    };
    let (text, _, malformed) = encoding.decode(bytes);
    if malformed {
        return plain::decode(bytes);
    }
    Ok((text.into_owned(), vec![Finding::Encoding(encoding.name())]))
}

/// `<meta charset="…">` or `content="text/html; charset=…"`, within the first 4 KiB.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let head: String = head.iter().map(|&byte| char::from(byte)).collect();
    let (_, rest) = head.split_once("charset=")?;
    let label = rest.trim_start_matches(['"', '\'', ' ']);
    let end = label
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))
        .unwrap_or(label.len());
    Encoding::for_label(label.get(..end)?.as_bytes())
}

#[cfg(test)]
mod tests;
