//! Clauses in the forms of real closing and amending provisions, in words of our own.

use crate::document::Date;
use crate::document::parse;
use crate::text::canonicalise;

const HEAD: &str = "CHÍNH PHỦ\nSố: 300/2026/NĐ-CP\nHà Nội, ngày 02 tháng 3 năm 2026\nNGHỊ ĐỊNH\n";
const CLOSING: &str = "\nĐiều 90. Hiệu lực\nNghị định này có hiệu lực từ ngày 01 tháng 7 năm 2026.";

/// One line a relation: kind, document, places, words, first and last day where they are not the
/// day of entry.
fn read(body: &str) -> Vec<String> {
    let document = parse(&canonicalise(&format!("{HEAD}{body}{CLOSING}")));
    let line = |relation: &crate::document::Relation| {
        let target = &relation.target;
        let places: Vec<String> = target.locators.iter().map(ToString::to_string).collect();
        let places = match (places.is_empty(), target.is_partial) {
            (true, true) => "một phần".to_owned(),
            (true, false) => "toàn văn".to_owned(),
            _ => places.join("; "),
        };
        let words = target.phrase.as_ref().map_or_else(String::new, |phrase| {
            let new = phrase
                .new
                .as_deref()
                .map_or_else(String::new, |new| format!("→{new}"));
            format!(" «{}»{new}", phrase.old)
        });
        let from = relation.from.map(Date::to_iso).unwrap_or_default();
        let from = Some(from).filter(|from| from != "2026-07-01");
        let from = from.map_or_else(String::new, |from| format!(" @{from}"));
        let until = relation
            .until
            .map_or_else(String::new, |day| format!("–{}", day.to_iso()));
        let name = relation.kind.name();
        format!("{name} {} [{places}]{words}{from}{until}", target.document)
    };
    document.relations().iter().map(line).collect()
}

#[track_caller]
fn check(body: &str, expected: &[&str]) {
    assert_eq!(read(body), expected, "{body}");
}

#[test]
fn whole_documents_are_replaced_and_repealed() {
    check(
        "Điều 1. Hiệu lực\n1. Nghị định này thay thế Nghị định số 15/2014/NĐ-CP ngày 01/3/2014 của \
         Chính phủ quy định về hộ tịch.\n2. Bãi bỏ Quyết định số 12/2010/QĐ-TTg.",
        &[
            "replaces 15/2014/NĐ-CP [toàn văn]",
            "repeals 12/2010/QĐ-TTg [toàn văn]",
        ],
    );
    check(
        "Điều 1. Hiệu lực\nNghị định này có hiệu lực từ ngày ký, thay thế cho Nghị định 15/2014/NĐ-CP \
         và Nghị định số 16/2014/NĐ-CP.",
        &[
            "replaces 15/2014/NĐ-CP [toàn văn] @2026-03-02",
            "replaces 16/2014/NĐ-CP [toàn văn] @2026-03-02",
        ],
    );
}

#[test]
fn passive_clauses_carry_their_day() {
    check(
        "Điều 1. Hiệu lực\nNghị định số 15/2014/NĐ-CP của Chính phủ về hộ tịch hết hiệu lực kể từ ngày \
         01 tháng 9 năm 2026.",
        &["repeals 15/2014/NĐ-CP [toàn văn] @2026-09-01"],
    );
    check(
        "Điều 1. Hiệu lực\n2. Kể từ ngày Nghị định này có hiệu lực thi hành, Nghị định số \
         06/2014/NĐ-CP hết hiệu lực thi hành.\n3. Nghị định số 07/2014/NĐ-CP hết hiệu lực kể từ ngày \
         Luật Đầu tư có hiệu lực.",
        &[
            "repeals 06/2014/NĐ-CP [toàn văn]",
            "repeals 07/2014/NĐ-CP [toàn văn] @",
        ],
    );
}

