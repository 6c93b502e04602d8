//! Names of people: after a form of address, or a common surname with two or three more words.

use crate::text::mask::Masked;
use crate::text::{Span, words};

const NAME: &str = "[tên]";

/// Words that a name follows.
const TITLES: [&str; 7] = ["ông", "bà", "anh", "chị", "em", "cháu", "cụ"];

/// Words before a form of address that make another word of it: `trẻ em`, `tiếng Anh`, `công cụ`.
const NOT_TITLES: [(&str, &str); 8] = [
    ("trẻ", "em"),
    ("anh", "em"),
    ("chị", "em"),
    ("tiếng", "anh"),
    ("nước", "anh"),
    ("đạo", "cụ"),
    ("dụng", "cụ"),
    ("công", "cụ"),
];

/// Surnames that are no other word in capitals: `HỒ SƠ`, `PHẠM VI` and `QUẢN LÝ` are headings.
const CAPITAL_SURNAMES: [&str; 8] = ["NGUYỄN", "LÊ", "HUỲNH", "BÙI", "ĐỖ", "NGÔ", "VÕ", "VŨ"];

/// Bound on a name in capitals, after which more capitals may follow.
const CAPITAL_WORDS_MAX: usize = 4;

/// The surnames of nine in ten people. `Lê`, `Hồ` and the like are places and streets too, which is
/// why two more words must follow.
const SURNAMES: [&str; 24] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ",
    "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Đoàn", "Trịnh", "Trương", "Mai", "Đào", "Lương", "Vương",
];

/// Words after which a name is a place, a school or a prize.
const PLACES: [&str; 22] = [
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

/// The longest of [`PLACES`], and the letter before it, have fewer bytes.
const PLACE_BYTES_MAX: usize = 32;

/// Names of places and of offices that look like names of people: the first two words of each.
const NOT_PEOPLE: [(&str, &str); 20] = [
    ("Hồ", "Chí"),
    ("Hồ", "Hoàn"),
    ("Hoàng", "Su"),
    ("Việt", "Nam"),
    ("Hà", "Nội"),
    ("Chủ", "tịch"),
    ("Phó", "chủ"),
    ("Phó", "Chủ"),
    ("Phó", "giám"),
    ("Phó", "Giám"),
    ("Giám", "đốc"),
    ("Bí", "thư"),
    ("Công", "an"),
    ("Công", "chức"),
    ("Cán", "bộ"),
    ("Bộ", "trưởng"),
    ("Thủ", "tướng"),
    ("Hiệu", "trưởng"),
    ("Tổ", "trưởng"),
    ("Trưởng", "thôn"),
];

/// Places whose name opens with a form of address: `Bà Rịa`.
const TITLED_PLACES: [&str; 5] = ["Rịa", "Nà", "Đen", "Điểm", "Chiểu"];

/// One word, its place, and whether only a space divides it from the word before.
#[derive(Clone, Copy)]
struct Word<'t> {
    text: &'t str,
    span: Span,
    is_joined: bool,
}

/// The names in `text`, in order.
pub(super) fn find(text: &str) -> Vec<Masked> {
    let found = split(text);
    let mut names = Vec::new();
    let mut at = 0;
    let mut named = 0;
    while at < found.len() {
        let n_words = name_length(text, &found, at, named);
        if let Some([first, .., last] | [first @ last]) = found.get(at..at + n_words) {
            names.push((Span::new(first.span.start, last.span.end), NAME));
        }
        if n_words > 0 {
            named = at + n_words;
        }
        at += n_words.max(1);
    }
    names
}

fn split(text: &str) -> Vec<Word<'_>> {
    let mut end = 0;
    let word = |(word, span): (_, Span)| {
        let is_joined = text.get(end..span.start) == Some(" ");
        end = span.end;
        Word {
            text: word,
            span,
            is_joined,
        }
    };
    words(text).map(word).collect()
}

