//! Guidance: situations, questions, headings by number or by Markdown.

use super::*;

#[test]
fn parse_decorations_do_not_hide_headings() {
    check(
        "## CHƯƠNG I\n**QUY ĐỊNH CHUNG**\n### Điều 1. Phạm vi\n**1.** Một.\n**2.** Hai.\n\
         **Điều 2.** Đối tượng\n> Điều 3: Khác\nĐIỀU 4\nPhí",
        &[
            "Chương I | QUY ĐỊNH CHUNG",
            "  Điều 1 | Phạm vi",
            "    khoản 1",
            "    khoản 2",
            "  Điều 2 | Đối tượng",
            "  Điều 3 | Khác",
            "  Điều 4 | Phí",
        ],
    );
}

#[test]
fn parse_situations_are_cases_with_points() {
    check(
        "Tài liệu tập huấn\n1. Tình huống số 01: Hồ sơ thiếu\na) Bối cảnh\nMột.\nHai.\nb) Gợi ý\nBa.\n\
         2. Tình huống số 02: Quá hạn\na) Bối cảnh\nBốn.",
        &[
            "Tình huống 1 | Hồ sơ thiếu",
            "  điểm a | Bối cảnh",
            "    đoạn 1",
            "    đoạn 2",
            "  điểm b | Gợi ý",
            "Tình huống 2 | Quá hạn",
            "  điểm a | Bối cảnh",
        ],
    );
}

#[test]
fn parse_questions_and_answers() {
    check(
        "Câu 1. Nộp ở đâu?\nTrả lời: Tại xã.\nCâu hỏi 2: Bao lâu?\nTrả lời: 3 ngày.\nCâu 3. Phí?\nKhông.",
        &["Câu 1 | Nộp ở đâu?", "Câu 2 | Bao lâu?", "Câu 3 | Phí?"],
    );
}

#[test]
fn parse_decimal_headings_nest_below_roman() {
    check(
        "I. Mục đích\nLời.\n1.1. Chung\nMột.\n1.2. Riêng\nHai.\nII. Nhiệm vụ\n2.1. Chung\nBa.",
        &[
            "mục I | Mục đích",
            "  mục 1.1 | Chung",
            "  mục 1.2 | Riêng",
            "mục II | Nhiệm vụ",
            "  mục 2.1 | Chung",
        ],
    );
}

#[test]
fn parse_numbers_before_the_only_markdown_headings_are_headings() {
    check(
        "1. Hồ sơ\nNộp tại xã.\n2. Lệ phí\nMiễn.\n## TỜ KHAI\nHọ tên",
        &["mục 1 | Hồ sơ", "mục 2 | Lệ phí", "mục thứ 1 | TỜ KHAI"],
    );
}

#[test]
fn parse_markdown_headings_and_table_rows() {
    check(
        "# Sổ tay\n## Hồ sơ\n| Tên | Số |\n|---|---|\n| Tờ khai | 1 |\n| Bản sao | 2 |\n## 2. Phí\nKhông thu.",
        &[
            "mục thứ 1 | Sổ tay",
            "  mục thứ 1 | Hồ sơ",
            "    đoạn 1",
            "    đoạn 2",
            "    đoạn 3",
            "  mục 2 | Phí",
        ],
    );
}

#[test]
fn parse_lines_that_all_carry_one_number_takes_no_square_of_the_time() {
    let started = std::time::Instant::now();
    for line in [
        "1. a\n",
        "a) a\n",
        "| a |\n",
        "Điều 1. a\n",
        "Quốc hội nước Cộng hòa\n",
    ] {
        assert!(!parse(&line.repeat(100_000)).provisions.is_empty());
    }
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}
