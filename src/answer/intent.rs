//! What kind of answer a question asks for.

use crate::text::fold_text;

/// The kind of answer asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// A length of time or a deadline.
    Duration,
    /// A sum of money.
    Money,
    /// A point in time.
    Date,
    /// Some other number.
    Count,
    /// A body or person in charge.
    Authority,
    /// Documents, steps, cases: a list.
    List,
    /// Anything else.
    Statement,
}

/// Phrases that ask for a kind, without diacritics; the first kind with a phrase in the question
/// wins, so narrower ones come first.
const PHRASES: &[(Intent, &[&str])] = &[
    (
        Intent::Money,
        &[
            "bao nhieu tien",
            "nhieu tien",
            "le phi",
            "muc phi",
            "phi bao nhieu",
            "muc chuan",
            "muc luong",
            "luong co so",
            "bao nhieu dong",
            "tro cap bao nhieu",
            "muc tro cap",
            "muc ho tro",
            "nhieu dong",
            "gia bao nhieu",
            "phi chung thuc",
            "duoc bao nhieu tien",
            "mat phi",
        ],
    ),
    (
        Intent::Duration,
        &[
            "bao lau",
            "may ngay",
            "bao nhieu ngay",
            "thoi han",
            "trong vong",
            "may thang",
            "bao nhieu thang",
            "may gio",
            "bao nhieu gio",
            "bao nhieu lau",
            "nhieu ngay",
            "may nam",
            "bao gio tra",
            "thoi gian giai quyet",
            "cham nhat",
            "khi nao phai xong",
            "thoi hieu",
        ],
    ),
    (
        Intent::Date,
        &[
            "tu ngay nao",
            "ngay nao",
            "khi nao",
            "bao gio",
            "tu bao gio",
            "thoi diem nao",
            "luc nao",
            "tu luc nao",
        ],
    ),
    (
        Intent::List,
        &[
            "giay to gi",
            "giay to nao",
            "nhung giay to",
            "ho so gom",
            "ho so can",
            "can mang",
            "can nhung",
            "can giay to",
            "gom nhung",
            "nhung gi",
            "cac buoc",
            "trinh tu",
            "quy trinh",
            "truong hop nao",
            "nhung truong hop",
            "loai nao",
            "nhung loai",
            "dieu kien gi",
            "dieu kien nao",
            "nhung dieu kien",
            "dieu kien",
            "nhung viec",
            "viec gi",
            "thanh phan ho so",
            "ho so",
            "mang gi",
            "nop gi",
            "can gi",
            "nhung noi dung",
            "bao gom",
            "nhung hanh vi",
            "nhung ai",
            "nhung co quan",
            "cac truong hop",
            "liet ke",
        ],
    ),
    (
        Intent::Authority,
        &[
            "ai ",
            "co quan nao",
            "tham quyen",
            "cap nao",
            "noi nao",
            "o dau",
            "don vi nao",
            "ai ky",
            "ai cap",
            "ai quyet",
            "xa hay tinh",
            "tinh hay xa",
            "thuoc ai",
            "phong nao",
            "do ai",
            "nguoi nao",
        ],
    ),
    (
        Intent::Count,
        &[
            "bao nhieu",
            "may ",
            "so luong",
            "ty le",
            "phan tram",
            "ti le",
        ],
    ),
];

impl Intent {
    /// The kind of answer that `question` (abbreviations expanded) asks for.
    ///
    /// # Example
    /// ```
    /// use camnang::answer::Intent;
    /// assert_eq!(Intent::of("Thời hạn đăng ký khai sinh là bao lâu?"), Intent::Duration);
    /// assert_eq!(Intent::of("chung thuc ban sao bao nhieu tien mot trang"), Intent::Money);
    /// assert_eq!(Intent::of("Làm giấy khai sinh cần giấy tờ gì?"), Intent::List);
    /// ```
    pub fn of(question: &str) -> Self {
        // Phrases are folded too: they are spelled with the `y` that people type.
        let within = |text: &str| format!(" {} ", fold_text(text, false));
        let asked = within(question);
        let asks = |phrase: &str| asked.contains(&within(phrase));
        PHRASES
            .iter()
            .find(|(_, phrases)| phrases.iter().any(|p| asks(p)))
            .map_or(Self::Statement, |&(intent, _)| intent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(question: &str, expected: Intent) {
        assert_eq!(Intent::of(question), expected, "{question}");
    }

    #[test]
    fn kinds_are_told_apart() {
        check(
            "nop ho so chung thuc luc 16 gio thi bao gio tra",
            Intent::Duration,
        );
        check("Nghị định 120/2025 hết hiệu lực khi nào?", Intent::Date);
        check("Ai chứng thực chữ ký người dịch?", Intent::Authority);
        check("Lương cơ sở bây giờ là bao nhiêu?", Intent::Money);
        check(
            "ca nuoc hien co bao nhieu don vi hanh chinh cap xa",
            Intent::Count,
        );
        check(
            "Nhà ở riêng lẻ trong trường hợp nào được miễn giấy phép xây dựng?",
            Intent::List,
        );
        check("Có phải ký sổ hộ tịch không?", Intent::Statement);
        check("", Intent::Statement);
    }

    #[test]
    fn phrases_are_whole_words() {
        check("Việc trai giới", Intent::Statement);
    }
}
