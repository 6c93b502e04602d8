//! Golden outlines, one text per diagnostic, and the properties of the parser as a whole.

use std::fmt::Write as _;

use super::*;
use crate::text::Span;
use crate::text::canonicalise;
use proptest::prelude::*;

/// The outline of a text: one line per provision with its own step and its heading.
fn outline(document: &Document) -> String {
    let line = |at: usize| {
        let depth = document.ancestors(at).count() - 1;
        let step = document
            .locator(at)
            .steps
            .first()
            .map(ToString::to_string)
            .unwrap_or_default();
        let heading = document
            .heading(at)
            .map(|h| format!(" | {h}"))
            .unwrap_or_default();
        format!("{}{step}{heading}", "  ".repeat(depth)).replace('\n', " / ")
    };
    (1..document.provisions.len())
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let document = parse(text);
    assert_lossless(&document);
    assert_eq!(outline(&document), expected.join("\n"));
}

#[track_caller]
fn check_diagnostic(text: &str, kind: DiagnosticKind) {
    let kinds: Vec<DiagnosticKind> = parse(text).diagnostics.iter().map(|d| d.kind).collect();
    assert!(kinds.contains(&kind), "`{kind}` not among {kinds:?}");
}

/// Own text and children, joined, are the span of every provision; every locator leads back.
#[track_caller]
fn assert_lossless(document: &Document) {
    assert_eq!(
        document.provisions[0].span,
        Span::new(0, document.text.len())
    );
    for (at, provision) in document.provisions.iter().enumerate() {
        let mut end = provision.own.end;
        assert_eq!(provision.own.start, provision.span.start);
        for child in document.children(at) {
            assert_eq!(document.provisions[child].span.start, end);
            assert_eq!(document.provisions[child].parent, Some(at));
            end = document.provisions[child].span.end;
        }
        assert_eq!(end, provision.span.end);
        assert!(provision.span.slice(&document.text).is_some());
        let locator = document.locator(at);
        assert_eq!(document.resolve(&locator), Some(at), "{locator}");
        assert_eq!(locator.to_string().parse(), Ok(locator));
    }
}

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

/// A procedure sheet with a typed table of contents and a form behind it.
const SHEET: &str = "| SỞ TƯ PHÁP | QUY TRÌNH | Mã hiệu: QT 11/CX-HCTP |

MỤC LỤC
SỬA ĐỔI TÀI LIỆU
1. MỤC ĐÍCH
2. PHẠM VI
3. NỘI DUNG QUY TRÌNH
4. BIỂU MẪU

| Họ tên | Nguyễn Văn A |

1. MỤC ĐÍCH
Quy định trình tự giải quyết.
2. PHẠM VI
Áp dụng cho cá nhân.
3. NỘI DUNG
a. Thành phần, số lượng hồ sơ:
- Tờ khai theo mẫu;
- Giấy tờ tùy thân.
b. Thời hạn giải quyết: Ngay trong ngày tiếp nhận hồ sơ.
c. Phí, lệ phí: - Miễn lệ phí.
d. Quy trình xử lý công việc:

| TT | Các bước |
| 1. | Tiếp nhận |

1. Các bước có thể tăng hoặc giảm.
2. Các bước được kiểm soát bằng phần mềm.
4. BIỂU MẪU
- Mẫu sổ theo dõi hồ sơ.

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

TỜ KHAI ĐĂNG KÝ KẾT HÔN
Kính gửi: ...
I. Thông tin bên nữ
II. Thông tin bên nam";