#[test]
fn members_of_a_list_inherit_its_verb_and_day() {
    check(
        "Điều 1. Hiệu lực\n2. Các văn bản sau đây hết hiệu lực thi hành kể từ ngày 01/8/2026:\na) Nghị \
         định số 15/2014/NĐ-CP ngày 01/3/2014;\nb) Điều 3 Nghị định số 16/2015/NĐ-CP về hộ tịch;\nc) Các \
         quy định về lệ phí tại Nghị định số 17/2016/NĐ-CP.",
        &[
            "repeals 15/2014/NĐ-CP [toàn văn] @2026-08-01",
            "repeals 16/2015/NĐ-CP [Điều 3] @2026-08-01",
            "repeals 17/2016/NĐ-CP [một phần] @2026-08-01",
        ],
    );
    check(
        "Điều 1. Hiệu lực\n2. Nghị định này thay thế:\na) Nghị định số 15/2014/NĐ-CP;\nb) Nghị định số \
         16/2015/NĐ-CP.",
        &[
            "replaces 15/2014/NĐ-CP [toàn văn]",
            "replaces 16/2015/NĐ-CP [toàn văn]",
        ],
    );
}

#[test]
fn amended_provisions_are_named_down_to_the_point() {
    check(
        "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 15/2014/NĐ-CP\n1. Sửa đổi, bổ sung điểm \
         b và điểm c khoản 4 Điều 15 như sau:\n“b) Nghị định này thay thế Nghị định số 1/2001/NĐ-CP;\nc) \
         Khai tử.”\n2. Bổ sung Điều 7a vào sau Điều 7 như sau:\n“Điều 7a. Khai sinh”\n3. Bãi bỏ khoản 2 \
         Điều 9.",
        &[
            "amends 15/2014/NĐ-CP [một phần]",
            "amends 15/2014/NĐ-CP [điểm b khoản 4 Điều 15; điểm c khoản 4 Điều 15]",
            "amends 15/2014/NĐ-CP [Điều 7a]",
            "repeals 15/2014/NĐ-CP [khoản 2 Điều 9]",
        ],
    );
    check(
        "Điều 1. Sửa đổi Nghị định\n1. Sửa đổi, bổ sung Điều 9 Nghị định số 15/2014/NĐ-CP như sau:\na) \
         Bổ sung điểm c sau điểm b khoản 2 như sau:\n“c) Khai sinh”\nb) Bãi bỏ khoản 3.",
        &[
            "amends 15/2014/NĐ-CP [Điều 9]",
            "amends 15/2014/NĐ-CP [điểm c khoản 2 Điều 9]",
            "repeals 15/2014/NĐ-CP [khoản 3 Điều 9]",
        ],
    );
}

#[test]
fn document_that_the_title_amends_need_not_be_named_again() {
    check(
        "Sửa đổi, bổ sung một số điều của Nghị định số 15/2014/NĐ-CP\nĐiều 1. Sửa đổi, bổ sung Điều 4 như \
         sau:\n“Điều 4. Khai sinh”\nĐiều 2. Bãi bỏ\n1. Bãi bỏ khoản 2 Điều 9.\n2. Bãi bỏ các văn bản sau \
         đây:\na) Nghị định số 16/2015/NĐ-CP;\nb) Nghị định số 17/2015/NĐ-CP.",
        &[
            "amends 15/2014/NĐ-CP [một phần]",
            "amends 15/2014/NĐ-CP [Điều 4]",
            "repeals 15/2014/NĐ-CP [khoản 2 Điều 9]",
            "repeals 16/2015/NĐ-CP [toàn văn]",
            "repeals 17/2015/NĐ-CP [toàn văn]",
        ],
    );
}

#[test]
fn laws_of_one_title_are_told_apart_by_their_year() {
    let text = "LUẬT\nĐẦU TƯ\nCăn cứ Luật Đầu tư số 61/2020/QH14;\nĐiều 1. Hiệu lực\nLuật Đầu tư năm 2014 hết hiệu \
                lực từ ngày 01/01/2021.";
    let relations = parse(text).relations();
    assert_eq!(relations.len(), 1);
    assert_eq!(
        relations[0].target.document.to_string(),
        "Luật Đầu tư năm 2014"
    );
}

#[test]
fn changes_of_words_are_told_apart() {
    check(
        "Điều 1. Thay thế, bãi bỏ một số cụm từ của Nghị định số 15/2014/NĐ-CP\n1. Thay thế cụm từ “cấp \
         huyện” bằng cụm từ “cấp xã” tại khoản 1 Điều 3, Điều 5.\n2. Bãi bỏ cụm từ “và huyện” tại Điều 8.",
        &[
            "amends 15/2014/NĐ-CP [khoản 1 Điều 3; Điều 5] «cấp huyện»→cấp xã",
            "repeals 15/2014/NĐ-CP [Điều 8] «và huyện»",
        ],
    );
}

