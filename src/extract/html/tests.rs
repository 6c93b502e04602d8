use super::*;
use crate::text::canonicalise;

#[track_caller]
fn check(page: &str, expected: &str) {
    let Body::Plain(text) = read(page.as_bytes()).unwrap().body else {
        panic!("pages");
    };
    assert_eq!(canonicalise(&text), expected);
}

#[test]
fn words_of_the_page_are_lines() {
    check(
        "<html><head><title>x</title><style>p{}</style></head><body><nav>Trang chủ</nav><div class='menu-top'>Đăng nhập</div>\
         <h1>Hướng dẫn</h1><p>Nộp <b>hồ\n sơ</b>:<br>tại xã</p><script>var x</script><ol type=a><li>Tờ khai<li><p>Giấy tờ</p></ol></body></html>",
        "# Hướng dẫn\nNộp hồ sơ:\ntại xã\na) Tờ khai\nb) Giấy tờ",
    );
}

#[test]
fn main_part_is_read_alone_where_it_holds_most() {
    check(
        "<body><div>Tin mới nhất</div><article><p>Điều 1. Phạm vi điều chỉnh</p><p>1. Một.</p></article></body>",
        "Điều 1. Phạm vi điều chỉnh\n1. Một.",
    );
}

#[test]
fn tables_and_letterheads_are_told_apart() {
    check(
        "<table><tr><td>CHÍNH PHỦ<br>Số: 1/2025/NĐ-CP</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table>\
         <table><thead><tr><th>Việc<th>Mức</thead><tbody><tr><td>Khai sinh<td>0 đồng</tbody></table>",
        "CHÍNH PHỦ\nSố: 1/2025/NĐ-CP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n| Việc | Mức |\n| Khai sinh | 0 đồng |",
    );
}

#[test]
fn cells_that_reach_over_rows_and_columns_keep_the_columns() {
    check(
        "<table><tr><td rowspan=2>SỞ<td>QUY TRÌNH<td colspan=2>Mã<tr><td>Giám hộ<td>Lần:<td>01<tr><td>a<td>b<td>c<td>d</table>",
        "| SỞ | QUY TRÌNH | Mã | |\n| | Giám hộ | Lần: | 01 |\n| a | b | c | d |",
    );
}

#[test]
fn cells_that_reach_over_more_than_any_table_has_are_refused() {
    let table = |n: usize| {
        let rows = format!(
            "<tr>{}{}",
            "<td colspan=50 rowspan=50>a".repeat(20),
            "<tr>".repeat(49)
        );
        format!("<html><table>{}</table>", rows.repeat(n))
    };
    // 50 rows of 1,000 cells, 20 of which are no added ones.
    assert!(read(table(limit::SPANNED_CELLS / 49_980).as_bytes()).is_ok());
    for page in [
        table(limit::SPANNED_CELLS / 49_980 + 1),
        format!("<table><tr><td>{}<td>b</table>", table(100)),
    ] {
        let error = read(page.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("cells that others"), "{error}");
    }
}

#[test]
fn encodings_are_read_as_stated() {
    let (written, _, _) = encoding_rs::WINDOWS_1258.encode("<p>\u{110}i\u{ea}\u{300}u 1</p>");
    let page = [b"<html><meta charset=windows-1258>".as_slice(), &written].concat();
    let reading = read(&page).unwrap();
    assert_eq!(reading.findings, [Finding::Encoding("windows-1258")]);
    let Body::Plain(text) = reading.body else {
        panic!("pages");
    };
    assert_eq!(canonicalise(&text), "Điều 1");
}

#[test]
fn runs_in_old_fonts_are_converted() {
    check(
        "<html><p><font face='.VnTime'>ChÝnh phñ</font> quy định</p></html>",
        "Chính phủ quy định",
    );
}

