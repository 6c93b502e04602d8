//! Tests of [`expand`] over both tables.

use proptest::prelude::*;

use super::administrative::ADMINISTRATIVE;
use super::chat::CHAT;
use super::expand;
use super::row::Rule;
use crate::text::{Span, canonicalise, words};

#[track_caller]
fn check(question: &str, expected: &str) {
    let once = expand(question);
    assert_eq!(once.text, expected);
    assert_eq!(expand(&once.text).text, once.text, "not stable");
}

#[test]
fn every_unambiguous_row_expands() {
    for (short, rule, readings) in ADMINISTRATIVE
        .iter()
        .chain(CHAT)
        .filter(|row| row.2.len() == 1)
    {
        let question = match rule {
            Rule::Name => continue,
            Rule::Dotted => format!("xét {short}. việc"),
            _ if *short == "ad" => format!("Xét việc {short}"),
            _ => format!("Xét {short} việc"),
        };
        let expected = format!(" {} ", readings[0]);
        assert!(
            format!("{} ", expand(&question).text).contains(&expected),
            "{question}: {}",
            expand(&question).text
        );
    }
}

#[test]
fn every_ambiguous_row_is_offered_or_settled() {
    for (short, _, readings) in ADMINISTRATIVE
        .iter()
        .chain(CHAT)
        .filter(|row| row.2.len() > 1)
    {
        let found = expand(&format!("Xét {short} luôn"));
        assert_eq!(found.alternatives, *readings, "{short}");
        assert_eq!(found.text, format!("Xét {short} luôn"));
    }
}

#[test]
fn names_stay_and_are_searched_for_in_full() {
    let found = expand("Dùng VNeID và AI");
    assert_eq!(found.text, "Dùng VNeID và AI");
    assert_eq!(
        found.alternatives,
        ["ứng dụng định danh điện tử quốc gia", "trí tuệ nhân tạo"]
    );
    assert!(expand("AI CÓ QUYỀN KÝ").alternatives.is_empty());
    assert!(expand("ai có quyền ký").alternatives.is_empty());
}

#[test]
fn questions_of_officers_are_understood() {
    check(
        "Dân nộp TTHC trái địa bàn, em nhận dc k, thẩm quyền vẫn là xã kia hả?",
        "Dân nộp thủ tục hành chính trái địa bàn, em nhận được không, thẩm quyền vẫn là xã kia hả?",
    );
    check(
        "Con e sinh dc 70 ngày, bị phạt j k?",
        "Con em sinh được 70 ngày, bị phạt gì không?",
    );
    check(
        "Kết hôn YTNN trc 15 ngày giờ còn mấy ngày z?",
        "Kết hôn yếu tố nước ngoài trước 15 ngày giờ còn mấy ngày vậy?",
    );
    check(
        "dân k có sổ thì CT xã hay CT tỉnh?",
        "dân không có sổ thì chủ tịch xã hay chủ tịch tỉnh?",
    );
    check(
        "Mức 500k chuẩn trợ giúp XH còn đúng k ad?",
        "Mức 500.000 chuẩn trợ giúp xã hội còn đúng không quản trị viên?",
    );
    check(
        "Lương cs bây h là bao nhiêu",
        "Lương cơ sở bây giờ là bao nhiêu",
    );
    check(
        "giờ làm vc của TTPVHCC",
        "giờ làm việc của trung tâm phục vụ hành chính công",
    );
    check(
        "phạt VPHC bnhieu tiền, theo NĐ nào?",
        "phạt vi phạm hành chính bao nhiêu tiền, theo nghị định nào?",
    );
    check("còn hiệu lực k a?", "còn hiệu lực không a?");
    check(
        "Sổ đỏ lần đầu mất mấy ngày LV",
        "giấy chứng nhận quyền sử dụng đất lần đầu mất mấy ngày làm việc",
    );
}

