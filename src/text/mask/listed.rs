//! Words that tell names of people from other words with capital letters.
//!
//! All in small letters. Phrases are found without diacritics too, since many questions are typed
//! so; whether that is enough is for the caller to say: `đặng` without is `đăng` as well.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::strip_diacritics;

/// Phrases as they are written and without diacritics.
pub(super) struct Listed {
    written: HashSet<&'static str>,
    bare: HashSet<String>,
}

impl Listed {
    fn new(phrases: &[&'static str]) -> Self {
        let bare = |phrase: &&'static str| strip_diacritics(phrase).into_owned();
        Self {
            written: phrases.iter().copied().collect(),
            bare: phrases.iter().map(bare).collect(),
        }
    }

    /// Whether `phrase` is among them as written.
    pub(super) fn is_written(&self, phrase: &str) -> bool {
        self.written.contains(phrase)
    }

    /// Whether `phrase` is among them, as written or without any diacritics.
    pub(super) fn holds(&self, phrase: &str) -> bool {
        self.is_written(phrase) || self.bare.contains(phrase)
    }
}

/// Words that a name follows.
pub(super) const TITLES: [&str; 7] = ["ông", "bà", "anh", "chị", "em", "cháu", "cụ"];

/// The only one of [`TITLES`] with marks that is hardly another word without: `ba` and `chi` are.
pub(super) const BARE_TITLE: &str = "ong";

/// Middle names that tell a name of a person for sure.
pub(super) const MIDDLE_NAMES: [&str; 4] = ["văn", "thị", "van", "thi"];

/// Surnames that are no other word without diacritics either.
pub(super) const BARE_CLEAR_SURNAMES: [&str; 4] = ["nguyen", "tran", "huynh", "bui"];

/// Words after which a name is a place, a school or a prize.
pub(super) const PLACES: [&str; 22] = [
    "bệnh viện",
    "chiến dịch",
    "chợ",
    "công viên",
    "cầu",
    "giải",
    "học viện",
    "hẻm",
    "khu phố",
    "ngõ",
    "phường",
    "phố",
    "quận",
    "quỹ",
    "thôn",
    "tp",
    "tp.",
    "trường",
    "tư tưởng",
    "xã",
    "đường",
    "thành phố",
];

/// Those of [`PLACES`] that stay places without diacritics: `cho` is `chợ` and, mostly, `cho`.
pub(super) const BARE_PLACES: [&str; 14] = [
    "benh vien",
    "chien dich",
    "cong vien",
    "duong",
    "hem",
    "hoc vien",
    "khu pho",
    "pho",
    "phuong",
    "quan",
    "thon",
    "tu tuong",
    "xa",
    "thanh pho",
];

/// Words that end like a place but are none.
pub(super) const NOT_PLACES: [&str; 3] = ["yêu cầu", "nhu cầu", "hòa giải"];

/// The longest of [`PLACES`], and the letter before it, have fewer bytes.
pub(super) const PLACE_BYTES_MAX: usize = 32;

/// Words before a form of address that make another word of it: `trẻ em`, `tiếng Anh`, `công cụ`.
pub(super) static NOT_TITLES: LazyLock<Listed> = LazyLock::new(|| {
    Listed::new(&[
        "trẻ em",
        "anh em",
        "chị em",
        "tiếng anh",
        "nước anh",
        "hình ảnh",
        "đạo cụ",
        "dụng cụ",
        "công cụ",
        "mật ong",
        "nuôi ong",
    ])
});

/// Words that open with a form of address, and relatives: `Bà Rịa`, `cụ thể`, `ông nội`.
pub(super) static TITLED_WORDS: LazyLock<Listed> = LazyLock::new(|| {
    Listed::new(&[
        "anh chị",
        "anh em",
        "anh ruột",
        "anh trai",
        "bà chiểu",
        "bà con",
        "bà cháu",
        "bà cụ",
        "bà mẹ",
        "bà ngoại",
        "bà nà",
        "bà nội",
        "bà rịa",
        "bà đen",
        "bà điểm",
        "cháu ngoại",
        "cháu nội",
        "cháu ruột",
        "chị em",
        "chị gái",
        "chị ruột",
        "cụ bà",
        "cụ thể",
        "cụ ông",
        "em bé",
        "em gái",
        "em ruột",
        "em trai",
        "ông bà",
        "ông cháu",
        "ông cụ",
        "ông ngoại",
        "ông nội",
    ])
});

/// What follows a form of address and is no name, in capitals or not: `em MUỐN HỎI`, `bà ẤY`.
pub(super) static NOT_NAMES: LazyLock<Listed> = LazyLock::new(|| {
    Listed::new(&[
        "bị", "chưa", "cần", "có", "cũng", "cứ", "hỏi", "không", "là", "làm", "muốn", "mất", "nào",
        "này", "phải", "sẽ", "thì", "và", "vẫn", "xin", "đang", "đã", "được", "đều", "đó", "ấy",
        "ở",
    ])
});

/// The surnames of nine in ten people. `Lê`, `Hồ` and the like are places and streets too, which is
/// why two more words must follow.
pub(super) static SURNAMES: LazyLock<Listed> = LazyLock::new(|| {
    Listed::new(&[
        "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ",
        "hồ", "ngô", "dương", "lý", "đinh", "đoàn", "trịnh", "trương", "mai", "đào", "lương",
        "vương",
    ])
});

/// Surnames that open no heading: `HỒ SƠ`, `PHẠM VI` and `QUẢN LÝ` are none of them.
pub(super) static CLEAR_SURNAMES: LazyLock<Listed> = LazyLock::new(|| {
    Listed::new(&[
        "nguyễn", "lê", "huỳnh", "bùi", "đỗ", "ngô", "võ", "vũ", "phan", "đặng", "trịnh", "đinh",
    ])
});

/// Nations that nobody is called by: `ông Tây`.
pub(super) static NATIONS: LazyLock<Listed> = LazyLock::new(|| {
    Listed::new(&[
        "tây",
        "hàn",
        "mỹ",
        "mĩ",
        "pháp",
        "nhật",
        "lào",
        "đài",
        "úc",
        "ấn",
        "campuchia",
    ])
});

/// Nations that are given names too: `một ông Nga`, but `bà Nga`.
pub(super) static NAMELIKE_NATIONS: LazyLock<Listed> =
    LazyLock::new(|| Listed::new(&["nga", "trung", "đức", "thái", "việt"]));

/// Words before a form of address after which a nation is meant: one of many, or who is married.
pub(super) static COUNTING: LazyLock<Listed> = LazyLock::new(|| {
    Listed::new(&[
        "một", "1", "hai", "mấy", "các", "những", "nhiều", "lấy", "cưới",
    ])
});

/// Places, nations, offices and matters that look like names of people: the first two words of each.
///
/// The matters are what a surname opens where every word has a capital, or no word a mark.
pub(super) static NOT_PEOPLE: LazyLock<Listed> = LazyLock::new(|| {
    Listed::new(&[
        // Places and nations.
        "hà nội",
        "hàn quốc",
        "hoa kỳ",
        "hoàng sa",
        "hoàng su",
        "hồ chí",
        "hồ hoàn",
        "nhật bản",
        "phan rang",
        "phan thiết",
        "thái lan",
        "triều tiên",
        "trung quốc",
        "việt kiều",
        "việt nam",
        "vương quốc",
        "đài loan",
        // Offices and honours.
        "bí thư",
        "bộ trưởng",
        "chủ tịch",
        "công an",
        "công chức",
        "cán bộ",
        "giám đốc",
        "hiệu trưởng",
        "hùng lao",
        "hùng lực",
        "mẹ việt",
        "phó chủ",
        "phó giám",
        "thủ tướng",
        "trưởng thôn",
        "tổ trưởng",
        // Matters.
        "dinh dưỡng",
        "đường dây",
        "hộ chiếu",
        "hộ cận",
        "hộ gia",
        "hộ khẩu",
        "hộ kinh",
        "hộ nghèo",
        "hộ tịch",
        "hồ chứa",
        "hồ sơ",
        "hỗ trợ",
        "họ tên",
        "lễ hội",
        "lệ phí",
        "lý do",
        "lý lịch",
        "lương cơ",
        "lương hưu",
        "lương thực",
        "lương tối",
        "mai táng",
        "phạm tội",
        "phạm vi",
        "nguyên liệu",
        "nguyên nhân",
        "nguyên tắc",
        "nguyên đơn",
        "phân bổ",
        "phân công",
        "phân cấp",
        "phân loại",
        "phân định",
        "phần mềm",
        "phẩm chất",
        "trình tự",
        "trình độ",
        "võ thuật",
        "vũ khí",
        "vũ trang",
        "vợ chồng",
        "vợ em",
        "vợ tôi",
        "vụ việc",
        "vụ án",
        "đoàn kiểm",
        "đoàn thể",
        "đoàn viên",
        "đoàn đại",
        "đào tạo",
        "đình chỉ",
        "đăng ký",
        "đăng kiểm",
        "định danh",
        "định mức",
        "đỗ xe",
    ])
});
