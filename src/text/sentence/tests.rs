//! Tests of [`sentences`].

use proptest::prelude::*;

use super::sentences;
use crate::text::canonicalise;

/// `expected` holds the sentences divided by `|`.
#[track_caller]
fn check(text: &str, expected: &str) {
    let found: Vec<&str> = sentences(text)
        .filter_map(|span| span.slice(text))
        .collect();
    assert_eq!(found.join("|"), expected);
}

#[test]
fn headings_and_labels_keep_their_stop() {
    check(
        "Điều 5. Hồ sơ\n1. Tờ khai. Bản sao.\na) Giấy",
        "Điều 5. Hồ sơ|1. Tờ khai.|Bản sao.|a) Giấy",
    );
    check(
        "Chương II. QUY ĐỊNH\nMục 1. Chung",
        "Chương II. QUY ĐỊNH|Mục 1. Chung",
    );
    check(
        "II. Nội dung\n2.1. Thẩm quyền",
        "II. Nội dung|2.1. Thẩm quyền",
    );
    check("Mẫu số 01. Tờ khai", "Mẫu số 01. Tờ khai");
    check(
        "Sửa như sau: “Điều 3a. Tên gọi. Nội dung.”",
        "Sửa như sau: “Điều 3a. Tên gọi.|Nội dung.”",
    );
}

#[test]
fn a_stop_after_a_cited_provision_ends_the_sentence() {
    check(
        "Theo Điều 5. Ủy ban xem xét.",
        "Theo Điều 5.|Ủy ban xem xét.",
    );
    check(
        "Theo 120/2025/NĐ-CP. Hồ sơ gồm",
        "Theo 120/2025/NĐ-CP.|Hồ sơ gồm",
    );
    check("Năm 2025. Hết", "Năm 2025.|Hết");
}

#[test]
fn abbreviations_do_not_end_a_sentence() {
    check(
        "Tại Tp. Hồ Chí Minh và TP. Huế.",
        "Tại Tp. Hồ Chí Minh và TP. Huế.",
    );
    check("TM. ỦY BAN\nKT. CHỦ TỊCH", "TM. ỦY BAN|KT. CHỦ TỊCH");
    check(
        "PGS.TS. Nguyễn Văn A ở Q. Ba Đình.",
        "PGS.TS. Nguyễn Văn A ở Q. Ba Đình.",
    );
    check(
        "Giấy tờ v.v. và ảnh. Xong, v.v. Hồ sơ",
        "Giấy tờ v.v. và ảnh.|Xong, v.v.|Hồ sơ",
    );
}

#[test]
fn a_capital_that_names_someone_ends_a_sentence() {
    check(
        "Ông Nguyễn Văn A. Bà B. Xã Q. Họ đến.",
        "Ông Nguyễn Văn A.|Bà B.|Xã Q.|Họ đến.",
    );
}

#[test]
fn numbers_and_dates_stay_whole() {
    check(
        "Từ 01.7.2025 là 1.500.000 đồng, số 66.7/2025. Hết.",
        "Từ 01.7.2025 là 1.500.000 đồng, số 66.7/2025.|Hết.",
    );
}

#[test]
fn closing_quotes_belong_to_the_sentence() {
    check(
        "“Phải nêu rõ lý do.” Ủy ban trả lời.",
        "“Phải nêu rõ lý do.”|Ủy ban trả lời.",
    );
    check("“Nêu rõ lý do.”; sau đó", "“Nêu rõ lý do.”; sau đó");
    check(
        "Có được không? Không! Vì sao…",
        "Có được không?|Không!|Vì sao…",
    );
}

#[test]
fn a_wrapped_line_continues_and_an_item_does_not() {
    check(
        "Ủy ban nhân dân\ncấp xã tiếp nhận\n\nvà trả",
        "Ủy ban nhân dân\ncấp xã tiếp nhận|và trả",
    );
    check(
        "Hồ sơ gồm\na) Tờ khai;\nb) Ảnh;\nđ) Khác",
        "Hồ sơ gồm|a) Tờ khai;|b) Ảnh;|đ) Khác",
    );
    check("Gồm:\ntờ khai;\nảnh.", "Gồm:|tờ khai;|ảnh.");
}

#[test]
fn a_list_in_one_line_is_split_at_its_labels() {
    check(
        "Gồm: a) Tờ khai; ảnh; b) Giấy. c) Khác",
        "Gồm:|a) Tờ khai; ảnh;|b) Giấy.|c) Khác",
    );
    check("Gồm: 1. Tờ khai. 2. Ảnh", "Gồm: 1. Tờ khai.|2. Ảnh");
}

#[test]
fn dotted_lines_of_forms_do_not_split() {
    check(
        "Họ và tên: ........ Giới tính: …… Ngày",
        "Họ và tên: ........ Giới tính: …… Ngày",
    );
}

fn legal_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Điều 5.",
        " ",
        "\n",
        "\n\n",
        "a)",
        "1.",
        "2.1.",
        "TP.",
        "Huế",
        "ủy ban",
        "Ủy ban",
        ";",
        ":",
        "”",
        "“",
        "…",
        "...",
        "NĐ-CP.",
        "v.v.",
        "01.7.2025",
        "?",
        "(",
        ")",
        "Q.",
        "xã",
        "\u{301}",
        "đ2)",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn sentences_are_trimmed_ordered_and_cover_the_text(text in prop_oneof![any::<String>(), legal_text()]) {
        let mut end = 0;
        for span in sentences(&text) {
            let sentence = span.slice(&text).unwrap();
            prop_assert!(!sentence.is_empty() && sentence.trim() == sentence);
            prop_assert!(text.get(end..span.start).unwrap().trim().is_empty());
            end = span.end;
        }
        prop_assert!(text.get(end..).unwrap().trim().is_empty());
    }

    #[test]
    fn a_sentence_never_crosses_an_empty_line(text in legal_text()) {
        let text = canonicalise(&text);
        for span in sentences(&text) {
            prop_assert!(!span.slice(&text).unwrap().contains("\n\n"));
        }
    }
}
