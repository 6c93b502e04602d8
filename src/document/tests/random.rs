//! Properties of the parser as a whole.

use std::fmt::Write as _;

use super::*;
use crate::text::canonicalise;
use proptest::prelude::*;

/// Text made of the pieces that the parser looks at.
fn legal_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Điều 1. A\n",
        "Điều 2. B\n",
        "Điều 3",
        "điều",
        "\n",
        "1. ",
        "2) ",
        "a) ",
        "b) ",
        "đ1) ",
        "- ",
        "“",
        "”",
        "\"",
        "Chương I\n",
        "Mục 1. X\n",
        "Phụ lục II\n",
        "PHỤ LỤC\n",
        "Mẫu số 01\n",
        "I. ",
        "II. ",
        "2.1. ",
        "# ",
        "### ",
        "| x |\n",
        "như sau:\n",
        "QUY CHẾ\n(Kèm theo\n",
        "Tình huống 1: ",
        "Câu 2. ",
        "TM. UBND\n",
        "Nơi nhận:\n",
        "x",
        " ",
        "**",
        "Phần thứ hai\n",
        "CỘNG HÒA\n",
        "có hiệu lực từ ngày 1/1/2026",
        "Số: 1/2025/NĐ-CP\n",
        "---\n",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

/// A numbered text and the locators it must give: per Điều its khoản, per khoản its điểm.
fn statute() -> impl Strategy<Value = Vec<Vec<usize>>> {
    prop::collection::vec(prop::collection::vec(0usize..8, 0..5), 1..12)
}

fn print_statute(articles: &[Vec<usize>]) -> (String, Vec<String>) {
    let letters = ["a", "b", "c", "d", "đ", "e", "g", "h"];
    let (mut text, mut locators) = (String::new(), Vec::new());
    for (article, clauses) in (1..).zip(articles) {
        let _ = writeln!(text, "Điều {article}. Tên điều");
        locators.push(format!("Điều {article}"));
        for (clause, points) in (1..).zip(clauses) {
            let _ = writeln!(text, "{clause}. Nội dung khoản.");
            locators.push(format!("khoản {clause} Điều {article}"));
            for letter in letters.iter().take(*points) {
                let _ = writeln!(text, "{letter}) Nội dung điểm;");
                locators.push(format!("điểm {letter} khoản {clause} Điều {article}"));
            }
        }
    }
    (text, locators)
}

#[test]
fn label_that_ends_in_another_label_loses_nothing() {
    // Once found by chance.
    assert_lossless(&parse("2.1. I. Chương I\n1. "));
}

proptest! {
    #[test]
    fn parse_is_total_and_lossless(text in prop_oneof![any::<String>(), legal_like()]) {
        assert_lossless(&parse(&text));
        assert_lossless(&parse(&canonicalise(&text)));
    }

    #[test]
    fn parse_gives_back_the_printed_tree(articles in statute()) {
        let (text, expected) = print_statute(&articles);
        let document = parse(&text);
        let found: Vec<String> =
            (1..document.provisions.len()).map(|at| document.locator(at).to_string()).collect();
        prop_assert_eq!(found, expected);
        prop_assert!(document.diagnostics.is_empty());
    }
}
