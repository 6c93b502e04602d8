//! Saved web pages: the text a reader came for, without the page around it.

use encoding_rs::Encoding;
use encoding_rs::UTF_8;
use scraper::ElementRef;
use scraper::Html;
use scraper::Node;

use crate::extract::Body;
use crate::extract::ExtractError;
use crate::extract::Finding;
use crate::extract::Format;
use crate::extract::Reading;
use crate::extract::block;
use crate::extract::block::Block;
use crate::extract::block::Row;
use crate::extract::limit;
use crate::extract::number::NumberFormat;
use crate::extract::plain;
use crate::text::Legacy;
use crate::text::repair_legacy;

/// Elements whose content is never text to read.
const DROPPED: [&str; 19] = [
    "script", "style", "noscript", "template", "nav", "aside", "footer", "button", "select",
    "iframe", "svg", "head", "object", "video", "audio", "canvas", "textarea", "input", "form",
];
/// Elements that begin and end a line.
const LINES: [&str; 22] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "blockquote",
    "pre",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "address",
    "center",
    "fieldset",
    "body",
    "html",
    "hr",
    "ul",
    "ol",
    "li",
];
/// Words in the class or id of what surrounds the text of a page.
const AROUND: [&str; 14] = [
    "menu",
    "navbar",
    "breadcrumb",
    "sidebar",
    "footer",
    "comment",
    "social",
    "related",
    "banner",
    "cookie",
    "advert",
    "pagination",
    "toolbar",
    "popup",
];
/// A page whose `main` or `article` holds at least this share of its text, in percent, is that.
const MAIN_PERCENT_MIN: usize = 40;
/// How deep elements may nest: deeper ones are read as if they stood at this depth.
const DEPTH_MAX: usize = 200;

/// Reads a web page.
///
/// # Errors
/// When its encoding cannot be told.
pub(super) fn read(bytes: &[u8]) -> Result<Reading, ExtractError> {
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
    let text = block::render(&reader.blocks);
    let (repaired, found) = repair_legacy(&text);
    findings.extend(found.into_iter().map(Finding::Legacy));
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

/// The element that holds the text of the page.
fn content(page: &Html) -> ElementRef<'_> {
    let root = page.root_element();
    let all = size(root);
    let candidates = root.descendent_elements().filter(|element| {
        matches!(element.value().name(), "main" | "article")
            || element.value().attr("role") == Some("main")
    });
    candidates
        .map(|element| (size(element), element))
        .filter(|(size, _)| size * 100 >= all * MAIN_PERCENT_MIN)
        .max_by_key(|(size, _)| *size)
        .map_or(root, |(_, element)| element)
}

/// How many bytes of words an element holds.
fn size(element: ElementRef<'_>) -> usize {
    let words = element.descendants().filter_map(|node| match node.value() {
        Node::Text(text) => Some(text.trim().len()),
        _ => None,
    });
    words.sum()
}

/// Whether an element only surrounds the text: menus, comments, lists of links.
fn is_around(element: ElementRef<'_>) -> bool {
    let value = element.value();
    if DROPPED.contains(&value.name()) || value.attr("hidden").is_some() {
        return true;
    }
    let is_unseen = value
        .attr("style")
        .is_some_and(|style| style.replace(' ', "").contains("display:none"));
    let named = [value.attr("class"), value.attr("id"), value.attr("role")];
    let is_named = named.into_iter().flatten().any(|names| {
        let names = names.to_ascii_lowercase();
        AROUND.iter().any(|word| names.contains(word)) || names == "navigation"
    });
    // A name alone must not cost a law its text: `content-with-sidebar` wraps the whole page.
    is_unseen || (is_named && value.name() != "body" && !holds_articles(element))
}

fn holds_articles(element: ElementRef<'_>) -> bool {
    let has = |text: &str| {
        let rest = text.trim_start().strip_prefix("Điều ");
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    element.text().filter(|text| has(text)).take(3).count() == 3
}

/// Puts lines and tables together while it walks the tree.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    line: String,
    heading: Option<u8>,
    encoding: Option<Legacy>,
    /// Length of the number that a line of a list begins with, while there is nothing behind it.
    label: usize,
}

impl Reader {
    fn children(&mut self, element: ElementRef<'_>, depth: usize) {
        for child in element.children() {
            if let Node::Text(text) = child.value() {
                self.words(text);
            } else if let Some(element) = ElementRef::wrap(child)
                && !is_around(element)
                && depth < DEPTH_MAX
            {
                self.element(element, depth + 1);
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>, depth: usize) {
        match element.value().name() {
            "br" => self.line.push('\n'),
            "table" => {
                self.end_line();
                let rows = self.rows(element, depth);
                self.blocks.push(Block::Table(rows));
            }
            "ol" => self.list(element, depth),
            name @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
                self.end_line();
                self.heading = name.get(1..).and_then(|level| level.parse().ok());
                self.children(element, depth);
                self.end_line();
            }
            "font" => {
                let before = self.encoding;
                self.encoding = element.value().attr("face").and_then(Legacy::of_font);
                self.children(element, depth);
                self.encoding = before;
            }
            name if LINES.contains(&name) => {
                self.end_line();
                self.children(element, depth);
                self.end_line();
            }
            _ => self.children(element, depth),
        }
    }

    /// A numbered list: the numbers are in no text and must be written out.
    fn list(&mut self, element: ElementRef<'_>, depth: usize) {
        self.end_line();
        let format = match element.value().attr("type") {
            Some("a") => NumberFormat::LowerLetter,
            Some("A") => NumberFormat::UpperLetter,
            Some("i") => NumberFormat::LowerRoman,
            Some("I") => NumberFormat::UpperRoman,
            _ => NumberFormat::Decimal,
        };
        let start = element
            .value()
            .attr("start")
            .and_then(|start| start.parse().ok());
        let end = if format == NumberFormat::LowerLetter {
            ')'
        } else {
            '.'
        };
        let mut number: u32 = start.unwrap_or(1);
        for item in element.child_elements().filter(|item| !is_around(*item)) {
            self.end_line();
            if item.value().name() == "li" {
                self.line = format!("{}{end} ", format.write(number));
                self.label = self.line.len();
                number = number.saturating_add(1);
            }
            self.children(item, depth + 1);
            self.label = 0;
            self.end_line();
        }
    }

    fn rows(&mut self, table: ElementRef<'_>, depth: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        for child in table.child_elements() {
            match child.value().name() {
                "tr" => rows.push(self.row(child, depth)),
                "thead" | "tbody" | "tfoot" => {
                    let own = child
                        .child_elements()
                        .filter(|row| row.value().name() == "tr");
                    rows.extend(own.map(|row| self.row(row, depth)));
                }
                _ => {}
            }
        }
        rows
    }

