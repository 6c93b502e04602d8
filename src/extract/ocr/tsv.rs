//! The table that Tesseract writes: one row a word, with its place in dots and its confidence.

/// A recognised word.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::extract) struct Word {
    pub(in crate::extract) text: String,
    /// Left, upper, right and lower edge, in dots.
    pub(in crate::extract) edges: [f32; 4],
    /// From 0 to 1.
    pub(in crate::extract) confidence: f32,
    /// Block, paragraph and line on the page.
    pub(in crate::extract) line: (u32, u32, u32),
}

/// Rows of this level are words; the others are the boxes around them.
const WORD_LEVEL: &str = "5";
/// What is no word at all is believed only from this confidence on: the edge of a stamp, a speck.
const SIGN_CONFIDENCE_MIN: f32 = 0.6;

/// The words of `table`; rows that are no words or broken are left out.
pub(super) fn words(table: &str) -> Vec<Word> {
    table.lines().filter_map(word).collect()
}

fn word(row: &str) -> Option<Word> {
    let mut fields = row.splitn(12, '\t');
    if fields.next()? != WORD_LEVEL {
        return None;
    }
    let _page = fields.next()?;
    let mut number = || fields.next()?.parse::<f32>().ok().filter(|n| n.is_finite());
    let mut count = || {
        let value = number()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number of a line on one page; a broken one saturates"
        )]
        Some(value as u32)
    };
    let line = (count()?, count()?, count()?);
    let _word = number()?;
    let (left, top, width, height) = (number()?, number()?, number()?, number()?);
    let confidence = (number()? / 100.0).clamp(0.0, 1.0);
    let text = fields.next()?.trim();
    let is_word = text.contains(char::is_alphanumeric) || confidence >= SIGN_CONFIDENCE_MIN;
    (!text.is_empty() && is_word).then(|| Word {
        text: text.to_owned(),
        edges: [left, top, left + width, top + height],
        confidence,
        line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_and_boxes_and_specks_left_out() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            4\t1\t2\t1\t3\t0\t10\t20\t300\t40\t-1\t\n\
            5\t1\t2\t1\t3\t1\t10\t20\t60\t40\t96.5\tĐiều\n\
            5\t1\t2\t1\t3\t2\t80\t20\t20\t40\t30\t|\n\
            5\t1\t2\t1\t3\t3\t99\t20\t20\t40\t95\t-\n\
            5\t1\t2\t1\t3\t4\tx\t20\t20\t40\t95\thỏng\n\
            5\t1\t2";
        let found = words(table);
        let texts: Vec<&str> = found.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["Điều", "-"]);
        assert_eq!(found[0].line, (2, 1, 3));
        let edges = found[0].edges.map(|edge| format!("{edge}")).join(" ");
        assert_eq!(edges, "10 20 70 60");
    }
}
