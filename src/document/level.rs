//! The levels of a document and their Vietnamese names: the one table between code and text.

/// What kind of division a provision is, from the widest to the narrowest.
///
/// The first eight are the divisions of a legal text in the order that the Law on Promulgation of
/// Legal Documents and its decrees on drafting prescribe; the others occur in what is attached to a
/// legal text and in guidance that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The whole text.
    Document,
    /// Phụ lục: an appendix; numbering restarts inside.
    Appendix,
    /// A regulation issued with the document (`Quy chế … ban hành kèm theo`); numbering restarts.
    Attachment,
    /// Mẫu: a form to be filled in; numbering restarts inside.
    Form,
    /// Phần.
    Part,
    /// Chương.
    Chapter,
    /// Mục of a Chương or Phần.
    Section,
    /// Tiểu mục.
    Subsection,
    /// Điều.
    Article,
    /// Khoản.
    Clause,
    /// Điểm.
    Point,
    /// Tiết: `đ2)` below `đ)`.
    Subpoint,
    /// Tình huống: a worked situation in training material.
    Case,
    /// Câu: a question with its answer.
    Question,
    /// A numbered, lettered or Markdown heading, cited as `mục II`, `mục 2.1`, `mục thứ 3`.
    Heading,
    /// A plain paragraph or table row, cited by its place: `đoạn 3`.
    Paragraph,
    /// The closing block: recipients, signature and what follows them (`phần ký`).
    Signature,
}

/// Every level with the name that locators print, widest first.
const NAMES: [(Level, &str); 17] = [
    (Level::Document, "văn bản"),
    (Level::Appendix, "Phụ lục"),
    (Level::Attachment, "văn bản kèm theo"),
    (Level::Form, "Mẫu số"),
    (Level::Part, "Phần"),
    (Level::Chapter, "Chương"),
    (Level::Section, "Mục"),
    (Level::Subsection, "Tiểu mục"),
    (Level::Article, "Điều"),
    (Level::Clause, "khoản"),
    (Level::Point, "điểm"),
    (Level::Subpoint, "tiết"),
    (Level::Case, "Tình huống"),
    (Level::Question, "Câu"),
    (Level::Heading, "mục"),
    (Level::Paragraph, "đoạn"),
    (Level::Signature, "phần ký"),
];

impl Level {
    /// All levels, widest first.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|&(level, _)| level)
    }

    /// The Vietnamese name as a locator prints it: levels from Điều upward with a capital.
    ///
    /// # Example
    /// ```
    /// use camnang::document::Level;
    /// assert_eq!(Level::Clause.name(), "khoản");
    /// assert_eq!(Level::Article.name(), "Điều");
    /// ```
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|&&(level, _)| level == self)
            .map_or("", |&(_, name)| name)
    }

    /// Whether numbering starts afresh inside, so that a locator must name this level.
    pub fn is_container(self) -> bool {
        matches!(self, Self::Appendix | Self::Attachment | Self::Form)
    }

    /// Whether a locator leaves this level out above an Điều, whose number is unique in its text.
    pub fn is_grouping(self) -> bool {
        matches!(
            self,
            Self::Document
                | Self::Part
                | Self::Chapter
                | Self::Section
                | Self::Subsection
                | Self::Heading
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_every_level_has_its_own() {
        let mut names: Vec<&str> = Level::all().map(Level::name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), NAMES.len());
    }

    #[test]
    fn order_follows_the_nesting_of_a_legal_text() {
        assert!(Level::Part < Level::Chapter && Level::Section < Level::Article);
        assert!(Level::Article < Level::Clause && Level::Point < Level::Subpoint);
    }
}