#[test]
fn parse_sheet_takes_its_headings_and_not_its_contents() {
    check(
        SHEET,
        &[
            "đoạn 1",
            "đoạn 2",
            "đoạn 3",
            "đoạn 4",
            "đoạn 5",
            "đoạn 6",
            "đoạn 7",
            "đoạn 8",
            "mục 1 | MỤC ĐÍCH",
            "mục 2 | PHẠM VI",
            "mục 3 | NỘI DUNG",
            "  điểm a | Thành phần, số lượng hồ sơ",
            "    đoạn 1",
            "    đoạn 2",
            "  điểm b | Thời hạn giải quyết",
            "  điểm c | Phí, lệ phí",
            "  điểm d | Quy trình xử lý công việc",
            "    đoạn 1",
            "    đoạn 2",
            "    đoạn 3",
            "    đoạn 4",
            "mục 4 | BIỂU MẪU",
            "Văn bản kèm theo | TỜ KHAI ĐĂNG KÝ KẾT HÔN",
            "  mục I | Thông tin bên nữ",
            "  mục II | Thông tin bên nam",
        ],
    );
}

#[test]
fn entries_of_a_sheet_are_passages_of_their_own() {
    let document = parse(SHEET);
    let passages = document.passages();
    let text = |locator: &str| {
        let at = document.resolve(&locator.parse().unwrap()).unwrap();
        let found = passages.iter().find(|passage| passage.provision == at);
        document.slice(found.unwrap().span).trim().to_owned()
    };
    assert_eq!(
        text("điểm b mục 3"),
        "b. Thời hạn giải quyết: Ngay trong ngày tiếp nhận hồ sơ."
    );
    assert_eq!(text("điểm c mục 3"), "c. Phí, lệ phí: - Miễn lệ phí.");
}

#[test]
fn front_of_a_sheet_and_empty_rows_are_no_passages() {
    let text = format!("{SHEET}\n\n| STT | Họ tên |\n| 1. | |\n");
    let document = parse(&text);
    let passages = document.passages();
    let texts: Vec<&str> = passages
        .iter()
        .map(|passage| document.slice(passage.span))
        .collect();
    assert!(texts[0].starts_with("1. MỤC ĐÍCH\nQuy định"), "{texts:?}");
    assert!(texts.iter().all(|text| text.contains(char::is_alphabetic)));
}