    fn row(&mut self, row: ElementRef<'_>, depth: usize) -> Row {
        let cells = row
            .child_elements()
            .filter(|cell| matches!(cell.value().name(), "td" | "th"));
        let read = |cell: ElementRef<'_>| {
            let mut inner = Self {
                encoding: self.encoding,
                ..Self::default()
            };
            if depth < limit::NESTING {
                inner.children(cell, depth + 1);
            } else {
                inner.words(&cell.text().collect::<String>());
            }
            inner.end_line();
            inner.blocks
        };
        cells.map(read).collect()
    }

    /// Adds words; runs of white space are one space, as a browser shows them.
    fn words(&mut self, text: &str) {
        let decoded = self.encoding.and_then(|encoding| encoding.decode_run(text));
        let text = decoded.as_deref().unwrap_or(text);
        for c in text.chars() {
            let is_space = matches!(c, ' ' | '\n' | '\r' | '\t');
            if !is_space {
                self.line.push(c);
            } else if !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                self.line.push(' ');
            }
        }
    }

    fn end_line(&mut self) {
        if self.label > 0 && self.line.len() == self.label {
            return;
        }
        self.label = 0;
        let line = std::mem::take(&mut self.line);
        let heading = self.heading.take();
        if !line.trim().is_empty() {
            self.blocks.push(match heading {
                Some(level) => Block::Heading(level, line),
                None => Block::Line(line),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::canonicalise;

    #[track_caller]
    fn check(page: &str, expected: &str) {
        let Body::Plain(text) = read(page.as_bytes()).unwrap().body else {
            panic!("pages");
        };
        assert_eq!(canonicalise(&text), expected);
    }

    #[test]
    fn words_of_the_page_are_lines() {
        check(
            "<html><head><title>x</title><style>p{}</style></head><body><nav>Trang chủ</nav><div class='menu-top'>Đăng nhập</div>\
             <h1>Hướng dẫn</h1><p>Nộp <b>hồ\n sơ</b>:<br>tại xã</p><script>var x</script><ol type=a><li>Tờ khai<li><p>Giấy tờ</p></ol></body></html>",
            "# Hướng dẫn\nNộp hồ sơ:\ntại xã\na) Tờ khai\nb) Giấy tờ",
        );
    }

    #[test]
    fn main_part_is_read_alone_where_it_holds_most() {
        check(
            "<body><div>Tin mới nhất</div><article><p>Điều 1. Phạm vi điều chỉnh</p><p>1. Một.</p></article></body>",
            "Điều 1. Phạm vi điều chỉnh\n1. Một.",
        );
    }

    #[test]
    fn tables_and_letterheads_are_told_apart() {
        check(
            "<table><tr><td>CHÍNH PHỦ<br>Số: 1/2025/NĐ-CP</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table>\
             <table><thead><tr><th>Việc<th>Mức</thead><tbody><tr><td>Khai sinh<td>0 đồng</tbody></table>",
            "CHÍNH PHỦ\nSố: 1/2025/NĐ-CP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n| Việc | Mức |\n| Khai sinh | 0 đồng |",
        );
    }

    #[test]
    fn encodings_are_read_as_stated() {
        let (written, _, _) = encoding_rs::WINDOWS_1258.encode("<p>\u{110}i\u{ea}\u{300}u 1</p>");
        let page = [b"<html><meta charset=windows-1258>".as_slice(), &written].concat();
        let reading = read(&page).unwrap();
        assert_eq!(reading.findings, [Finding::Encoding("windows-1258")]);
        let Body::Plain(text) = reading.body else {
            panic!("pages");
        };
        assert_eq!(canonicalise(&text), "Điều 1");
    }

    #[test]
    fn runs_in_old_fonts_are_converted() {
        check(
            "<html><p><font face='.VnTime'>ChÝnh phñ</font> quy định</p></html>",
            "Chính phủ quy định",
        );
    }

    #[test]
    fn elements_that_nest_without_end_are_refused_at_once() {
        for tag in ["<div>", "<table><tr><td>", "<b>"] {
            let page = format!("<html>{}sâu", tag.repeat(limit::HTML_NESTING + 1));
            assert!(matches!(
                read(page.as_bytes()),
                Err(ExtractError::TooLarge { .. })
            ));
        }
        let page = format!("<html>{}sâu", "<div>".repeat(1000));
        assert!(read(page.as_bytes()).is_ok());
    }
}
