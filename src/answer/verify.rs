//! The check every citation passes before an answer leaves.

use std::fmt;

use crate::document::Document;
use crate::document::Locator;

use super::Citation;

/// Why a citation must not be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unverified {
    /// The locator names no provision of the document.
    NoSuchProvision,
    /// The span does not lie in the provision that the locator names.
    Elsewhere,
    /// The quote is not the text at the span.
    QuoteDiffers,
}

impl fmt::Display for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSuchProvision => "the locator names no provision of the document",
            Self::Elsewhere => "the quote does not lie in the provision that the locator names",
            Self::QuoteDiffers => "the quote differs from the stored text",
        })
    }
}

/// Proves `citation` against the stored document: the printed locator, read again, leads to a
/// provision that holds the span, and the quote is the text there, byte for byte.
///
/// # Errors
/// What does not hold.
pub fn verify(citation: &Citation, document: &Document) -> Result<(), Unverified> {
    let Ok(locator) = citation.locator.parse::<Locator>() else {
        return Err(Unverified::NoSuchProvision);
    };
    let provision = document
        .resolve(&locator)
        .and_then(|at| document.provisions.get(at));
    let provision = provision.ok_or(Unverified::NoSuchProvision)?;
    if !provision.span.contains(citation.span) {
        return Err(Unverified::Elsewhere);
    }
    if citation.span.slice(&document.text) != Some(citation.quote.as_str())
        || citation.quote.is_empty()
    {
        return Err(Unverified::QuoteDiffers);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;
    use crate::text::Span;

    fn citation(locator: &str, quote: &str, start: usize) -> Citation {
        Citation {
            document: "d".into(),
            version: "v".into(),
            locator: locator.into(),
            quote: quote.into(),
            span: Span::new(start, start + quote.len()),
        }
    }

    #[test]
    fn every_way_to_be_wrong_is_caught() {
        let document = parse("Điều 1. Phạm vi\n1. Khai sinh.\n2. Khai tử.");
        let at = document.text.find("2. Khai").unwrap();
        let check = |c: Citation| verify(&c, &document);
        assert_eq!(check(citation("khoản 2 Điều 1", "2. Khai tử.", at)), Ok(()));
        assert_eq!(check(citation("Điều 1", "2. Khai tử.", at)), Ok(()));
        assert_eq!(
            check(citation("khoản 1 Điều 1", "2. Khai tử.", at)),
            Err(Unverified::Elsewhere)
        );
        assert_eq!(
            check(citation("khoản 9 Điều 1", "2. Khai tử.", at)),
            Err(Unverified::NoSuchProvision)
        );
        assert_eq!(
            check(citation("???", "2. Khai tử.", at)),
            Err(Unverified::NoSuchProvision)
        );
        assert_eq!(
            check(citation("khoản 2 Điều 1", "2. Khai tu.", at)),
            Err(Unverified::QuoteDiffers)
        );
        assert_eq!(
            check(citation("khoản 2 Điều 1", "", at)),
            Err(Unverified::QuoteDiffers)
        );
    }
}
