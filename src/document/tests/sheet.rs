//! Procedure sheets, with their contents in front and a form behind.

use super::*;

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
fn entries_below_a_heading_with_a_colon_are_passages_of_their_own() {
    let text = SHEET.replace("3. NỘI DUNG\n", "3. NỘI DUNG:\n");
    let n_passages = |text: &str| parse(text).passages().len();
    assert_eq!(n_passages(&text), n_passages(SHEET));
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
fn parse_entries_of_a_sheet_whose_sign_was_forgotten() {
    check(
        "1. NỘI DUNG\na. Hồ sơ: Đơn.\nb. Thời hạn: Ngay.\nc Đối tượng: Cá nhân.\nd Cơ quan: Xã.\nđ. Phí: Không.",
        &[
            "mục 1 | NỘI DUNG",
            "  điểm a | Hồ sơ",
            "  điểm b | Thời hạn",
            "  điểm c | Đối tượng",
            "  điểm d | Cơ quan",
            "  điểm đ | Phí",
        ],
    );
    check("Điều 1. A\ne Ghi chú: Một.\ng Hai: Ba.", &["Điều 1 | A"]);
}