#[test]
fn what_is_told_of_others_is_no_relation() {
    for body in [
        "Căn cứ Luật Hộ tịch số 60/2014/QH13 đã được sửa đổi, bổ sung một số điều theo Luật số \
         5/2020/QH14;\nĐiều 1. Phạm vi\nKhai sinh.",
        "Điều 1. Hồ sơ\nHồ sơ nộp theo Nghị định số 15/2014/NĐ-CP đã được sửa đổi, bổ sung bởi Nghị định \
         số 16/2015/NĐ-CP.",
        "Điều 1. Áp dụng\nTrường hợp các văn bản dẫn chiếu tại Nghị định này được sửa đổi, bổ sung hoặc \
         thay thế thì áp dụng văn bản mới.",
        "Điều 1. Chuyển tiếp\nGiấy phép cấp theo Nghị định số 15/2014/NĐ-CP hết hiệu lực thì được cấp \
         lại.",
        "Điều 1. Chuyển tiếp\nHồ sơ nộp trước ngày Nghị định số 15/2014/NĐ-CP hết hiệu lực được giải \
         quyết tiếp.",
        "Điều 1. Bổ sung thông tin\n1. Sửa đổi hồ sơ theo quy định tại Nghị định số 24/2024/NĐ-CP.",
    ] {
        check(body, &[]);
    }
}

#[test]
fn titles_of_objects_name_no_objects() {
    check(
        "Điều 1. Hiệu lực\n1. Nghị định số 13/2022/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số \
         132/2008/NĐ-CP, Nghị định số 74/2018/NĐ-CP và Nghị định số 86/2012/NĐ-CP hết hiệu lực từ ngày \
         01/7/2026.",
        &["repeals 13/2022/NĐ-CP [toàn văn]"],
    );
    check(
        "Điều 1. Hiệu lực\n1. Các Nghị định số 153/2020/NĐ-CP về trái phiếu, Nghị định số 65/2022/NĐ-CP \
         sửa đổi một số điều của Nghị định số 153/2020/NĐ-CP và Nghị định số 08/2023/NĐ-CP ngày 05/3/2023 \
         sửa đổi các Nghị định về trái phiếu hết hiệu lực từ ngày 01/7/2026.",
        &[
            "repeals 153/2020/NĐ-CP [toàn văn]",
            "repeals 65/2022/NĐ-CP [toàn văn]",
            "repeals 08/2023/NĐ-CP [toàn văn]",
        ],
    );
}

#[test]
fn lower_texts_end_no_higher_ones() {
    check(
        "Điều 1. Hiệu lực\nBãi bỏ Luật Hộ tịch số 60/2014/QH13.",
        &[],
    );
}

#[test]
fn titles_and_scopes_say_what_is_guided() {
    check(
        "Quy định chi tiết một số điều của Luật Hộ tịch và Nghị định số 15/2014/NĐ-CP\nCăn cứ Luật Hộ tịch \
         số 60/2014/QH13;\nĐiều 1. Phạm vi\nNghị định này quy định chi tiết Điều 5, khoản 2 Điều 7 của Luật \
         Hộ tịch.",
        &[
            "guides 60/2014/QH13 [một phần]",
            "guides 15/2014/NĐ-CP [một phần]",
            "guides 60/2014/QH13 [Điều 5; khoản 2 Điều 7]",
        ],
    );
}

#[test]
fn laws_without_a_number_keep_their_title() {
    let text = "LUẬT\nCÔNG ĐOÀN\nĐiều 1. Hiệu lực\nLuật này có hiệu lực từ ngày 01/01/2013. Luật Công đoàn \
                năm 1990 hết hiệu lực kể từ ngày Luật này có hiệu lực.";
    let relations = parse(text).relations();
    assert_eq!(relations.len(), 1);
    assert_eq!(
        relations[0].target.document.to_string(),
        "Luật Công đoàn năm 1990"
    );
    assert_eq!(
        relations[0].from.map(Date::to_iso).as_deref(),
        Some("2013-01-01")
    );
}

