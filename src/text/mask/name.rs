//! Names of people: after a form of address, or a common surname with two or three more words.
//!
//! A name in a text without diacritics, in capitals, or among words that all have a capital letter
//! needs more to be one, since there other words look the same.

use crate::text::mask::Masked;
use crate::text::mask::listed::{
    BARE_CLEAR_SURNAMES, BARE_PLACES, BARE_TITLE, CLEAR_SURNAMES, COUNTING, MIDDLE_NAMES,
    NAMELIKE_NATIONS, NATIONS, NOT_NAMES, NOT_PEOPLE, NOT_PLACES, NOT_TITLES, PLACE_BYTES_MAX,
    PLACES, SURNAMES, TITLED_WORDS, TITLES,
};
use crate::text::{Span, has_diacritics, is_syllable, words};

const NAME: &str = "[tên]";

/// Bound on a name in a heading, after which more capitals may follow.
const HEADING_NAME_MAX: usize = 4;

/// More words with a capital letter than this in a row are a heading, not a name.
const NAME_MAX: usize = 5;

/// One word, its place, and whether only a space divides it from the word before.
struct Word<'t> {
    text: &'t str,
    /// In small letters: what the lists hold.
    lower: String,
    span: Span,
    is_joined: bool,
}

/// A text and its words.
struct Reading<'t> {
    text: &'t str,
    words: Vec<Word<'t>>,
}

/// Words from `at` on that may be a name.
#[derive(Clone, Copy)]
struct Run {
    at: usize,
    n_words: usize,
    /// Written in capitals throughout.
    is_capital: bool,
    /// Whether what is around has capital letters too, so that they tell little.
    is_heading: bool,
    /// Without any diacritics.
    is_bare: bool,
}

