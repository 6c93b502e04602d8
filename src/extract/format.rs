//! What a file is, by its first bytes and by what is packed in it.

use std::fmt;

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
    /// A PDF or picture whose text was recognised from pictures.
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
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which reader the bytes go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Pdf,
    /// None: what it is and what to do.
    Other(&'static str),
}

/// How far a PDF header may stand from the first byte.
const PDF_HEADER_BYTES_MAX: usize = 1024;

impl Kind {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let head = bytes.get(..PDF_HEADER_BYTES_MAX).unwrap_or(bytes);
        if head.windows(5).any(|window| window == b"%PDF-") {
            return Self::Pdf;
        }
        Self::Other("of a format that is not read")
    }
}
