//! Retrieval units: how a document is cut into what the index finds.
//!
//! A unit is an Điều (or a situation, a question, a heading's content) while it is short; a longer
//! one is cut into runs of neighbouring khoản, each carrying the same heading. Every word of the
//! document lies in some passage, but for headings that open a division: those are the context of
//! the passages below; and but for the front of a procedure sheet, which says nothing of the procedure.

use crate::document::Document;
use crate::document::Level;
use crate::document::Provision;
use crate::document::sheet;
use crate::text::Span;

/// A passage closes before it would grow beyond this. Between 1,200 and 4,800 bytes the share of
/// tuning questions whose provision is found hardly moves (.765, .759 at 2,400 and at 4,800); long
/// articles of real decrees want a bound, and two khoản should still fit beside each other.
const PASSAGE_BYTES_MAX: usize = 2400;
/// The front of a procedure sheet is no longer than this.
const FRONT_BYTES_MAX: usize = 6000;

/// One retrieval unit of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The provision it is, or is cut from.
    pub provision: usize,
    /// Where it lies in the canonical text.
    pub span: Span,
}

impl Document {
    /// The retrieval units, in order.
    pub fn passages(&self) -> Vec<Passage> {
        let mut passages = Vec::new();
        self.cut(0, &mut passages);
        let front = self.front_end();
        passages.retain(|passage| passage.span.start >= front && self.says_something(passage));
        passages
    }

    /// Where the front of a procedure sheet ends: its code, contents, authors and revisions, whose
    /// many short lines all carry its title and would be found before what it says. 0 in other texts.
    fn front_end(&self) -> usize {
        let mut headings = self.provisions.iter().filter(|p| p.level == Level::Heading);
        let end = headings.next().map_or(0, |first| first.span.start);
        if end <= FRONT_BYTES_MAX && sheet::is_sheet(&self.text) {
            end
        } else {
            0
        }
    }

    /// The heading that a reader of provision `at` sees: its own, or the nearest one above.
    pub fn nearest_heading(&self, at: usize) -> Option<&str> {
        std::iter::once(at)
            .chain(self.ancestors(at))
            .find_map(|p| self.heading(p))
    }

    /// Headings from the widest division down to, but without, the nearest one to `at`.
    pub fn headings_above(&self, at: usize) -> Vec<&str> {
        let mut headings: Vec<&str> = std::iter::once(at)
            .chain(self.ancestors(at))
            .filter_map(|p| self.heading(p))
            .skip(1)
            .collect();
        headings.reverse();
        headings
    }

    /// Whether a passage has words beyond the heading of the division it opens.
    fn says_something(&self, passage: &Passage) -> bool {
        let Some(provision) = self.provisions.get(passage.provision) else {
            return false;
        };
        let is_opening =
            passage.span == provision.own && !self.descendants(passage.provision).is_empty();
        let heading_end = provision
            .heading
            .filter(|_| is_opening)
            .map(|heading| heading.end.min(passage.span.end));
        let text = self.slice(Span::new(
            heading_end.unwrap_or(passage.span.start),
            passage.span.end,
        ));
        // A division without a heading has one line, its number: `Chương I`.
        let is_number = is_opening
            && heading_end.is_none()
            && provision.parent.is_some()
            && (provision.level.is_grouping() || provision.level.is_container())
            && text.trim().lines().count() <= 1;
        // An empty row of a form has bars and numbers.
        text.contains(char::is_alphabetic) && !is_number
    }

    fn cut(&self, at: usize, passages: &mut Vec<Passage>) {
        let Some(provision) = self.provisions.get(at) else {
            return;
        };
        // Once: it looks at all children, and a table has as many as rows.
        let is_grouping = self.is_grouping(at);
        let is_unit = !is_grouping && provision.span.len() <= PASSAGE_BYTES_MAX;
        if is_unit || self.descendants(at).is_empty() {
            passages.push(Passage {
                provision: at,
                span: provision.span,
            });
            return;
        }
        let mut open = Some(provision.own).filter(|own| !own.is_empty());
        for child in self.children(at) {
            let Some(span) = self.provisions.get(child).map(|p| p.span) else {
                continue;
            };
            let fits = |run: Span| span.end - run.start <= PASSAGE_BYTES_MAX;
            if is_grouping || span.len() > PASSAGE_BYTES_MAX {
                passages.extend(open.take().map(|span| Passage {
                    provision: at,
                    span,
                }));
                self.cut(child, passages);
            } else if let Some(run) = open.filter(|&run| fits(run)) {
                open = Some(Span::new(run.start, span.end));
            } else {
                passages.extend(open.replace(span).map(|span| Passage {
                    provision: at,
                    span,
                }));
            }
        }
        passages.extend(open.map(|span| Passage {
            provision: at,
            span,
        }));
    }

    /// Whether the children of `at` are units of their own: everything above an Điều.
    fn is_grouping(&self, at: usize) -> bool {
        let below = self
            .children(at)
            .filter_map(|child| self.provisions.get(child));
        below.map(|child| child.level).any(|level| {
            level.is_container()
                || matches!(
                    level,
                    Level::Part
                        | Level::Chapter
                        | Level::Section
                        | Level::Subsection
                        | Level::Article
                        | Level::Case
                        | Level::Question
                        | Level::Heading
                )
        }) || self.has_titled_points(at)
    }

