//! Neighbouring words that decide between the readings of an ambiguous short form.

/// Short form, reading, words before it and words after it that call for that reading: one or two
/// each, and `""` for the end of the question. All but the reading are bare search forms; full words
/// stand beside their own short forms, so that a question means the same once its neighbours are
/// written out. Of several clues of a short form that fit, the first decides.
type Clue = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const CLUES: &[Clue] = &[
    (
        "tt",
        "trung tâm",
        &["doc"],
        &["phuc", "pvhcc", "hoc", "van", "dich", "y", "hanh"],
    ),
    ("tt", "thông tin", &["cap"], &["ca", "lien", "dat", "ve"]),
    ("tt", "thông tư", &["theo"], &["lien", "nay", "cua"]),
    (
        "ct",
        "chủ tịch",
        &["pho", "ong", "ba"],
        &[
            "ubnd", "ui", "uy", "hdnd", "hoi", "xa", "phuong", "tinh", "huyen", "thanh", "nuoc",
            "mttq", "mat", "dac",
        ],
    ),
    ("ct", "chương trình", &[], &["mtqg", "muc", "nay", "phoi"]),
    (
        "cv",
        "công văn",
        &["theo", "bang", "soan", "gui"],
        &["den", "di", "cua", "hoi", "nay"],
    ),
    (
        "cv",
        "chuyên viên",
        &["ngach", "la", "lam", "cac"],
        &["chinh", "cao", "phong", "tham"],
    ),
    (
        "kh",
        "kế hoạch",
        &["theo", "lap"],
        &["cua", "nam", "trien", "nay"],
    ),
    (
        "kh",
        "khoa học",
        &[],
        &["cn", "cong nghe", "cong lap", "va cong", "ki thuat"],
    ),
    (
        "kh",
        "không",
        &["duoc", "dc", "phai"],
        &[
            "", "a", "ad", "em", "e", "vay", "z", "nhi", "ha", "hay", "nua", "biet", "co", "can",
            "duoc", "dc", "the", "con", "muon", "chiu", "thay",
        ],
    ),
    ("kh", "khoa học", &["to chuc", "de tai", "nghien cuu"], &[]),
    ("kh", "kế hoạch", &["dung", "ban", "ban hanh"], &[]),
    (
        "ns",
        "ngân sách",
        &["toan", "thu", "nop"],
        &["nam", "xa", "trung", "dia", "nha", "cap", "tinh", "huyen"],
    ),
    ("ns", "nói", &["nghe"], &["la", "rang", "chuyen", "gi", "j"]),
    (
        "tb",
        "thông báo",
        &["ra", "gui", "van"],
        &["thu", "ve", "ket", "cong"],
    ),
    ("tb", "thương binh", &["nguoi"], &["benh", "liet", "hang"]),
    ("tb", "trung bình", &["muc", "nhap", "hang"], &[]),
    ("cc", "căn cước", &["the", "so", "giay"], &[]),
    (
        "cc",
        "công chức",
        &["bo", "la", "lam", "thi", "tuyen"],
        &["xa", "phuong", "cap"],
    ),
    ("cc", "công chứng", &["phong", "phi"], &["vien", "hop"]),
    ("tc", "tố cáo", &["kn", "nai", "don", "quyet", "bi"], &[]),
    ("tc", "tài chính", &["bo", "so", "phong"], &["ke"]),
    (
        "hn",
        "hộ nghèo",
        &["la", "dien", "thuoc", "chuan", "soat", "cac"],
        &["hcn", "can", "moi", "da"],
    ),
    ("hn", "Hà Nội", &["tai", "o", "tp", "pho"], &[]),
    ("btc", "Bộ Tài chính", &["cua", "tu"], &[]),
    (
        "btc",
        "ban tổ chức",
        &["truong"],
        &["giai", "su", "le", "hoi"],
    ),
    ("ttcp", "Thanh tra Chính phủ", &["tong"], &[]),
    ("ttcp", "Thủ tướng Chính phủ", &["dinh", "qd", "pho"], &[]),
    ("gddt", "giao dịch điện tử", &["luat", "ve"], &[]),
    (
        "gddt",
        "giáo dục và đào tạo",
        &["bo", "so", "phong", "nganh"],
        &[],
    ),
    (
        "dk",
        "điều kiện",
        &["du", "cac", "co"],
        &["gi", "j", "la", "de"],
    ),
    (
        "dk",
        "đăng ký",
        &["phi"],
        &[
            "khai", "ket", "thuong", "tam", "cu", "xe", "ho", "lai", "dat", "kinh", "bien", "the",
            "giam", "nuoi", "o",
        ],
    ),
    ("dk", "được", &[], &["k", "ko", "khong"]),
    ("bh", "bây giờ", &[], &["la", "con", "phai", "thi"]),
    ("bh", "bao giờ", &["den", "khi"], &["co", "xong", "tra"]),
    ("cs", "cơ sở", &["luong", "cac"], &["kcb", "kham"]),
    ("vc", "việc", &["lam"], &[]),
    (
        "hs",
        "hồ sơ",
        &["nop", "lam", "nhan", "bo", "tra", "cac"],
        &["gom", "dang", "khai", "can"],
    ),
];

/// The one of `readings` of the short form `short` that the words before and after it call for.
pub(super) fn reading_between(
    short: &str,
    before: &str,
    after: &str,
    readings: &[&str],
) -> Option<&'static str> {
    let fits = |clue: &&Clue| {
        clue.0 == short
            && readings.contains(&clue.1)
            && (clue.2.iter().any(|words| is_end(before, words))
                || clue.3.iter().any(|words| is_start(after, words)))
    };
    CLUES.iter().find(fits).map(|clue| clue.1)
}

/// Whether the last words of `text` are `words`.
fn is_end(text: &str, words: &str) -> bool {
    let rest = text.strip_suffix(words).filter(|_| !words.is_empty());
    text == words || rest.is_some_and(|rest| rest.ends_with(' '))
}

/// Whether the first words of `text` are `words`.
fn is_start(text: &str, words: &str) -> bool {
    let rest = text.strip_prefix(words).filter(|_| !words.is_empty());
    text == words || rest.is_some_and(|rest| rest.starts_with(' '))
}

/// Whether the word before says that `short` is a name from elsewhere: `đơn PCT` is a patent matter.
pub(super) fn is_foreign(short: &str, before: &str) -> bool {
    short == "pct" && matches!(before, "don" | "uoc" | "sang")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::abbreviation::administrative::ADMINISTRATIVE;
    use crate::text::abbreviation::chat::CHAT;
    use crate::text::{fold_text, fold_word};

    #[test]
    fn every_clue_names_a_reading_of_its_row() {
        for (short, reading, ..) in CLUES {
            let mut rows = ADMINISTRATIVE
                .iter()
                .chain(CHAT)
                .filter(|row| fold_word(row.0).bare == *short);
            assert!(rows.any(|row| row.2.contains(reading)), "{short} {reading}");
        }
    }

    #[test]
    fn clue_words_are_bare_search_forms() {
        for word in CLUES
            .iter()
            .flat_map(|clue| clue.2.iter().chain(clue.3).chain([&clue.0]))
        {
            assert_eq!(fold_text(word, false), **word);
        }
    }
}