#[test]
fn questions_without_diacritics_stay_without() {
    check(
        "ubnd xa cap gcn trong may ngay",
        "uy ban nhan dan xa cap giay chung nhan trong may ngay",
    );
    check(
        "nd 120/2025 con hieu luc k",
        "nghi dinh 120/2025 con hieu luc khong",
    );
    check(
        "tt 25/2025 va qd 06 noi gi",
        "thong tu 25/2025 va quyet dinh 06 noi gi",
    );
    check("TTHC", "thủ tục hành chính");
    assert!(expand("ho so do ai cap").alternatives.is_empty());
    assert_eq!(
        expand("cap so do lan dau").alternatives,
        ["giay chung nhan quyen su dung dat"]
    );
}

#[test]
fn capitals_throughout_are_no_sign() {
    check("CA NƯỚC CÓ MẤY UBND", "CA NƯỚC CÓ MẤY ỦY BAN NHÂN DÂN");
}

#[test]
fn document_numbers_and_locators_survive() {
    for text in [
        "120/2025/NĐ-CP",
        "khoản 2 Điều 5 Nghị định 120/2025/NĐ-CP",
        "Luật 136/2025/QH15",
        "đ5k2",
        "k2 đ5",
        "khoản k, điểm k, điểm e",
        "điểm a, e và k khoản 1",
        "điểm đ khoản 3 Điều 16",
        "01/HD-UBND-MẪU",
        "TT-BYT và QĐ-UBND",
        "5.000 đ 2 bản, 2tr, 2 triệu rưỡi",
    ] {
        check(text, text);
    }
    check("QĐ 06/QĐ-TTg", "Quyết định 06/QĐ-TTg");
    check("TT số 25/2025/TT-BYT", "Thông tư số 25/2025/TT-BYT");
    check(
        "khoản 2 Điều 5 NĐ 120/2025",
        "khoản 2 Điều 5 Nghị định 120/2025",
    );
    check(
        "NĐ154/2026, tt25/2025",
        "Nghị định 154/2026, thông tư 25/2025",
    );
    check("đ đ k 3 Đ 16", "điểm đ khoản 3 Điều 16");
    check("điều 5 k 2 nói gì", "điều 5 khoản 2 nói gì");
    check("có k 2 ngày nữa", "có không 2 ngày nữa");
}

#[test]
fn neighbours_settle_ambiguous_forms() {
    check("giải quyết KN, TC", "giải quyết khiếu nại, tố cáo");
    check("Sở TC và HN tại xã", "Sở tài chính và HN tại xã");
    check(
        "PCT UBND và CT HĐND",
        "phó chủ tịch ủy ban nhân dân và chủ tịch hội đồng nhân dân",
    );
    check(
        "TT phục vụ hành chính công",
        "trung tâm phục vụ hành chính công",
    );
    check("kh 12/KH-UBND đã có kh", "kế hoạch 12/KH-UBND đã có không");
    check("thuộc HN hay HCN", "thuộc hộ nghèo hay hộ cận nghèo");
}

#[test]
fn kh_is_a_negation_only_where_its_neighbours_say_so() {
    check(
        "viec thue viet kieu lam lanh dao to chuc kh cong lap ko",
        "viec thue viet kieu lam lanh dao to chuc khoa hoc cong lap khong",
    );
    check(
        "theo kh của UBND xã",
        "theo kế hoạch của ủy ban nhân dân xã",
    );
    check("phải lập kh năm 2026", "phải lập kế hoạch năm 2026");
    check(
        "mẹ kh có sổ, nộp online dc kh ad",
        "mẹ không có sổ, nộp online được không quản trị viên",
    );
    check(
        "đã cấp sổ kh? Nếu chưa thì sao",
        "đã cấp sổ không? Nếu chưa thì sao",
    );
    check("so kh&cn di dau", "so khoa hoc va cong nghe di dau");
    check(
        "Sở KH&CN, Sở KH&ĐT",
        "Sở khoa học và công nghệ, Sở kế hoạch và đầu tư",
    );
    check("ai ban hành KH", "ai ban hành kế hoạch");
    let open = expand("cho hỏi kh tiếp theo");
    assert_eq!(open.text, "cho hỏi kh tiếp theo");
    assert_eq!(
        open.alternatives,
        ["không", "kế hoạch", "khoa học", "khách hàng"]
    );
}

