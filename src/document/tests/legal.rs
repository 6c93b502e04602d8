//! Legal texts: Điều, khoản, điểm, appendices, quoted amendments.

use super::*;

#[test]
fn parse_legal_text_nests_all_levels() {
    check(
        "ỦY BAN X\nSố: 1/NQ-HĐND\nPhần thứ nhất\nCHUNG\nChương I\nQUY ĐỊNH CHUNG\nMục 1. ĐĂNG KÝ\n\
         Điều 1. Phạm vi\nLời dẫn:\n1. Một:\na) A;\nb) B;\nc) C;\nd) D;\nđ) Đ:\nđ1) Một;\nđ2) Hai.\n\
         2. Hai.\n2a. Chèn.\nĐiều 2. Đối tượng\nMột câu.\nMục 2\nTHU HỒI\nĐiều 2a. Chèn\n\
         Chương II\nTHI HÀNH\nĐiều 3. Hiệu lực\nNơi nhận:\n- Như trên.",
        &[
            "Phần thứ nhất | CHUNG",
            "  Chương I | QUY ĐỊNH CHUNG",
            "    Mục 1 | ĐĂNG KÝ",
            "      Điều 1 | Phạm vi",
            "        khoản 1",
            "          điểm a",
            "          điểm b",
            "          điểm c",
            "          điểm d",
            "          điểm đ",
            "            tiết đ1",
            "            tiết đ2",
            "        khoản 2",
            "        khoản 2a",
            "      Điều 2 | Đối tượng",
            "    Mục 2 | THU HỒI",
            "      Điều 2a | Chèn",
            "  Chương II | THI HÀNH",
            "    Điều 3 | Hiệu lực",
            "phần ký",
        ],
    );
}

#[test]
fn parse_wrapped_references_are_no_headings() {
    check(
        "Điều 1. Phạm vi\n1. Theo quy định tại\nĐiều 5 của Luật này và\nkhoản 2 Điều 3; trong\n\
         30. tháng kể từ ngày\nĐiều 9.\n2. Hai.\nĐiều 2. Đối tượng",
        &[
            "Điều 1 | Phạm vi",
            "  khoản 1",
            "  khoản 2",
            "Điều 2 | Đối tượng",
        ],
    );
}

#[test]
fn parse_quoted_divisions_stay_text() {
    let amending = |open: &str, close: &str| {
        format!(
            "Điều 1. Sửa đổi Luật A\n1. Sửa đổi Điều 2 như sau:\n{open}Điều 2. Tên\n1. Một;\n2. Hai.\n\
             Điều 3. Tên khác\n1. Ba.{close}.\n2. Sửa đổi khoản 2 Điều 7 như sau:\n{open}2. Bốn:\n\
             a) A;\nb) B.{close}\nĐiều 2. Hiệu lực\nMột câu."
        )
    };
    let expected = &[
        "Điều 1 | Sửa đổi Luật A",
        "  khoản 1",
        "  khoản 2",
        "Điều 2 | Hiệu lực",
    ];
    check(&amending("“", "”"), expected);
    check(&amending("\"", "\""), expected);
}

#[test]
fn parse_unclosed_quote_ends_at_next_announcement() {
    check(
        "Điều 1. Sửa đổi Luật A\n1. Sửa đổi khoản 3 như sau:\n“3. Một:\na) A.\n2. Sửa đổi khoản 9 như sau:\n\
         “9. Chín.”\nĐiều 2. Hiệu lực",
        &[
            "Điều 1 | Sửa đổi Luật A",
            "  khoản 1",
            "  khoản 2",
            "Điều 2 | Hiệu lực",
        ],
    );
}

#[test]
fn parse_appendix_and_attachment_restart_numbering() {
    check(
        "Điều 1. Ban hành\nĐiều 2. Hiệu lực\nTM. CHÍNH PHỦ\nQUY CHẾ\nLàm việc\n(Kèm theo Nghị định số 1)\n\
         Điều 1. Phạm vi\nĐiều 2. Nguyên tắc\nPhụ lục I\nDANH MỤC HỒ SƠ\nI. GIẤY TỜ\n1. Tờ khai\n2. Bản sao\n\
         II. LỆ PHÍ\nMẫu số 01. Tờ khai\nĐiều 1. Bên A\nĐiều 2. Bên B",
        &[
            "Điều 1 | Ban hành",
            "Điều 2 | Hiệu lực",
            "phần ký",
            "Quy chế kèm theo | QUY CHẾ",
            "  Điều 1 | Phạm vi",
            "  Điều 2 | Nguyên tắc",
            "Phụ lục I | DANH MỤC HỒ SƠ",
            "  mục I | GIẤY TỜ",
            "    mục 1 | Tờ khai",
            "    mục 2 | Bản sao",
            "  mục II | LỆ PHÍ",
            "  Mẫu số 1 | Tờ khai",
            "    Điều 1 | Bên A",
            "    Điều 2 | Bên B",
        ],
    );
}

#[test]
fn parse_mention_of_appendix_is_no_container() {
    check(
        "Điều 1. Phạm vi\nTheo mẫu tại\nPhụ lục I\nban hành kèm theo.\nĐiều 2. Hiệu lực",
        &["Điều 1 | Phạm vi", "Điều 2 | Hiệu lực"],
    );
}

#[test]
fn parse_plain_article_has_paragraphs() {
    check(
        "Tin tức.\n\nDòng hai còn\ntiếp dòng ba.\nDòng bốn.",
        &["đoạn 1", "đoạn 2", "đoạn 3"],
    );
    check("", &[]);
}