/// How many words from `at` on are a name; none where no name begins. `named` words are done with.
fn name_length(text: &str, found: &[Word<'_>], at: usize, named: usize) -> usize {
    let Some(word) = found.get(at) else { return 0 };
    let run = run_length(found, at);
    // Nearly every word, and what follows takes longer.
    if run == 0 {
        return 0;
    }
    let before = at.checked_sub(1).filter(|_| word.is_joined);
    let is_place = || TITLED_PLACES.contains(&word.text) || is_after_place(text, word.span);
    let is_titled = before.is_some_and(|before| is_title(found, before));
    let preceding = before.filter(|i| *i >= named).and_then(|i| found.get(i));
    let is_inside = preceding.is_some_and(|word| is_name_word(word.text));
    let is_name = is_titled || (is_bare_name(found, at, run) && !is_inside);
    if is_name && !is_place() { run } else { 0 }
}

/// Whether word `at` is a form of address.
fn is_title(found: &[Word<'_>], at: usize) -> bool {
    let lower = |at: usize| {
        found
            .get(at)
            .map(|word| word.text.to_lowercase())
            .unwrap_or_default()
    };
    let before = at.checked_sub(1).map(lower).unwrap_or_default();
    let title = lower(at);
    TITLES.contains(&title.as_str()) && !NOT_TITLES.contains(&(&before, &title))
}

/// How many capitalised words follow each other from `at` on, up to the name of an office.
fn run_length(found: &[Word<'_>], at: usize) -> usize {
    let in_capitals = found
        .get(at)
        .is_some_and(|word| CAPITAL_SURNAMES.contains(&word.text));
    let is_word = |text: &str| {
        if in_capitals {
            is_capitals(text)
        } else {
            is_name_word(text)
        }
    };
    let goes_on = |(i, word): &(usize, &Word<'_>)| {
        is_word(word.text) && (*i == at || word.is_joined) && !is_no_person(found, *i)
    };
    let words_max = if in_capitals {
        CAPITAL_WORDS_MAX
    } else {
        usize::MAX
    };
    found
        .iter()
        .enumerate()
        .skip(at)
        .take_while(goes_on)
        .take(words_max)
        .count()
}

/// A surname, in either case, with two words or a single letter after it.
fn is_bare_name(found: &[Word<'_>], at: usize, run: usize) -> bool {
    let is_surname = found
        .get(at)
        .is_some_and(|word| SURNAMES.contains(&word.text) || CAPITAL_SURNAMES.contains(&word.text));
    let last = found
        .get((at + run).saturating_sub(1))
        .map_or("", |word| word.text);
    is_surname && (run >= 3 || (run == 2 && last.chars().count() == 1))
}

fn is_no_person(found: &[Word<'_>], at: usize) -> bool {
    let (Some(first), Some(second)) = (found.get(at), found.get(at + 1)) else {
        return false;
    };
    second.is_joined && NOT_PEOPLE.contains(&(first.text, second.text))
}

fn is_after_place(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default().trim_end();
    let near = before.ceil_char_boundary(before.len().saturating_sub(PLACE_BYTES_MAX));
    let before = before.get(near..).unwrap_or_default().to_lowercase();
    let ends_with = |place: &str| {
        let head = before.strip_suffix(place);
        head.is_some_and(|head| !head.ends_with(char::is_alphanumeric))
    };
    PLACES.iter().any(|place| ends_with(place))
}

/// `Nguyễn`, or a single capital as in `Nguyễn Văn A`.
fn is_name_word(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

fn is_capitals(word: &str) -> bool {
    word.chars().all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use crate::text::mask_identifiers;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(mask_identifiers(text), expected);
    }

    #[test]
    fn names_after_a_form_of_address_are_masked() {
        check("ông Nguyễn Văn A ở xã", "ông [tên] ở xã");
        check("Ông A thôn 3 và bà Hoa", "Ông [tên] thôn 3 và bà [tên]");
        check("ÔNG NGUYỄN VĂN AN", "ÔNG [tên]");
        check("cháu Lê Thị Bình Minh", "cháu [tên]");
    }

    #[test]
    fn bare_names_are_masked_from_a_common_surname_on() {
        check(
            "kỷ luật công chức Nguyễn Văn A vì",
            "kỷ luật công chức [tên] vì",
        );
        check("Trần Thị Hoa, Phạm B", "[tên], [tên]");
        check("NGUYỄN VĂN AN nộp", "[tên] nộp");
    }

    #[test]
    fn streets_places_and_offices_stay() {
        for text in [
            "đường Lê Lợi, Trần Phú",
            "đường Nguyễn Văn Linh",
            "nơi ở hiện nay của người yêu cầu đăng ký là số 5 đường Nguyễn Văn Linh",
            "Thành phố Hồ Chí Minh",
            "tư tưởng Hồ Chí Minh",
            "ông Chủ tịch UBND",
            "tỉnh Bà Rịa",
            "anh em Việt Nam",
            "trẻ em Việt, tiếng Anh Cơ bản",
            "HỒ SƠ DỰ THẦU, PHẠM VI ÁP DỤNG, QUẢN LÝ NHÀ NƯỚC",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn a_name_beside_a_masked_one_is_masked_too() {
        check("ông Nguyễn NGUYỄN VĂN A", "ông [tên] [tên]");
    }

    #[test]
    fn a_name_ends_where_an_office_begins() {
        check("ông Trần Văn B Chủ tịch xã", "ông [tên] Chủ tịch xã");
    }
}