#[test]
fn elements_that_nest_without_end_are_refused_at_once() {
    for tag in ["<div>", "<table><tr><td>", "<b>"] {
        let page = format!("<html>{}sâu", tag.repeat(limit::HTML_NESTING + 1));
        assert!(matches!(
            read(page.as_bytes()),
            Err(ExtractError::TooLarge { .. })
        ));
    }
    let page = format!("<html>{}sâu", "<div>".repeat(1000));
    check(&page, "sâu");
}

#[test]
fn a_page_that_is_one_form_is_read() {
    check(
        "<!DOCTYPE html><html><body><form method='post' action='./vb.aspx?ItemID=1' id='aspnetForm'>\
         <input type='hidden' value='x'><div role='search'>Tìm kiếm <input></div>\
         <div class='noidung'><p>Điều 1. Phạm vi điều chỉnh</p><p>1. Một.</p><p>Điều 2. Hai</p></div>\
         <select><option>Năm</select><button>Gửi</button></form></body></html>",
        "Điều 1. Phạm vi điều chỉnh\n1. Một.\nĐiều 2. Hai",
    );
}

#[test]
fn what_nests_deeply_keeps_its_words_and_lines() {
    let expected: Vec<String> = (1..=300).map(|n| format!("Khoản {n}")).collect();
    let page = format!("<html><div><p>{}", expected.join("</p><div><p>"));
    check(&page, &expected.join("\n"));
    check(
        &format!(
            "<html>{}<p>a<b>b</b><br>c</p><script>x</script><del>y</del>d<table><tr><td>e<td>f</table>g",
            "<div>".repeat(300)
        ),
        "ab\nc\nd\ne\nf\ng",
    );
}

#[test]
fn captions_stand_above_their_tables() {
    check(
        "<html><p>Điều 1<table><caption>Biểu mức thu lệ phí (đồng)</caption>\
         <tr><th>Việc<th>Mức<tr><td>Khai sinh<td>8.000</table>",
        "Điều 1\nBiểu mức thu lệ phí (đồng)\n\n| Việc | Mức |\n| Khai sinh | 8.000 |",
    );
}

#[test]
fn line_ends_that_a_page_sets_off_stay() {
    check(
        "<html><head></head><body><pre style='white-space: pre-wrap;'>\nĐiều 1. A\r\n1. Một\n\nĐiều 2.   B</pre>\
         <p>Hết\ntrang",
        "Điều 1. A\n1. Một\n\nĐiều 2. B\nHết trang",
    );
}

#[test]
fn what_is_marked_as_deleted_is_left_out_and_reported() {
    let page = "<html><p>Thời hạn <del>30</del><ins>60</ins> ngày<table><tr><td><del>a</del>b<td>c<tr><td>d<td>e</table>";
    check(page, "Thời hạn 60 ngày\n\n| b | c |\n| d | e |");
    let reading = read(page.as_bytes()).unwrap();
    assert_eq!(reading.findings, [Finding::Revisions(2)]);
}

#[test]
fn items_are_numbered_as_the_page_shows_them() {
    for (list, expected) in [
        (
            "<ol style='list-style-type:lower-alpha'><li>Tờ khai<li>Ảnh</ol>",
            "a) Tờ khai\nb) Ảnh",
        ),
        (
            "<ol style='list-style:none'><li>1. Một<li>2. Hai</ol>",
            "1. Một\n2. Hai",
        ),
        (
            "<ol start=3><li>Ba<li value=7>Bảy<li>Tám<li style='list-style-type: none'>x<li>Mười</ol>",
            "3. Ba\n7. Bảy\n8. Tám\nx\n10. Mười",
        ),
        (
            "<ol>\n<li>\n<ol type=a>\n<li>A<li>B</ol><li>C</ol>",
            "1. a) A\nb) B\n2. C",
        ),
        (
            "<ol><li>A<ol type=a><li>B</ol><ol type=i><li>C</ol></ol>",
            "1. A\na) B\ni. C",
        ),
        (
            "<ol><li>A</li><ol type=a><li>B</li></ol><li>C</li></ol>",
            "1. A\na) B\n2. C",
        ),
    ] {
        check(&format!("<html>{list}"), expected);
    }
}