    /// Whether the children of `at` are điểm with names, as the entries of a procedure sheet
    /// (`b. Thời hạn giải quyết: …`): each answers a question of its own.
    ///
    /// The parts of a situation (`b) Câu hỏi thảo luận`) belong together, and so do the entries of a
    /// list that the words above announce (`Thời hạn giải quyết gồm:`). A heading of a sheet only
    /// seems to announce one (`5. NỘI DUNG:`).
    fn has_titled_points(&self, at: usize) -> bool {
        let announces = self.provisions.get(at).is_some_and(|provision| {
            self.slice(provision.own).trim_end().ends_with(':')
                && !(provision.level == Level::Heading && sheet::is_sheet(&self.text))
        });
        if announces {
            return false;
        }
        let is_named = |point: &Provision| {
            let behind = point.heading.and_then(|name| self.text.get(name.end..));
            behind.is_some_and(|behind| behind.trim_start().starts_with(':'))
        };
        let below = self
            .children(at)
            .filter_map(|child| self.provisions.get(child));
        let points = below.filter(|child| child.level == Level::Point);
        let (n, n_titled) = points.fold((0, 0), |(n, n_titled), point| {
            (n + 1, n_titled + usize::from(is_named(point)))
        });
        n_titled > 1 && 2 * n_titled > n
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::document::parse;
    use crate::text::Span;
    use crate::text::canonicalise;
    use proptest::prelude::*;

    fn spans(document: &Document) -> Vec<String> {
        document
            .passages()
            .iter()
            .map(|p| format!("{}: {}", document.locator(p.provision), p.span.len()))
            .collect()
    }

    #[test]
    fn short_articles_are_one_passage_each() {
        let document = parse(
            "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Một.\n2. Hai.\nĐiều 2. Đối tượng\nMọi người.",
        );
        let units: Vec<String> = document
            .passages()
            .iter()
            .map(|p| document.locator(p.provision).to_string())
            .collect();
        assert_eq!(units, ["Điều 1", "Điều 2"]);
    }

    #[test]
    fn long_articles_are_cut_between_clauses() {
        let clause = "chữ ".repeat(150);
        let text =
            format!("Điều 1. Dài\n1. {clause}\n2. {clause}\n3. {clause}\n4. {clause}\n5. {clause}");
        let document = parse(&text);
        let passages = document.passages();
        assert!(passages.len() > 1, "{:?}", spans(&document));
        assert!(
            passages
                .iter()
                .all(|p| p.span.len() <= super::PASSAGE_BYTES_MAX
                    && p.provision == passages[0].provision)
        );
    }

    #[test]
    fn parts_that_belong_together_are_cut_at_no_name() {
        for text in [
            "Tình huống số 1: Hồ sơ\na) Bối cảnh\nCó.\nb) Câu hỏi\nGì?\nc) Gợi ý\nLàm.",
            "1. Thời hạn giải quyết:\na) Khai sinh: 01 ngày;\nb) Kết hôn: 05 ngày;\nc) Ghi chú: 08 ngày.",
        ] {
            assert_eq!(parse(text).passages().len(), 1, "{text}");
        }
        let sheet = "1. NỘI DUNG\na. Thời hạn giải quyết: Ngay.\nb. Lệ phí: Miễn.";
        assert!(parse(sheet).passages().len() > 1);
    }

    #[test]
    fn passages_cover_every_word() {
        let text = "Lời đầu.\nĐiều 1. A\n1. B\na) C\nb) D\nĐiều 2. E";
        let document = parse(text);
        let mut end = 0;
        for passage in document.passages() {
            assert_eq!(
                document.slice(Span::new(end, passage.span.start)).trim(),
                ""
            );
            end = passage.span.end;
        }
        assert_eq!(end, text.len());
    }

    #[test]
    fn heading_that_is_a_division_too_is_cut_once() {
        let document = parse("## Phụ lục I\n### CÁC MẪU BIỂU PHÂN TÍCH");
        assert_eq!(document.passages().len(), 1);
    }

    fn legal_like() -> impl Strategy<Value = String> {
        let lines = prop::sample::select(vec![
            "Chương I",
            "QUY ĐỊNH CHUNG",
            "Chương II",
            "Mục 1",
            "Điều 1. Phạm vi",
            "Điều 2.",
            "Điều 3. Hồ sơ gồm:",
            "1. Một.",
            "2. Hai:",
            "a) Điểm;",
            "b) Điểm.",
            "đ1) Tiết",
            "PHỤ LỤC",
            "PHỤ LỤC II",
            "I. TÊN",
            "1.1. Nhỏ",
            "# Đề mục",
            "## Phụ lục I",
            "### CÁC MẪU BIỂU",
            "| a | b |",
            "",
            "Nơi nhận:",
            "“Điều 9. Trích",
            "1. Trong ngoặc.”",
            "Lời thường.",
            "Câu 1. Gì?",
        ]);
        prop::collection::vec(lines, 0..30).prop_map(|lines| lines.join("\n"))
    }

    fn assert_in_order(text: &str) {
        let document = parse(&canonicalise(text));
        let mut end = 0;
        for passage in document.passages() {
            assert!(passage.span.start >= end && passage.span.end <= document.text.len());
            assert!(!document.slice(passage.span).trim().is_empty());
            end = passage.span.end;
        }
    }

    #[test]
    fn passages_of_headings_alone_lie_in_order() {
        // Once found by chance.
        assert_in_order("PHỤ LỤC\n### CÁC MẪU BIỂU");
    }

    proptest! {
        #[test]
        fn passages_lie_in_order_inside_any_text(text in prop_oneof![legal_like(), "\\PC{0,80}"]) {
            assert_in_order(&text);
        }
    }
}
