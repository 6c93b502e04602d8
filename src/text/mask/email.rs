//! E-mail addresses.

use crate::text::Span;
use crate::text::mask::Masked;

/// The addresses in `text`, in order.
pub(super) fn find(text: &str) -> Vec<Masked> {
    let mut found: Vec<Masked> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let from = found.last().map_or(0, |(span, _)| span.end);
        if from <= at
            && let Some(span) = around(text, from, at)
        {
            found.push((span, "[thư điện tử]"));
        }
    }
    found
}

/// The address whose `@` stands at `at` and that begins at `from` or later.
fn around(text: &str, from: usize, at: usize) -> Option<Span> {
    let before = text.get(from..at)?;
    let after = text.get(at + 1..)?;
    let local = before.trim_end_matches(is_address_char);
    let rest = after.trim_start_matches(is_address_char);
    let domain = after
        .get(..after.len() - rest.len())?
        .trim_end_matches(['.', '-', '_']);
    let is_address = local.len() < before.len() && domain.contains('.') && !domain.starts_with('.');
    is_address.then(|| Span::new(from + local.len(), at + 1 + domain.len()))
}

fn is_address_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+')
}

#[cfg(test)]
mod tests {
    use crate::text::mask_identifiers;

    #[test]
    fn addresses_are_masked_without_the_punctuation_around() {
        assert_eq!(
            mask_identifiers("Gửi a.b-1@mail.gov.vn."),
            "Gửi [thư điện tử]."
        );
        assert_eq!(
            mask_identifiers("(x@y.vn,z@t.vn)"),
            "([thư điện tử],[thư điện tử])"
        );
    }

    #[test]
    fn an_at_sign_alone_is_no_address() {
        assert_eq!(mask_identifiers("@ a@ @b.vn a@b"), "@ a@ @b.vn a@b");
    }
}