/// The names in `text`, in order.
pub(super) fn find(text: &str) -> Vec<Masked> {
    let reading = Reading {
        text,
        words: split(text),
    };
    let mut names = Vec::new();
    let mut at = 0;
    let mut named = 0;
    while at < reading.words.len() {
        let n_words = reading.name_length(at, named);
        if let Some([first, .., last] | [first @ last]) = reading.words.get(at..at + n_words) {
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
    words(text)
        .map(|(word, span)| {
            let is_joined = text.get(end..span.start) == Some(" ");
            end = span.end;
            Word {
                text: word,
                lower: word.to_lowercase(),
                span,
                is_joined,
            }
        })
        .collect()
}

impl Reading<'_> {
    /// How many words from `at` on are a name; none where no name begins. `named` words are done
    /// with.
    fn name_length(&self, at: usize, named: usize) -> usize {
        let Some(word) = self.words.get(at).filter(|word| is_capitalised(word.text)) else {
            return 0;
        };
        let title = self.title_before(at, named);
        // Nearly every word, and what follows takes longer.
        if (title.is_none() && !SURNAMES.holds(&word.lower)) || self.is_no_person(at) {
            return 0;
        }
        let run = self.run(at, named);
        let is_titled = title.is_some_and(|title| self.is_titled_name(run, title));
        let is_name = is_titled || self.is_bare_name(run, named);
        if is_name && !self.is_after_place(run) {
            run.n_words
        } else {
            0
        }
    }

    /// The form of address right before word `at`, if it is one.
    fn title_before(&self, at: usize, named: usize) -> Option<usize> {
        let word = self.words.get(at).filter(|word| word.is_joined)?;
        let before = at.checked_sub(1).filter(|before| *before >= named)?;
        let title = self.lower(before);
        let is_title =
            TITLES.contains(&title) || (title == BARE_TITLE && !has_diacritics(word.text));
        if !is_title || TITLED_WORDS.holds(&format!("{title} {}", word.lower)) {
            return None;
        }
        let preceding = before.checked_sub(1).map_or("", |i| self.lower(i));
        (!NOT_TITLES.holds(&format!("{preceding} {title}"))).then_some(before)
    }

    /// Word `i` in small letters, or nothing.
    fn lower(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |word| word.lower.as_str())
    }

    /// The words from `at` on that may be one name.
    fn run(&self, at: usize, named: usize) -> Run {
        let is_capital = self
            .words
            .get(at)
            .is_some_and(|word| is_capitals(word.text) && !is_letter(word.text));
        let is_heading = is_capital || self.stretch(at, named) > NAME_MAX;
        let is_word = |word: &Word<'_>| {
            if is_capital {
                is_capitals(word.text) && (is_letter(word.text) || is_readable(word.text))
            } else {
                is_name_word(word.text)
            }
        };
        let run: Vec<&Word<'_>> = self
            .words
            .iter()
            .enumerate()
            .skip(at)
            .take_while(|&(i, word)| {
                let goes_on = || word.is_joined && !self.ends_name(at, i, is_heading);
                is_word(word) && (i == at || goes_on())
            })
            .map(|(_, word)| word)
            .collect();
        Run {
            at,
            n_words: run.len(),
            is_capital,
            is_heading,
            is_bare: !run.iter().any(|word| has_diacritics(word.text)),
        }
    }

    /// How many words with a capital letter, or numbers, stand in a row around word `at`.
    fn stretch(&self, at: usize, named: usize) -> usize {
        let is_part = |i: usize| {
            self.words.get(i).is_some_and(|word| {
                word.text
                    .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            })
        };
        let is_joined = |i: usize| self.words.get(i).is_some_and(|word| word.is_joined);
        let after = (at + 1..self.words.len())
            .take_while(|i| is_joined(*i) && is_part(*i))
            .count();
        let before = (named + 1..=at)
            .rev()
            .take_while(|i| is_joined(*i) && is_part(*i - 1))
            .count();
        before + 1 + after
    }

    /// Whether word `i` is no part of the name that `at` begins, though it has a capital letter.
    fn ends_name(&self, at: usize, i: usize, is_heading: bool) -> bool {
        let n_words = i - at;
        let has_surname = SURNAMES.holds(self.lower(at));
        let is_whole = || {
            let after_letter = n_words > 1
                && self
                    .words
                    .get(i - 1)
                    .is_some_and(|word| is_letter(word.text));
            let opens_another = n_words > 1
                && SURNAMES.holds(self.lower(i))
                && MIDDLE_NAMES.contains(&self.lower(i + 1));
            n_words >= HEADING_NAME_MAX || after_letter || opens_another
        };
        // `Nguyễn Công An`, `Trần Việt Nam`: nobody is called by a surname alone.
        let is_needed = || {
            let next = self.words.get(i + 1);
            has_surname && n_words < 3 && next.is_some_and(|word| is_capitalised(word.text))
        };
        (is_heading && is_whole()) || (self.is_no_person(i) && !is_needed())
    }

    /// Whether a place, an office or a matter begins at word `at`.
    fn is_no_person(&self, at: usize) -> bool {
        let second = self.words.get(at + 1).filter(|word| word.is_joined);
        second.is_some_and(|word| NOT_PEOPLE.holds(&format!("{} {}", self.lower(at), word.lower)))
    }

    /// Whether the run is a name, given that word `title` before it is a form of address.
    fn is_titled_name(&self, run: Run, title: usize) -> bool {
        if NOT_NAMES.is_written(self.lower(run.at)) {
            return false;
        }
        let text = |i: usize| self.words.get(i).map_or("", |word| word.text);
        if run.is_capital && is_capitals(text(title)) {
            // All is in capitals: `EM MUỐN HỎI THỦ TỤC`.
            return run.n_words > 1 && self.is_surname(run);
        }
        if run.is_capital {
            // Two letters are an abbreviation, mostly: `anh CA`.
            return run.n_words > 1 || text(run.at).chars().count() > 2;
        }
        if run.is_heading {
            return self.is_surname(run) || self.has_middle_name(run);
        }
        run.n_words > 1 || !self.is_nation(run.at, title)
    }

    /// Whether word `at` says where somebody is from: `ông Tây`, `lấy anh Đức`.
    fn is_nation(&self, at: usize, title: usize) -> bool {
        let word = self.lower(at);
        // `ong Tay`, but `bà My` is no American.
        let is_bare = !has_diacritics(self.lower(title));
        let is_listed = NATIONS.is_written(word) || (is_bare && NATIONS.holds(word));
        let is_counted = || {
            title
                .checked_sub(1)
                .is_some_and(|before| COUNTING.holds(self.lower(before)))
        };
        is_listed || (NAMELIKE_NATIONS.holds(word) && is_counted())
    }

    /// Whether the run is a name on its own: a surname with two words or a single letter after it.
    fn is_bare_name(&self, run: Run, named: usize) -> bool {
        let last = (run.at + run.n_words).saturating_sub(1);
        let is_last_letter = self
            .words
            .get(last)
            .is_some_and(|word| is_letter(word.text));
        let is_short = run.n_words == 2 && is_last_letter;
        if !(self.is_surname(run) && (run.n_words > 2 || is_short)) {
            return false;
        }
        let is_clear = self.is_clear(run);
        let has_middle_name = self.has_middle_name(run);
        let preceding = self.preceding(run, named);
        // In a heading the word before tells nothing where the name is sure: `Cho Nguyễn Văn An`.
        let is_sure = run.is_heading && !run.is_capital && is_clear && has_middle_name;
        if preceding.is_some_and(|word| is_name_word(word.text)) && !is_sure {
            return false;
        }
        if run.is_capital {
            // `QUẢN LÝ VĂN BẢN`, `TAI NGUYEN NUOC`
            let is_inside = preceding.is_some_and(|word| is_capitals(word.text));
            return (is_clear && (has_middle_name || !run.is_bare))
                || ((is_clear || has_middle_name) && !is_inside);
        }
        if run.is_heading {
            return is_clear || has_middle_name || is_short;
        }
        !self.is_street(run)
    }

    /// The word right before the run, unless it is done with.
    fn preceding(&self, run: Run, named: usize) -> Option<&Word<'_>> {
        let word = self.words.get(run.at)?;
        let before = run.at.checked_sub(1)?;
        self.words
            .get(before)
            .filter(|_| word.is_joined && before >= named)
    }

    /// Whether the run opens with a surname. Without diacritics it must be all without.
    fn is_surname(&self, run: Run) -> bool {
        let word = self.lower(run.at);
        SURNAMES.is_written(word)
            || BARE_CLEAR_SURNAMES.contains(&word)
            || (run.is_bare && SURNAMES.holds(word))
    }

    /// Whether the run opens with a surname that opens no heading.
    fn is_clear(&self, run: Run) -> bool {
        let word = self.lower(run.at);
        // `PHAN CAP` is `PHÂN CẤP`.
        BARE_CLEAR_SURNAMES.contains(&word) || (!run.is_bare && CLEAR_SURNAMES.is_written(word))
    }

    /// Whether the second word of the run is a middle name that is hardly another word.
    fn has_middle_name(&self, run: Run) -> bool {
        run.n_words > 1 && MIDDLE_NAMES.contains(&self.lower(run.at + 1))
    }

    /// Whether the run is `Duong Nguyen Van Linh`: `Đường`, not the surname `Dương`.
    fn is_street(&self, run: Run) -> bool {
        run.is_bare
            && BARE_PLACES.contains(&self.lower(run.at))
            && SURNAMES.holds(self.lower(run.at + 1))
    }

    /// Whether what stands before the run makes a place of it.
    fn is_after_place(&self, run: Run) -> bool {
        let start = self.words.get(run.at).map_or(0, |word| word.span.start);
        let before = self.text.get(..start).unwrap_or_default().trim_end();
        let near = before.ceil_char_boundary(before.len().saturating_sub(PLACE_BYTES_MAX));
        let before = before.get(near..).unwrap_or_default().to_lowercase();
        let ends_with = |place: &&str| {
            let head = before.strip_suffix(*place);
            head.is_some_and(|head| !head.ends_with(char::is_alphanumeric))
        };
        let is_place =
            PLACES.iter().any(ends_with) || (run.is_bare && BARE_PLACES.iter().any(ends_with));
        is_place && !NOT_PLACES.iter().any(ends_with)
    }
}

