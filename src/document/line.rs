//! Lines of a canonical text, with what Markdown and converters put before their first word.

/// A line that is shorter was not wrapped by a page margin.
const SHORT_BYTES_MAX: usize = 48;

/// One line; offsets are bytes in the whole text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// Where the line starts, decoration included.
    pub(super) start: usize,
    /// Where the words start, after decoration.
    pub(super) body_start: usize,
    /// The words, without the decoration at either end.
    pub(super) body: &'t str,
    /// How many `#` stand before it; 0 for a line that is no Markdown heading.
    pub(super) hashes: usize,
    /// Whether the words are set in bold.
    pub(super) is_bold: bool,
    /// Whether an empty line stands before it.
    pub(super) after_blank: bool,
}

impl Line<'_> {
    pub(super) fn body_end(&self) -> usize {
        self.body_start + self.body.len()
    }
}

/// The lines of `text` that hold anything.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    let mut after_blank = true;
    text.split('\n').filter_map(move |raw| {
        let at = start;
        start += raw.len() + 1;
        if raw.trim().is_empty() {
            after_blank = true;
            return None;
        }
        let line = decorated(raw, at, after_blank);
        after_blank = false;
        Some(line)
    })
}

/// Takes off `>`, `#`, `*` and `_` before the words and emphasis after them.
fn decorated(raw: &str, start: usize, after_blank: bool) -> Line<'_> {
    let quoted = raw.trim_start_matches([' ', '>']);
    let unhashed = quoted.trim_start_matches('#');
    let hashes = quoted.len() - unhashed.len();
    let body = unhashed
        .trim_start()
        .trim_start_matches(['*', '_'])
        .trim_start();
    let body_start = start + raw.len() - body.len();
    Line {
        start,
        body_start,
        body: body.trim_end().trim_end_matches(['*', '_', '#']).trim_end(),
        hashes,
        is_bold: unhashed.trim_start().starts_with("**"),
        after_blank,
    }
}

/// Whether a sentence or heading ends here, so that the next line may open a division.
pub(super) fn ends_sentence(body: &str) -> bool {
    let last = body.chars().next_back();
    last.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ',' | '-' | '–' | '(' | '/' | '“'))
        || is_upper(body)
        || is_name(body)
        || is_short(body)
}

/// Whether a line is too short to have been wrapped: a heading or a list entry.
fn is_short(body: &str) -> bool {
    body.len() < SHORT_BYTES_MAX && !starts_lower(body) && !body.ends_with([',', '-', '('])
}

/// Whether every word begins with a capital, as in the name below a signature.
fn is_name(body: &str) -> bool {
    body.len() <= 60
        && body
            .split(' ')
            .all(|word| word.starts_with(char::is_uppercase))
}

/// Whether there are letters and none is in lower case.
pub(super) fn is_upper(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| !c.is_lowercase())
}

/// Whether the first letter is in lower case: the line goes on with the one before.
pub(super) fn starts_lower(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, body: &str, hashes: usize) {
        let line = lines(raw).next().expect("a line");
        assert_eq!((line.body, line.hashes), (body, hashes), "{raw}");
        assert_eq!(raw.get(line.body_start..line.body_end()), Some(body));
    }

    #[test]
    fn decoration_is_taken_off() {
        check("### Điều 1. Phạm vi", "Điều 1. Phạm vi", 3);
        check("**Điều 1.** Phạm vi", "Điều 1.** Phạm vi", 0);
        check("> * Điều 2.", "Điều 2.", 0);
        check("## **CHƯƠNG I** ", "CHƯƠNG I", 2);
        check("***", "", 0);
    }

    #[test]
    fn lines_empty_ones_are_skipped_and_remembered() {
        let found: Vec<(usize, bool)> = lines("a\nb\n\nc")
            .map(|l| (l.start, l.after_blank))
            .collect();
        assert_eq!(found, [(0, true), (2, false), (5, true)]);
    }

    #[test]
    fn sentence_ends_are_seen() {
        assert!(ends_sentence("như sau:") && ends_sentence("QUY ĐỊNH CHUNG") && ends_sentence(""));
        assert!(ends_sentence("Lê Văn An"));
        assert!(ends_sentence("Điều 2. Đối tượng"));
        assert!(!ends_sentence("quy định tại") && !ends_sentence("khoản 2,"));
    }
}
