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
    /// How to reach somebody: a telephone number, an address for letters.
    Contact,
    /// What a word means.
    Definition,
    /// Documents, steps, cases: a list.
    List,
    /// Anything else.
    Statement,
}

/// Phrases that ask for a kind, without diacritics; the first kind with a phrase in the question
/// wins, so narrower ones come first.
const PHRASES: &[(Intent, &[&str])] = &[
    (
        Intent::Contact,
        &[
            "so dien thoai",
            "dien thoai cua",
            "duong day nong",
            "so lien lac",
        ],
    ),
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
            "nhung viec",
            "viec gi",
            "thanh phan ho so",
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
        &["bao nhieu", "so luong", "ty le", "phan tram", "ti le"],
    ),
];

/// What is paid: `bao nhiêu` of it, and of nothing that is counted, is a sum of money.
const PAID: &[&str] = &["tro cap", "phu cap", "thu lao", "phi", "muc huong"];
/// What begins with `phi` and is no fee (`phí`).
const NOT_FEES: &[&str] = &[
    " phi nong nghiep ",
    " phi chinh phu ",
    " phi loi nhuan ",
    " phi vat the ",
];
/// Money that is spent, and not paid by or to those who ask: of it a share may be asked for.
const SPENT: &[&str] = &["kinh phi", "chi phi"];
/// What `bao nhiêu` may stand before without counting it: `bao nhiêu một tháng`.
const PER: &[&str] = &["mot", "1", "moi"];

/// Phrases that ask for a kind only where nothing is asked to be confirmed or denied: a file is
/// handed in, and `mấy bác` are people, in many a question of yes or no.
const WEAK_PHRASES: &[(Intent, &[&str])] = &[
    (Intent::List, &["ho so", "dieu kien"]),
    (Intent::Count, &["may"]),
];

/// What asks for yes or no, wherever it stands or at the end of a question.
const CONFIRMING: &[&str] = &["duoc khong", "co phai", "hay khong", "duoc chua"];
const CONFIRMING_AT_END: &[&str] = &["khong", "chua", "chu"];

/// What asks for the meaning of the words before it or after it.
const DEFINING_AFTER: &[&str] = &[
    "la gi",
    "nghia la gi",
    "la the nao",
    "duoc hieu la gi",
    "duoc hieu the nao",
];
const DEFINING_BEFORE: &[&str] = &["the nao la", "hieu the nao la", "khai niem", "dinh nghia"];
/// What `… là gì` asks the contents of, not the meaning.
const MATTERS: &[&str] = &[
    "ho so",
    "giay to",
    "thu tuc",
    "trinh tu",
    "dieu kien",
    "le phi",
    "can cu",
    "ten",
];
/// Longer subjects are no words to define but questions about a case.
const N_DEFINED_MAX: usize = 6;

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
        let asked = within(question);
        let asks = |phrase: &str| asked.contains(&within(phrase));
        let first = |table: &[(Self, &[&str])]| {
            let found = table
                .iter()
                .find(|(_, phrases)| phrases.iter().any(|p| asks(p)));
            found.map(|&(intent, _)| intent)
        };
        let confirms = || {
            let ends = |phrase: &str| asked.ends_with(&within(phrase));
            CONFIRMING.iter().any(|p| asks(p)) || CONFIRMING_AT_END.iter().any(|p| ends(p))
        };
        let kind = first(PHRASES).map(|kind| match kind {
            Self::Count if asks_sum(&asked) => Self::Money,
            kind => kind,
        });
        kind.or_else(|| defined(question).map(|_| Self::Definition))
            .or_else(|| first(WEAK_PHRASES).filter(|_| !confirms()))
            .unwrap_or(Self::Statement)
    }
}