#[test]
fn parse_list_under_the_name_of_contents_that_is_the_text_stays() {
    check(
        "MỤC LỤC\n1. Hồ sơ\nNộp tại xã.\n2. Lệ phí\nMiễn.",
        &["mục 1 | Hồ sơ", "mục 2 | Lệ phí"],
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
fn parse_plain_article_has_paragraphs() {
    check(
        "Tin tức.\n\nDòng hai còn\ntiếp dòng ba.\nDòng bốn.",
        &["đoạn 1", "đoạn 2", "đoạn 3"],
    );
    check("", &[]);
}

#[test]
fn every_diagnostic_has_a_text() {
    let odd = |text| move |kind| check_diagnostic(text, kind);
    odd("Điều 1. A\nĐiều 2. B\nĐiều 4. C\nĐiều 5. D")(DiagnosticKind::ArticleGap);
    odd("Điều 1. A\n1. Một\n2. Hai\n4. Bốn\n5. Năm")(DiagnosticKind::NumberSkipped);
    odd("Điều 1. A\nĐiều 2. B\nĐiều 2. C\nĐiều 3. D")(DiagnosticKind::NumberRepeated);
    odd("Điều 1. A\nĐiều 2. B\nĐiều 1. C\nĐiều 2. D\nĐiều 3. E")(
        DiagnosticKind::NumberingRestarts,
    );
    odd("Điều 1. Sửa đổi\n1. Sửa đổi như sau:\n“2. Hai:\na) A.\nĐiều 2. Sửa đổi Luật B")(
        DiagnosticKind::QuoteUnclosed,
    );
    odd("Điều 1. A\nĐiều 2.\nĐiều 3. B")(DiagnosticKind::HeadingEmpty);
    odd("Điều 1. A\nĐiều 47. B\nĐiều 2. C")(DiagnosticKind::HeadingIgnored);
    odd("Một câu.")(DiagnosticKind::NoStructure);
}

#[test]
fn diagnostics_print_in_english() {
    let diagnostic = Diagnostic {
        kind: DiagnosticKind::ArticleGap,
        span: Span::new(3, 9),
    };
    assert_eq!(
        diagnostic.to_string(),
        "bytes 3..9: article number does not follow the one before it"
    );
}

#[test]
fn resolve_partial_and_wider_locators() {
    let document = parse(
        "Chương I\nCHUNG\nĐiều 1. A\n1. Một\n2. Hai\nĐiều 2. B\n1. Ba\nPhụ lục II\nBẢNG\nI. Một\nĐiều 1. C\nĐiều 2. D",
    );
    let found = |text: &str| {
        let at = document.resolve(&text.parse().expect(text));
        at.map(|at| document.locator(at).to_string())
            .unwrap_or_default()
    };
    assert_eq!(found("đ1k2"), "khoản 2 Điều 1");
    assert_eq!(found("khoản 2 Điều 1 Chương I"), "khoản 2 Điều 1");
    assert_eq!(found("chương 1"), "Chương I");
    assert_eq!(found("điều 2 phụ lục 2"), "Điều 2 Phụ lục II");
    assert_eq!(found("khoản 2"), "khoản 2 Điều 1");
    assert_eq!(found("Điều 9"), "");
}

#[test]
fn provision_at_finds_the_deepest() {
    let document = parse("BỘ X\nĐiều 1. A\n1. Một:\na) Hai;\nb) Ba.");
    let at = document.text.find("Ba").expect("a word");
    let provision = document.provision_at(Span::new(at, at + 2));
    assert_eq!(
        document.locator(provision).to_string(),
        "điểm b khoản 1 Điều 1"
    );
    assert_eq!(document.provision_at(Span::new(0, document.text.len())), 0);
}

#[test]
fn facts_come_from_head_and_closing_provisions() {
    let facts = parse(
        "BỘ TƯ PHÁP\nSố: 05/2025/TT-BTP\nHà Nội, ngày 09 tháng 5 năm 2025\nTHÔNG TƯ\nHướng dẫn đăng ký\n\
         Căn cứ Luật A số 60/2014/QH13;\nĐiều 1. Phạm vi\nMột.\nĐiều 2. Hiệu lực\n\
         1. Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2025.",
    )
    .facts;
    assert_eq!(
        facts.number.map(|n| n.to_string()).as_deref(),
        Some("05/2025/TT-BTP")
    );
    assert_eq!(facts.kind, Some(DocumentKind::Circular));
    assert_eq!(facts.issuer.as_deref(), Some("BỘ TƯ PHÁP"));
    assert_eq!(facts.issued, Date::new(2025, 5, 9));
    assert_eq!(facts.title.as_deref(), Some("Hướng dẫn đăng ký"));
    assert_eq!(facts.effective, Date::new(2025, 7, 1));
}

#[test]
fn facts_come_from_front_matter_and_tables() {
    let front = parse("---\nso_hieu: \"7/2026/NĐ-CP\"\nngay_hieu_luc: 2026-03-01\n---\nMột.").facts;
    assert_eq!(
        front.number.map(|n| n.to_string()).as_deref(),
        Some("07/2026/NĐ-CP")
    );
    assert_eq!(
        (front.kind, front.effective),
        (Some(DocumentKind::Decree), Date::new(2026, 3, 1))
    );
    let table = parse("| **Số hiệu** | 8/2026/NĐ-CP |\n| **Ngày ban hành** | 02/03/2026 |").facts;
    assert_eq!(
        (table.issued, table.issuer.as_deref()),
        (Date::new(2026, 3, 2), Some("Chính phủ"))
    );
}

#[test]
fn facts_from_the_day_of_signature() {
    let text =
        "Hà Nội, ngày 2 tháng 3 năm 2026\nĐiều 1. A\nĐiều 2. Nghị định này có hiệu lực từ ngày ký.";
    assert_eq!(parse(text).facts.effective, Date::new(2026, 3, 2));
}

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
