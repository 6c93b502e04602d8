//! Plain text, in whatever encoding it was saved.

use encoding_rs::UTF_8;
use encoding_rs::UTF_16BE;
use encoding_rs::UTF_16LE;
use encoding_rs::WINDOWS_1252;
use encoding_rs::WINDOWS_1258;

use crate::extract::Body;
use crate::extract::ExtractError;
use crate::extract::Finding;
use crate::extract::Format;
use crate::extract::Reading;
use crate::text::is_syllable;
use crate::text::repair_legacy;

/// How many of 1,000 characters of a text may be control characters.
const CONTROLS_PER_MILLE_MAX: usize = 5;
/// How many of 1,000 marked words must be syllables where the encoding is guessed.
const SYLLABLES_PER_MILLE_MIN: usize = 850;

/// Reads plain text or Markdown.
///
/// # Errors
/// When the bytes are no text, or the encoding cannot be told for certain.
pub(super) fn read(bytes: &[u8]) -> Result<Reading, ExtractError> {
    let (text, findings) = decode(bytes)?;
    let format = if is_markdown(&text) {
        Format::Markdown
    } else {
        Format::Text
    };
    Ok(Reading {
        format,
        body: Body::Plain(text),
        findings,
    })
}

/// The text of `bytes` and what had to be done to get it.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Vec<Finding>), ExtractError> {
    let (text, mut findings) = unicode(bytes)?;
    let n_controls = text
        .chars()
        .filter(|c| c.is_control() && !c.is_whitespace())
        .count();
    if n_controls * 1000 > text.chars().count() * CONTROLS_PER_MILLE_MAX {
        return Err(ExtractError::Unsupported {
            found: "of a format that is not read; accepted: .txt, .md, .html, .docx, .doc, .pdf, .zip, .jsonl",
        });
    }
    let (repaired, found) = repair_legacy(&text);
    findings.extend(found.into_iter().map(Finding::Legacy));
    Ok((repaired.into_owned(), findings))
}

fn unicode(bytes: &[u8]) -> Result<(String, Vec<Finding>), ExtractError> {
    let marked = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let wide = match marked {
        Some(encoding) if encoding != UTF_8 => Some(encoding),
        _ => unmarked_utf16(bytes),
    };
    if let Some(encoding) = wide {
        let (text, _, malformed) = encoding.decode(bytes);
        if malformed {
            return Err(ExtractError::Damaged {
                reason: format!("it is not valid {}", encoding.name()),
            });
        }
        return Ok((text.into_owned(), vec![Finding::Encoding(encoding.name())]));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), Vec::new())),
        Err(error) => single_bytes(bytes).ok_or(ExtractError::UnknownEncoding {
            at: error.valid_up_to(),
        }),
    }
}

/// UTF-16 without a mark shows in the zeros: every other byte of ASCII is one.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let zeros = |parity: usize| {
        head.iter()
            .enumerate()
            .filter(|&(at, &byte)| at % 2 == parity && byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let many = head.len() / 8;
    match (even, odd) {
        _ if bytes.len() < 8 || !bytes.len().is_multiple_of(2) => None,
        (even, odd) if odd > many && even * 20 < odd => Some(UTF_16LE),
        (even, odd) if even > many && odd * 20 < even => Some(UTF_16BE),
        _ => None,
    }
}

/// One byte a letter: Windows-1258, TCVN3 or VNI, where one of them is certain.
fn single_bytes(bytes: &[u8]) -> Option<(String, Vec<Finding>)> {
    let western = WINDOWS_1252.decode_without_bom_handling(bytes).0;
    let (text, found) = repair_legacy(&western);
    if found.iter().any(|found| found.repaired) && is_vietnamese(&text) {
        return Some((
            text.into_owned(),
            found.into_iter().map(Finding::Legacy).collect(),
        ));
    }
    let text = WINDOWS_1258.decode_without_bom_handling(bytes).0;
    let found = vec![Finding::Encoding(WINDOWS_1258.name())];
    is_vietnamese(&text).then(|| (text.into_owned(), found))
}

/// Whether nearly all words with marks are syllables, and there are some.
fn is_vietnamese(text: &str) -> bool {
    let marked = text
        .split(|c: char| !c.is_alphabetic() && !('\u{300}'..='\u{36f}').contains(&c))
        .filter(|word| !word.is_ascii());
    let (mut n_words, mut n_syllables) = (0, 0);
    for word in marked {
        n_words += 1;
        n_syllables += usize::from(is_syllable(word));
    }
    n_words >= 3 && n_syllables * 1000 >= n_words * SYLLABLES_PER_MILLE_MIN
}

fn is_markdown(text: &str) -> bool {
    text.lines()
        .any(|line| line.starts_with("# ") || line.starts_with("## ") || line.starts_with("**"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Nghị định của Chính phủ\nĐiều 1. Phạm vi điều chỉnh";

    #[track_caller]
    fn check(bytes: &[u8], expected: &str, n_findings: usize) {
        let (text, findings) = decode(bytes).unwrap();
        assert_eq!(crate::text::canonicalise(&text), expected);
        assert_eq!(findings.len(), n_findings, "{findings:?}");
    }

    #[test]
    fn every_unicode_form_is_read() {
        check(TEXT.as_bytes(), TEXT, 0);
        check(format!("\u{feff}{TEXT}").as_bytes(), TEXT, 0);
        let units: Vec<u16> = TEXT.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        check(&little, TEXT, 1);
        check(&big, TEXT, 1);
        check(&[&[0xff, 0xfe], little.as_slice()].concat(), TEXT, 1);
        check(&[&[0xfe, 0xff], big.as_slice()].concat(), TEXT, 1);
    }

    #[test]
    fn windows_1258_and_tcvn3_are_told_apart() {
        let (written, _, lossy) = WINDOWS_1258.encode("Thành ph\u{f4}\u{301} và c\u{1a1} quan");
        assert!(!lossy);
        check(&written, "Thành phố và cơ quan", 1);
        let tcvn3 = b"Ngh\xde \xae\xdenh c\xf1a Ch\xddnh ph\xf1 quy \xae\xdenh";
        check(tcvn3, "Nghị định của Chính phủ quy định", 1);
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert!(matches!(
            decode(b"Ngh\xe1\xbb\x8b \xff \xfe"),
            Err(ExtractError::UnknownEncoding { at: 7 })
        ));
        assert!(matches!(
            decode(b"\x01\x02\x03\x04ab"),
            Err(ExtractError::Unsupported { .. })
        ));
        assert!(matches!(
            decode(b"\xff\xfe\x00\xd8a\x00"),
            Err(ExtractError::Damaged { .. })
        ));
    }
}