/// Whether `asked`, in search form between spaces, asks how much of what is paid, and of nothing that
/// is counted.
fn asks_sum(asked: &str) -> bool {
    let without = |asked: String, not: &&str| asked.replace(not, " ");
    let asked = NOT_FEES.iter().fold(asked.to_owned(), without);
    let any = |words: &[&str]| {
        words
            .iter()
            .any(|word| asked.contains(&format!(" {word} ")))
    };
    let behind = asked.split_once(" bao nhieu ").map(|(_, behind)| behind);
    let next = behind.map(|behind| behind.split(' ').next().unwrap_or_default());
    let counts_nothing = next.is_some_and(|next| next.is_empty() || PER.contains(&next));
    counts_nothing && any(PAID) && !any(SPENT)
}

/// The words that `question` asks the meaning of, in search form.
pub(super) fn defined(question: &str) -> Option<String> {
    let asked = fold_text(question, false);
    let asked = asked.trim_matches(|c: char| !c.is_alphanumeric());
    let folded = |phrase: &str| fold_text(phrase, false);
    let after = DEFINING_AFTER
        .iter()
        .filter_map(|phrase| asked.strip_suffix(&format!(" {}", folded(phrase))))
        .min_by_key(|rest| rest.len());
    let before = DEFINING_BEFORE
        .iter()
        .filter_map(|phrase| asked.strip_prefix(&format!("{} ", folded(phrase))));
    let subject = after.or_else(|| before.min_by_key(|rest| rest.len()))?;
    let n_words = subject.split(' ').count();
    let is_matter = MATTERS.iter().any(|matter| {
        let rest = subject.strip_prefix(&folded(matter));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    (!is_matter && (1..=N_DEFINED_MAX).contains(&n_words)).then(|| subject.to_owned())
}

/// `text` in search form without diacritics, a space before and behind, so that only whole words are found
/// in it.
pub(super) fn within(text: &str) -> String {
    format!(" {} ", fold_text(text, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(question: &str, expected: Intent) {
        assert_eq!(Intent::of(question), expected, "{question}");
    }

    #[test]
    fn how_much_of_what_is_paid_is_money() {
        for question in [
            "trợ cấp hưu trí xã hội 75 tuổi bao nhiêu",
            "Trợ cấp hưu trí xã hội giờ bao nhiêu 1 tháng?",
            "Phụ cấp cho hòa giải viên là bao nhiêu mỗi vụ?",
        ] {
            check(question, Intent::Money);
        }
        for question in [
            "Có bao nhiêu người hưởng trợ cấp?",
            "Kinh phí hợp đồng tối đa bao nhiêu?",
            "Cả nước còn bao nhiêu tỉnh?",
            "Hạn mức giao đất phi nông nghiệp là bao nhiêu?",
        ] {
            check(question, Intent::Count);
        }
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
    fn a_question_of_yes_or_no_asks_for_no_list() {
        check("Dân nộp hồ sơ ở xã khác có được không?", Intent::Statement);
        check("may bac gia nho bam ho co sao khong", Intent::Statement);
        check("Hồ sơ đăng ký khai sinh?", Intent::List);
        check("xã có mấy phòng", Intent::Count);
        check("Hồ sơ gồm những gì, nộp ở xã được không?", Intent::List);
    }

    #[test]
    fn meanings_are_asked_for_before_or_after_the_word() {
        check("Giám hộ là gì?", Intent::Definition);
        check("Căn cước điện tử là gì?", Intent::Definition);
        check("Căn cứ cấp phép là gì?", Intent::Statement);
        check("giam ho la gi", Intent::Definition);
        check("Thế nào là giám hộ đương nhiên?", Intent::Definition);
        assert_eq!(defined("giam ho la gi"), Some(fold_text("giám hộ", false)));
        // A case is told, and then something is asked about it.
        check(
            "Nghe nói tờ giấy cấp cho nhà có người mất gọi bằng tên khác, tên đó là gì?",
            Intent::Statement,
        );
        check("là gì", Intent::Statement);
    }

    #[test]
    fn telephone_numbers_are_contacts() {
        check("cho xin số điện thoại chị làm hộ tịch", Intent::Contact);
    }

    #[test]
    fn phrases_are_whole_words() {
        check("Việc trai giới", Intent::Statement);
    }
}