#[test]
fn suspensions_end() {
    check(
        "Điều 1. Ngưng hiệu lực thi hành\n1. Đối với Nghị định số 15/2014/NĐ-CP về hộ tịch:\na) Ngưng hiệu \
         lực thi hành từ ngày 01/8/2026 đến ngày 15/9/2026, trừ khoản 1 Điều 37.\nb) Ngưng hiệu lực khoản \
         1 Điều 37 từ ngày 01/8/2026 đến hết ngày 31/12/2026.",
        &[
            "suspends 15/2014/NĐ-CP [toàn văn] @2026-08-01–2026-09-15",
            "suspends 15/2014/NĐ-CP [khoản 1 Điều 37] @2026-08-01–2026-12-31",
        ],
    );
}

#[test]
fn corrections_and_transfers_are_read() {
    check(
        "Điều 1. Đính chính một số lỗi tại Nghị định số 15/2014/NĐ-CP như sau:\n1. Tại điểm đ khoản 3 Điều 16: \
         “a” nay sửa thành “b”.",
        &[
            "corrects 15/2014/NĐ-CP [một phần]",
            "corrects 15/2014/NĐ-CP [điểm đ khoản 3 Điều 16]",
        ],
    );
    check(
        "Điều 4. Thẩm quyền\n1. Thẩm quyền của Ủy ban nhân dân cấp huyện quy định tại khoản 1 Điều 37 Luật Hộ \
         tịch số 60/2014/QH13 do Ủy ban nhân dân cấp xã thực hiện.",
        &["transfers-competence 60/2014/QH13 [khoản 1 Điều 37]"],
    );
}

#[test]
fn consolidated_texts_only_consolidate() {
    let text = "NGHỊ ĐỊNH\nVề hộ tịch\nNghị định số 15/2014/NĐ-CP ngày 01/3/2014, có hiệu lực kể từ ngày \
                01/5/2014, được sửa đổi, bổ sung bởi:\n1. Nghị định số 16/2015/NĐ-CP sửa đổi Nghị định số \
                15/2014/NĐ-CP, có hiệu lực kể từ ngày 01/6/2015.\nĐiều 1. Hiệu lực\nNghị định này thay thế \
                Nghị định số 1/2001/NĐ-CP.";
    let lines: Vec<String> = parse(text)
        .relations()
        .iter()
        .map(|r| format!("{} {}", r.kind.name(), r.target.document))
        .collect();
    assert_eq!(
        lines,
        ["consolidates 15/2014/NĐ-CP", "consolidates 16/2015/NĐ-CP"]
    );
}

#[test]
fn content_struck_out_of_a_provision_leaves_the_provision() {
    let title = "Sửa đổi, bổ sung một số điều của Nghị định số 112/2021/NĐ-CP\n";
    let amended = "amends 112/2021/NĐ-CP [một phần]";
    let check_in = |body: &str, expected: &[&str]| {
        let all: Vec<&str> = std::iter::once(amended)
            .chain(expected.iter().copied())
            .collect();
        check(&format!("{title}{body}"), &all);
    };
    check_in(
        "Điều 1. Nội dung\n16. Bãi bỏ, thay thế, bổ sung một số mẫu tại Phụ lục I như sau:\n“Mẫu số 01”",
        &["amends 112/2021/NĐ-CP [Phụ lục I]"],
    );
    check_in(
        "Điều 1. Nội dung\n1. Bãi bỏ từ “huyện” tại khoản 1 Điều 3.\n2. Bãi bỏ các điểm từ a đến d khoản 2 \
         Điều 5.\n3. Bãi bỏ đoạn thứ hai khoản 1 Điều 6.\n4. Bãi bỏ các quy định tại khoản 3 Điều 7.",
        &[
            "repeals 112/2021/NĐ-CP [khoản 1 Điều 3] «huyện»",
            "amends 112/2021/NĐ-CP [khoản 2 Điều 5]",
            "amends 112/2021/NĐ-CP [khoản 1 Điều 6]",
            "repeals 112/2021/NĐ-CP [khoản 3 Điều 7]",
        ],
    );
    check_in(
        "Điều 1. Nội dung\n2. Bỏ cụm từ “cấp huyện” tại các điểm, khoản, điều sau đây:\na) Khoản 1 Điều \
         3;\nb) Điều 5.",
        &[
            "amends 112/2021/NĐ-CP [khoản 1 Điều 3]",
            "amends 112/2021/NĐ-CP [Điều 5]",
        ],
    );
}

