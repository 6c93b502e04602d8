//! What a file is, by its first bytes and by what is packed in it.

use std::fmt;
use std::io::Cursor;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text in whatever encoding.
    Text,
    /// Text with Markdown headings or emphasis.
    Markdown,
    /// A web page.
    Html,
    /// Word since 2007.
    Docx,
    /// Word 97 to 2003.
    Doc,
    /// A PDF with text.
    Pdf,
    /// A PDF whose text was recognised from pictures.
    Scan,
}

impl Format {
    /// The name people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "Markdown",
            Self::Html => "HTML",
            Self::Docx => "DOCX",
            Self::Doc => "DOC",
            Self::Pdf => "PDF",
            Self::Scan => "scan",
        }
    }

    /// Whether a file of this format may carry the `extension`, in small letters.
    pub(super) fn may_be_called(self, extension: &str) -> bool {
        let known: &[&str] = match self {
            Self::Text | Self::Markdown => &["txt", "md"],
            Self::Html => &["html", "htm", "xhtml", "aspx", "php"],
            Self::Docx => &["docx", "docm", "dotx", "dotm"],
            Self::Doc => &["doc", "dot"],
            Self::Pdf => &["pdf"],
            Self::Scan => &["pdf", "png", "jpg", "jpeg", "tif", "tiff"],
        };
        known.contains(&extension) || !KNOWN.contains(&extension)
    }
}

/// Extensions that promise a format.
const KNOWN: [&str; 14] = [
    "html", "htm", "docx", "docm", "doc", "dot", "pdf", "png", "jpg", "jpeg", "zip", "rtf", "txt",
    "md",
];

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which reader the bytes go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Pdf,
    Docx,
    /// An OLE file: old Word, or something else that only its streams tell.
    Ole,
    Zip,
    Html,
    Text,
    /// None: what it is and what to do.
    Other(&'static str),
}

/// How far a header may stand from the first byte.
const HEADER_BYTES_MAX: usize = 1024;
/// First bytes of formats that are not read, what they are and what to do.
const OTHERS: [(&[u8], &str); 12] = [
    (
        b"{\\rtf",
        "an RTF file; open it in Word and save it as .docx",
    ),
    (b"Rar!", "a RAR archive; unpack it and pack it as .zip"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it and pack it as .zip"),
    (b"\x1f\x8b", "a gzip archive; unpack it, or pack it as .zip"),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"GIF8", PICTURE),
    (
        b"\xdb\xa5-\0",
        "a file of Word 2 or older; save it as .docx",
    ),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
];
const PICTURE: &str = "a picture; save it as a PDF";

impl Kind {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let head = bytes.get(..HEADER_BYTES_MAX).unwrap_or(bytes);
        if let Some((_, found)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
            return Self::Other(found);
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return packed(bytes);
        }
        if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            return Self::Ole;
        }
        if head.windows(5).any(|window| window == b"%PDF-") {
            return Self::Pdf;
        }
        marked_up(head)
    }
}

/// The media type under which a browser may be given these bytes.
///
/// Only formats that a browser cannot run scripts of are named; all else is bytes to be saved.
pub fn media_type(bytes: &[u8]) -> &'static str {
    match Kind::of(bytes) {
        Kind::Pdf => "application/pdf",
        Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Kind::Ole => "application/msword",
        Kind::Zip | Kind::Html | Kind::Text | Kind::Other(_) => "application/octet-stream",
    }
}

/// What an archive holds decides what it is.
fn packed(bytes: &[u8]) -> Kind {
    // One that breaks off has no list of entries; its first entry still tells.
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        let head = bytes.get(..HEADER_BYTES_MAX).unwrap_or(bytes);
        let is_word = head.windows(19).any(|part| part == b"[Content_Types].xml");
        return if is_word { Kind::Docx } else { Kind::Zip };
    };
    let holds = |wanted: &str| {
        archive
            .file_names()
            .any(|name| name.is_ok_and(|name| name == wanted))
    };
    let is_office = holds("[Content_Types].xml");
    // Somebody may have sorted documents into a folder of that name.
    let has = |folder: &str, main: &str| {
        let is_below = |name: &str| is_office && name.starts_with(folder) || name == main;
        archive
            .file_names()
            .any(|name| name.is_ok_and(|name| is_below(&name)))
    };
    if has("word/", "word/document.xml") {
        Kind::Docx
    } else if has("xl/", "xl/workbook.xml") {
        Kind::Other("an Excel workbook; save the sheet as .docx or .pdf")
    } else if has("ppt/", "ppt/presentation.xml") {
        Kind::Other("a PowerPoint presentation; save it as .pdf")
    } else if holds("META-INF/manifest.xml") || holds("mimetype") {
        Kind::Other("an OpenDocument or e-book file; save it as .docx")
    } else {
        Kind::Zip
    }
}

/// Web pages and other text with a telling beginning.
fn marked_up(head: &[u8]) -> Kind {
    let start: String = head
        .iter()
        .filter(|byte| byte.is_ascii() && **byte != 0)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let start = start.trim_start();
    if start.starts_with("mime-version:") || start.starts_with("from: <saved by") {
        return Kind::Other("a web archive (MHT); open it and save it as .html or .docx");
    }
    if start.starts_with("<?xml") && start.contains("word.document") {
        return Kind::Other("a Word XML file; open it in Word and save it as .docx");
    }
    let is_page = ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|tag| start.contains(tag))
        && start.starts_with('<');
    if is_page
        || start.starts_with("<div")
        || start.starts_with("<p>")
        || start.starts_with("<table")
    {
        return Kind::Html;
    }
    Kind::Text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_format() {
        for (bytes, kind) in [
            (b"%PDF-1.7".as_slice(), Kind::Pdf),
            (b"\n\n%PDF-1.4", Kind::Pdf),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", Kind::Ole),
            (b"PK\x03\x04 broken", Kind::Zip),
            (b"PK\x03\x04 [Content_Types].xml broken", Kind::Docx),
            (b"\xef\xbb\xbf<!DOCTYPE html><p>a", Kind::Html),
            (b"<\0h\0t\0m\0l\0>\0", Kind::Html),
            ("Điều 1. <html>".as_bytes(), Kind::Text),
            (b"", Kind::Text),
        ] {
            assert_eq!(Kind::of(bytes), kind, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn only_what_runs_no_scripts_has_a_media_type() {
        assert_eq!(media_type(b"%PDF-1.7"), "application/pdf");
        let word = b"PK\x03\x04 [Content_Types].xml broken";
        assert!(media_type(word).ends_with("wordprocessingml.document"));
        for other in [b"<html><script>".as_slice(), b"<svg>", b"Rar!", b"\x89PNG"] {
            assert_eq!(media_type(other), "application/octet-stream");
        }
    }

    #[test]
    fn formats_that_are_not_read_are_named() {
        for (bytes, words) in [
            (b"{\\rtf1".as_slice(), "RTF"),
            (b"Rar!\x1a", "RAR"),
            (b"\x89PNG\r", "picture"),
            (b"MIME-Version: 1.0\r\n", "MHT"),
        ] {
            let Kind::Other(found) = Kind::of(bytes) else {
                panic!("{}", bytes.escape_ascii());
            };
            assert!(found.contains(words), "{found}");
        }
    }

    #[test]
    fn names_are_held_against_the_content() {
        assert!(Format::Docx.may_be_called("docx") && Format::Text.may_be_called("txt"));
        assert!(!Format::Docx.may_be_called("doc") && !Format::Html.may_be_called("doc"));
        assert!(Format::Docx.may_be_called("bin"));
    }
}