#[test]
fn ns_is_the_budget_or_speech() {
    check("quyet toan ns nam 2016", "quyet toan ngan sach nam 2016");
    check("nghe cán bộ ns là xong", "nghe cán bộ nói là xong");
}

#[test]
fn small_roman_numerals_are_no_chat_words() {
    for text in [
        "chương v nói gì",
        "phụ lục v và mục v",
        "theo chuong v, muc i va v",
        "chương i, ii và v",
    ] {
        check(text, text);
    }
    check("sao lạ v", "sao lạ vậy");
    check("lấy danh mục v", "lấy danh mục vậy");
    check("trích lục v", "trích lục vậy");
}

#[test]
fn abbreviations_with_marks_inside_are_one() {
    check(
        "BT, HT, TĐC do P.KT lập",
        "bồi thường, hỗ trợ, tái định cư do phòng kinh tế lập",
    );
    check(
        "VP HĐND&UBND, bộ phận TP-HT",
        "văn phòng hội đồng nhân dân và ủy ban nhân dân, bộ phận tư pháp – hộ tịch",
    );
    check(
        "ký TM. UBND, v.v. v/v nghỉ",
        "ký thay mặt ủy ban nhân dân, v.v. về việc nghỉ",
    );
}

#[test]
fn notes_point_into_the_original() {
    let found = expand("Hỏi UBND k?");
    let expected = [
        (Span::new(6, 10), "ủy ban nhân dân".to_owned()),
        (Span::new(11, 12), "không".to_owned()),
    ];
    assert_eq!(found.notes, expected);
}

/// Words of the collected questions, and short forms in several spellings.
fn vocabulary() -> Vec<String> {
    let questions = "Theo quy định hiện hành, Ủy ban nhân dân xã Phó Chủ tịch ca nuoc hien co bao nhieu don vi \
        Nghị định số 120/2025/NĐ-CP 61/2018 ai bi tai nan di ho tro mở quán tạp hóa 70 ngày điểm khoản Điều 5 \
        2 16 đ d , . ? sổ đỏ so do giay lam truong Ông A thôn 3 luật bộ sở phòng của theo là tại người v.v. 500k lương";
    let short = ADMINISTRATIVE.iter().chain(CHAT).map(|row| row.0);
    let lower = short.clone().map(str::to_lowercase);
    questions
        .split_whitespace()
        .map(str::to_owned)
        .chain(short.map(str::to_owned))
        .chain(lower)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]
    #[test]
    fn expanding_twice_changes_nothing(words in prop::collection::vec(prop::sample::select(vocabulary()), 0..9)) {
        let once = expand(&words.join(" ")).text;
        prop_assert_eq!(expand(&once).text, once);
    }

    #[test]
    fn notes_fit_the_question_and_rebuild_the_text(text in prop_oneof![
        any::<String>(),
        prop::collection::vec(prop::sample::select(vocabulary()), 0..9).prop_map(|words| words.join(" ")),
    ]) {
        let found = expand(&text);
        let mut rebuilt = String::new();
        let mut end = 0;
        for (span, full) in &found.notes {
            rebuilt.push_str(text.get(end..span.start).unwrap());
            rebuilt.push_str(full);
            end = span.end;
        }
        rebuilt.push_str(text.get(end..).unwrap());
        prop_assert_eq!(rebuilt, found.text);
    }

    #[test]
    fn numbers_survive(text in "(NĐ|TT|QĐ|k|đ|ngày) [0-9]{1,3}/20[0-9]{2}/(NĐ-CP|TT-BYT|QĐ-TTg) (dc|k|UBND)") {
        let digits = |t: &str| words(t).map(|(w, _)| w.to_owned()).filter(|w| w.starts_with(|c: char| c.is_ascii_digit())).collect::<Vec<_>>();
        prop_assert_eq!(digits(&expand(&text).text), digits(&canonicalise(&text)));
    }
}