#[test]
fn content_struck_out_of_another_document_leaves_the_provision() {
    check(
        "Điều 1. Hiệu lực\n2. Bãi bỏ quy định về “cơ sở sản xuất thực phẩm nhỏ lẻ” tại Khoản 3 Điều 2 Thông \
         tư số 58/2014/TT-BCT.\n3. Bãi bỏ quy định về việc cấp giấy chứng nhận người bào chữa tại khoản 3 \
         và khoản 4 Điều 27 của Nghị định số 65/2006/NĐ-CP.",
        &[
            "amends 58/2014/TT-BCT [khoản 3 Điều 2]",
            "amends 65/2006/NĐ-CP [khoản 3 Điều 27; khoản 4 Điều 27]",
        ],
    );
    check(
        "Điều 6. Hiệu lực\n4. Bãi bỏ các nội dung quy định về thuế thu nhập doanh nghiệp tại các điều, khoản \
         của các nghị định sau đây:\na) Khoản 2 Điều 7 của Nghị định số 06/2012/NĐ-CP;\nb) Nghị định số \
         07/2012/NĐ-CP.",
        &[
            "amends 06/2012/NĐ-CP [khoản 2 Điều 7]",
            "repeals 07/2012/NĐ-CP [một phần]",
        ],
    );
}

#[test]
fn verbs_behind_the_day_of_entry_are_read() {
    check(
        "Điều 20. Hiệu lực\nNghị định này có hiệu lực thi hành kể từ ngày 05 tháng 01 năm 2027; bãi bỏ Điều \
         10 Nghị định số 21/2005/NĐ-CP ngày 01 tháng 3 năm 2005.",
        &["repeals 21/2005/NĐ-CP [Điều 10] @2027-01-05"],
    );
    for joint in [
        "; thay thế",
        ", đồng thời thay thế",
        " và có giá trị thay thế",
    ] {
        check(
            &format!(
                "Điều 2. Hiệu lực\nNghị định này có hiệu lực kể từ ngày ký{joint} Nghị định số \
                 12/2020/NĐ-CP."
            ),
            &["replaces 12/2020/NĐ-CP [toàn văn] @2026-03-02"],
        );
    }
}

#[test]
fn regulations_issued_with_a_document_number_their_own_articles() {
    check(
        "Điều 1. Hiệu lực\n1. Bãi bỏ Điều 3 Quy định ban hành kèm theo Quyết định số \
         10/2020/QĐ-UBND.\n3. Bãi bỏ Điều 7, Điều 8 Điều lệ trường cao đẳng ban hành kèm theo Thông tư số \
         01/2015/TT-BGDĐT.",
        &[
            "repeals 10/2020/QĐ-UBND [Điều 3 Quy định kèm theo]",
            "repeals 01/2015/TT-BGDĐT [Điều 7 Điều lệ kèm theo; Điều 8 Điều lệ kèm theo]",
        ],
    );
}

#[test]
fn days_in_titles_are_not_days_of_clauses() {
    check(
        "Điều 4. Hiệu lực\n3. Nghị định này thay thế Thông tư số 02/2022/TT-BNV ngày 29 tháng 01 năm 2022 của \
         Bộ trưởng Bộ Nội vụ hướng dẫn thực hiện điều chỉnh mức trợ cấp hằng tháng từ ngày 01 tháng 01 năm \
         2022 đối với cán bộ xã.\n4. Bãi bỏ Nghị định số 01/2021/NĐ-CP về quảng cáo kể từ ngày 01 tháng 9 năm \
         2026.\n5. Quyết định số 53/2019/QĐ-UBND ban hành bảng giá đất từ ngày 01/01/2020 đến ngày \
         31/12/2024 hết hiệu lực.",
        &[
            "replaces 02/2022/TT-BNV [toàn văn]",
            "repeals 01/2021/NĐ-CP [toàn văn] @2026-09-01",
            "repeals 53/2019/QĐ-UBND [toàn văn]",
        ],
    );
}