/// `Nguyễn`, or a single capital as in `Nguyễn Văn A`.
fn is_name_word(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

fn is_capitals(word: &str) -> bool {
    word.chars().all(char::is_uppercase)
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether a word in capitals is a syllable, which `CCCD` is not; `NGUYEN` is `NGUYÊN`.
fn is_readable(word: &str) -> bool {
    is_syllable(word)
        || [("E", "Ê"), ("O", "Ô"), ("UU", "ƯU")]
            .iter()
            .any(|&(bare, marked)| is_syllable(&word.replace(bare, marked)))
}

/// Whether the word is a single letter.
fn is_letter(word: &str) -> bool {
    word.chars().nth(1).is_none()
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

    #[test]
    fn names_without_diacritics_are_masked() {
        check(
            "ong Nguyen Van An o xa Tan An chet, con gai la Tran Thi Hoa di khai tu",
            "ong [tên] o xa Tan An chet, con gai la [tên] di khai tu",
        );
        check("chi Le Thi Hoa va anh Minh", "chi [tên] va anh [tên]");
        check("cap giay cho Do Van B", "cap giay cho [tên]");
        check("CCCD cua Nguyen Văn An bị mất", "CCCD cua [tên] bị mất");
        check("Nguyen Cong An, Nguyễn Việt Nam", "[tên], [tên]");
    }

    #[test]
    fn streets_and_matters_without_diacritics_stay() {
        for text in [
            "nha o duong Nguyen Van Linh, Thanh pho Ho Chi Minh",
            "Duong Nguyen Van Linh thuoc phuong nao",
            "nop Ho So Dang Ky Khai Sinh o dau",
            "Dang Ky Ket Hon voi nguoi nuoc ngoai",
            "Pham Vi Dieu Chinh cua nghi dinh",
            "PHAN CAP QUAN LY, DO THI hoa, HO SO",
            "NGUYEN TAC CHIA SE TAI NGUYEN NUOC CO DUOC KHONG",
            "Nguyen Tac Ap Dung Phap Luat La Gi",
            "Vo Em o xa khac",
            "ong Tay xin nhan con, ong Viet kieu My",
            "hinh anh Bo Y te, tieng Anh Co ban, tre em Viet",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn names_in_capitals_are_masked() {
        check("bà TRẦN THỊ HOA nộp hồ sơ", "bà [tên] nộp hồ sơ");
        check("ÔNG PHẠM VĂN BÌNH", "ÔNG [tên]");
        check("ÔNG PHẠM VĂN BÌNH CÔNG AN XÃ", "ÔNG [tên] CÔNG AN XÃ");
        check("bà HOA nộp", "bà [tên] nộp");
        check("TRẦN THỊ HOA, ĐẶNG MINH ĐỨC", "[tên], [tên]");
        check("ong NGUYEN VAN AN CCCD", "ong [tên] CCCD");
        check("TRAN THI HIEN, NGUYEN HUU PHUOC", "[tên], [tên]");
    }

    #[test]
    fn words_in_capitals_stay() {
        for text in [
            "CHO EM HỎI THỦ TỤC LÀM CCCD",
            "em CCCD hết hạn, bà KHÔNG CÓ giấy tờ, anh CA xã",
            "QUẢN LÝ VĂN BẢN, QUY ĐỊNH CỤ THỂ, BÀ MẸ VIỆT NAM ANH HÙNG",
            "DANH HIỆU ANH HÙNG LAO ĐỘNG, TRẺ EM BỊ BỎ RƠI",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn where_somebody_is_from_stays() {
        for text in [
            "ông Tây xin nhận con riêng vs cô trong ấp",
            "Chị Việt kiều Mỹ kết hôn ở xã được không",
            "một ông Hàn Quốc mất ở đây, Anh Hàn làm ở khu công nghiệp",
            "Ông Mỹ ở bên đó, Ông Pháp sống ở đây, bà Việt Kiều",
            "con gái lấy ông Đức, một bà Nga xin visa",
        ] {
            check(text, text);
        }
        check(
            "bà Nga, anh Đức và chị Mỹ Hạnh",
            "bà [tên], anh [tên] và chị [tên]",
        );
    }

    #[test]
    fn matters_of_the_law_stay() {
        for text in [
            "Bà Mẹ Việt Nam anh hùng, danh hiệu Anh Hùng Lao Động",
            "Lương Cơ Sở Năm 2026 Là Bao Nhiêu?",
            "nộp Hồ Sơ Đăng Ký Khai Sinh ở đâu",
            "cấp Lý Lịch Tư Pháp, Đào Tạo Bồi Dưỡng, Phạm Vi Điều Chỉnh",
            "Cho Em Hỏi Thủ Tục Làm Căn Cước",
            "Dương Tính Với Ma Túy Có Bị Phạt Không",
            "Quy Định Cụ Thể Về Ông Bà Nội",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn a_name_in_a_heading_is_bounded() {
        check("Nguyễn Văn A Trần Thị B Lê Văn C", "[tên] [tên] [tên]");
        check(
            "Ông Nguyễn Văn A Xin Cấp Giấy Phép Xây Dựng",
            "Ông [tên] Xin Cấp Giấy Phép Xây Dựng",
        );
        check("theo yêu cầu Nguyễn Văn An", "theo yêu cầu [tên]");
    }
}
