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
    assert!(read(page.as_bytes()).is_ok());
}