#[test]
fn provisions_are_not_ended_where_a_part_of_them_is_excepted() {
    check(
        "Điều 1. Hiệu lực\n1. Bãi bỏ Điều 5 Nghị định số 15/2014/NĐ-CP, trừ khoản 2 Điều 5 hết hiệu lực từ \
         ngày 01/01/2028.\n2. Điều 104 Nghị định số 125/2024/NĐ-CP hết hiệu lực, trừ khoản 3.",
        &[
            "amends 15/2014/NĐ-CP [Điều 5]",
            "amends 125/2024/NĐ-CP [Điều 104]",
        ],
    );
}

#[test]
fn clauses_act_more_than_once() {
    check(
        "Điều 15. Hiệu lực\n1. Nghị định này có hiệu lực từ ngày 01/8/2026, thay thế Thông tư số \
         18/2020/TT-BTC ngày 31/3/2020 hướng dẫn Luật Đầu tư và bãi bỏ Điều 2 Thông tư số \
         41/2025/TT-BTC.\n2. Nghị định này thay thế Nghị định số 102/2009/NĐ-CP về đầu tư và bãi bỏ Quyết \
         định số 80/2014/QĐ-TTg.\n3. Bãi bỏ Thông tư số 30/2017/TT-BNNPTNT sửa đổi Thông tư số \
         44/2013/TT-BNNPTNT, bãi bỏ Điều 6 và sửa đổi Điều 15 Thông tư số 45/2013/TT-BNNPTNT.",
        &[
            "replaces 18/2020/TT-BTC [toàn văn] @2026-08-01",
            "repeals 41/2025/TT-BTC [Điều 2] @2026-08-01",
            "replaces 102/2009/NĐ-CP [toàn văn]",
            "repeals 80/2014/QĐ-TTg [toàn văn]",
            "repeals 30/2017/TT-BNNPTNT [toàn văn]",
        ],
    );
    check(
        "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 15/2014/NĐ-CP\n2. Bãi bỏ khoản 3 và sửa đổi \
         khoản 4 Điều 11 như sau:\n“4. Khai tử.”\n3. Sửa đổi, bổ sung khoản 1 và bãi bỏ khoản 3 Điều 12 \
         như sau:\n“1. Khai sinh.”",
        &[
            "amends 15/2014/NĐ-CP [một phần]",
            "repeals 15/2014/NĐ-CP [khoản 3 Điều 11]",
            "amends 15/2014/NĐ-CP [khoản 4 Điều 11]",
            "amends 15/2014/NĐ-CP [khoản 1 Điều 12]",
            "repeals 15/2014/NĐ-CP [khoản 3 Điều 12]",
        ],
    );
}

mod totality {
    use super::*;
    use proptest::prelude::*;

    fn legal_like() -> impl Strategy<Value = String> {
        let lines = prop::sample::select(vec![
            "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 15/2014/NĐ-CP",
            "Điều 2. Hiệu lực",
            "1. Bãi bỏ điểm b khoản 3 Điều 5 Nghị định số 1/2020/NĐ-CP.",
            "2. Các văn bản sau đây hết hiệu lực:",
            "a) Nghị định số 7/2021/NĐ-CP; Luật Hộ tịch năm 2014;",
            "b) Thay thế cụm từ “a” bằng “b” tại Điều 3",
            "“Điều 9. Trích",
            "c) Trong ngoặc.”",
            "Nghị định này thay thế (",
            "PHỤ LỤC",
            "Kể từ ngày Luật này có hiệu lực, trừ khoản",
            "từ Điều 5 đến Điều 99999",
            "được sửa đổi, bổ sung bởi:",
            "3. Sửa đổi khoản 1 và bãi bỏ khoản 3 Điều 12 Quy chế ban hành kèm theo",
            "; thay thế Nghị định số 3/2019/NĐ-CP, đồng thời bãi bỏ từ “b” tại khoản",
            "\"",
        ]);
        prop::collection::vec(lines, 0..20).prop_map(|lines| lines.join("\n"))
    }

    proptest! {
        #[test]
        fn spans_of_relations_fit_any_text(text in prop_oneof![legal_like(), "\\PC{0,120}"]) {
            let document = parse(&canonicalise(&text));
            for relation in document.relations() {
                prop_assert!(relation.span.slice(&document.text).is_some());
                prop_assert!(relation.provision < document.provisions.len());
            }
        }
    }
}
