//! What people say at the counter, and what documents call it.
//!
//! One direction only: a question in everyday words also searches the administrative ones. The
//! table holds words whose meaning does not hang on context; abbreviations are in
//! [`super::abbreviation`].

use crate::text::fold_text;
use crate::text::has_diacritics;

/// Everyday phrase, and the phrases of administrative language it may mean.
const TABLE: &[(&str, &[&str])] = &[
    // Hộ tịch
    ("cưới", &["kết hôn"]),
    ("lấy vợ", &["kết hôn"]),
    ("lấy chồng", &["kết hôn"]),
    ("lấy nhau", &["kết hôn"]),
    ("bỏ nhau", &["ly hôn"]),
    ("qua đời", &["khai tử", "người chết"]),
    ("người mất", &["khai tử", "người chết"]),
    ("báo tử", &["khai tử"]),
    ("chết", &["khai tử"]),
    ("đẻ", &["sinh con", "khai sinh"]),
    ("sinh con", &["khai sinh"]),
    ("độc thân", &["xác nhận tình trạng hôn nhân"]),
    ("chưa vợ", &["xác nhận tình trạng hôn nhân"]),
    ("chưa chồng", &["xác nhận tình trạng hôn nhân"]),
    ("việt kiều", &["yếu tố nước ngoài"]),
    ("người nước ngoài", &["yếu tố nước ngoài"]),
    ("lấy tây", &["kết hôn có yếu tố nước ngoài"]),
    ("đổi tên", &["thay đổi hộ tịch", "cải chính hộ tịch"]),
    ("sửa tên", &["cải chính hộ tịch"]),
    ("sai tên", &["cải chính hộ tịch"]),
    ("chữ đệm", &["cải chính hộ tịch"]),
    ("sửa giấy khai sinh", &["cải chính hộ tịch"]),
    ("hộ khẩu", &["thường trú", "nơi cư trú"]),
    ("con rơi", &["trẻ em bị bỏ rơi"]),
    // Chứng thực
    ("sao y", &["chứng thực bản sao"]),
    ("photo", &["bản sao"]),
    ("phô tô", &["bản sao"]),
    ("bản chụp", &["bản sao"]),
    ("công chứng", &["chứng thực"]),
    ("dịch thuật", &["người dịch"]),
    ("đóng dấu", &["chứng thực"]),
    // Đất đai, xây dựng
    (
        "mua bán nhà",
        &["chuyển nhượng nhà ở", "giao dịch về nhà ở"],
    ),
    ("bán đất", &["chuyển nhượng quyền sử dụng đất"]),
    ("mua đất", &["chuyển nhượng quyền sử dụng đất"]),
    ("sang tên", &["đăng ký biến động", "chuyển nhượng"]),
    ("xây nhà", &["xây dựng nhà ở", "giấy phép xây dựng"]),
    ("cất nhà", &["xây dựng nhà ở", "giấy phép xây dựng"]),
    ("làm nhà", &["xây dựng nhà ở"]),
    ("giấy phép xây nhà", &["giấy phép xây dựng nhà ở"]),
    ("miễn phép", &["miễn giấy phép xây dựng"]),
    ("chuyển mục đích", &["chuyển mục đích sử dụng đất"]),
    // Một cửa, trực tuyến
    ("qua mạng", &["trực tuyến"]),
    ("trên mạng", &["trực tuyến"]),
    ("online", &["trực tuyến"]),
    ("một cửa", &["Trung tâm Phục vụ hành chính công"]),
    ("1 cửa", &["một cửa", "Trung tâm Phục vụ hành chính công"]),
    ("trái địa bàn", &["không phụ thuộc địa giới hành chính"]),
    ("mở quán", &["hộ kinh doanh"]),
    ("mở tiệm", &["hộ kinh doanh"]),
    ("tạp hóa", &["hộ kinh doanh"]),
    ("buôn bán", &["hộ kinh doanh"]),
    ("đóng tiền", &["phí", "lệ phí"]),
    ("mất tiền", &["phí", "lệ phí"]),
    ("tốn tiền", &["phí", "lệ phí"]),
    // Tiếp công dân, khiếu nại, tố cáo
    ("tiếp dân", &["tiếp công dân"]),
    ("đơn thư", &["khiếu nại", "tố cáo"]),
    ("live stream", &["phát trực tiếp", "ghi hình"]),
    ("livestream", &["phát trực tiếp", "ghi hình"]),
    ("quay phim", &["ghi hình"]),
    ("quay clip", &["ghi hình"]),
    // An sinh
    ("tiền già", &["trợ cấp hưu trí xã hội"]),
    ("người già", &["người cao tuổi", "trợ cấp hưu trí xã hội"]),
    ("các cụ", &["người cao tuổi"]),
    ("tàn tật", &["khuyết tật"]),
    ("ma chay", &["mai táng"]),
    ("thương binh", &["người có công"]),
    // Công vụ
    ("về hưu", &["nghỉ hưu"]),
    ("sổ lương", &["tiền lương"]),
    ("đóng mộc", &["đóng dấu"]),
    ("tài liệu mật", &["bí mật nhà nước"]),
    ("văn bản mật", &["bí mật nhà nước"]),
    ("giấy tờ mật", &["bí mật nhà nước"]),
    ("nối mạng", &["kết nối Internet", "mạng Internet"]),
    ("chatgpt", &["trí tuệ nhân tạo", "chatbot AI"]),
    ("gpt", &["trí tuệ nhân tạo", "chatbot AI"]),
    ("trợ lý ảo", &["trí tuệ nhân tạo"]),
    ("cấp sai", &["cấp trái pháp luật"]),
    ("cả nước", &["toàn quốc"]),
];

/// An everyday phrase found in a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synonym {
    /// The words of the question.
    pub said: String,
    /// What documents may call it; without diacritics if the question is.
    pub meant: Vec<String>,
}

/// The everyday phrases in `question`, with what documents may call them.
///
/// # Example
/// ```
/// use camnang::text::synonyms;
/// assert_eq!(synonyms("Cưới rồi thì sao?")[0].meant, ["kết hôn"]);
/// assert_eq!(synonyms("nop ho so qua mang")[0].meant, ["truc tuyen"]);
/// ```
pub fn synonyms(question: &str) -> Vec<Synonym> {
    let uses_marks = has_diacritics(question);
    let asked = format!(" {} ", fold_text(question, uses_marks));
    let is_said = |phrase: &str| asked.contains(&format!(" {} ", fold_text(phrase, uses_marks)));
    let spelled = |phrase: &str| {
        if uses_marks {
            phrase.to_owned()
        } else {
            super::strip_diacritics(phrase).into_owned()
        }
    };
    TABLE
        .iter()
        .filter(|(said, _)| is_said(said))
        .map(|(said, meant)| Synonym {
            said: spelled(said),
            meant: meant.iter().map(|phrase| spelled(phrase)).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_with_and_without_marks() {
        for (said, meant) in TABLE {
            let found = synonyms(&format!("Đã {said} ạ"));
            assert!(
                found.iter().any(|s| s.said == *said && s.meant == *meant),
                "{said}"
            );
            let bare = super::super::strip_diacritics(said).into_owned();
            assert!(
                synonyms(&format!("da {bare} a"))
                    .iter()
                    .any(|s| s.said == bare),
                "{bare}"
            );
        }
    }

    #[test]
    fn words_match_whole() {
        assert!(
            synonyms("đề nghị, chết tiệt không")
                .iter()
                .all(|s| s.said == "chết")
        );
        assert!(synonyms("đăng ký khai sinh").is_empty());
    }
}
