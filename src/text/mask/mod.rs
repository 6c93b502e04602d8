//! Personal identifiers in a question, replaced before the question is stored.
//!
//! Identity, telephone and other long numbers, e-mail addresses and names give way to placeholders;
//! document numbers, dates, sums of money and years stay, since answers depend on them. Where the
//! two pull apart, numbers lean to privacy and names to the wording: a bare name counts only as a
//! common surname with two or three more words, so `Lê Lợi` and `Trần Phú` stay (streets, mostly),
//! and so does everything after words such as `đường` or `phường`. Where capitals tell little, as in
//! headings, only a surname that is no other word, or `Văn` or `Thị` behind one, makes a name. House
//! addresses and names in small letters stay, and so does what may be a nation after `ông`.

mod email;
mod listed;
mod name;
mod number;

use crate::text::Span;

/// What stands between the brackets of a placeholder.
pub const PLACEHOLDERS: [&str; 4] = ["số định danh", "số điện thoại", "thư điện tử", "tên"];

/// A part of a text and the placeholder that takes its place.
type Masked = (Span, &'static str);

/// What finds one kind of personal identifiers: at least one capital letter, digit or `@` in each,
/// so that no placeholder is found again.
type Finder = fn(&str) -> Vec<Masked>;

/// All of them, in the order they are asked.
const FINDERS: [Finder; 3] = [email::find, number::find, name::find];

/// Replaces personal identifiers by `[số định danh]`, `[số điện thoại]`, `[thư điện tử]`, `[tên]`.
///
/// Masking a masked text changes nothing.
///
/// # Example
/// ```
/// use camnang::text::mask_identifiers;
/// assert_eq!(
///     mask_identifiers("Ông Nguyễn Văn A, CCCD 001085012345, ĐT 0912.345.678, hưởng 2.530.000 đồng từ 01.7.2025"),
///     "Ông [tên], CCCD [số định danh], ĐT [số điện thoại], hưởng 2.530.000 đồng từ 01.7.2025",
/// );
/// ```
pub fn mask_identifiers(text: &str) -> String {
    FINDERS
        .iter()
        .fold(text.to_owned(), |text, find| masked_by(text, *find))
}

/// `text` with all that `find` finds replaced, until it finds no more: what is gone may have hidden
/// something beside it.
fn masked_by(mut text: String, find: Finder) -> String {
    let mut found = find(&text);
    while !found.is_empty() {
        text = replace(&text, &found);
        found = find(&text);
    }
    text
}

/// `text` with the masked parts, which are in order and disjoint, replaced.
fn replace(text: &str, masked: &[Masked]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (span, placeholder) in masked {
        out.push_str(text.get(copied..span.start).unwrap_or_default());
        out.push_str(placeholder);
        copied = span.end;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wording_of_ordinary_questions_stays() {
        for text in [
            "Nghị định số 120/2025/NĐ-CP, 06/QĐ-TTg hết hiệu lực khi nào?",
            "Hồ sơ nộp trước ngày 01/7/2025, 01.07.2025 hoặc 01-07-2025 lúc 08.30",
            "Mức 2.530.000 đồng, 1.234.567.890 đồng, 2500000000 đồng năm 2024 2025 2026",
            "Mã thủ tục 1.001193.000.00.00.H10, ngày 01 tháng 7 năm 2025",
            "UBND Thành phố Hồ Chí Minh, xã Tân An, đường Nguyễn Văn Linh",
            "Chủ tịch Ủy ban nhân dân xã, ông Chủ tịch, bà Rịa, anh em Việt Nam",
        ] {
            assert_eq!(mask_identifiers(text), text);
        }
    }

    fn question_like() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "ông",
            "Bà",
            "em",
            "Nguyễn",
            "Văn",
            "A",
            "Trần",
            "Thị",
            "Hồ",
            "Chí",
            "Minh",
            "xã",
            "UBND",
            "001085012345",
            "0912",
            "345",
            "678",
            "+84",
            ".",
            ",",
            "-",
            "@",
            "a.b",
            "gmail.com",
            "01.7.2025",
            "120/2025/NĐ-CP",
            "đồng",
            "2.530.000",
            "Chủ",
            "tịch",
            "[tên]",
            "NGUYỄN",
            "VĂN",
            "LÊ",
            "123456789",
            "/",
            "đường",
            "ong",
            "Nguyen",
            "Van",
            "Tran",
            "HOA",
            "Tây",
            "Công",
            "An",
            "ạ",
            "(024)",
            "3845",
            "6789",
        ]);
        prop::collection::vec((pieces, prop::sample::select(vec!["", " ", " "])), 0..16).prop_map(
            |pieces| {
                pieces
                    .into_iter()
                    .flat_map(|(piece, gap)| [piece, gap])
                    .collect()
            },
        )
    }

    proptest! {
        #[test]
        fn masking_is_idempotent(text in prop_oneof![any::<String>(), question_like()]) {
            let once = mask_identifiers(&text);
            prop_assert_eq!(mask_identifiers(&once), once);
        }

        #[test]
        fn no_long_number_is_left(
            before in "(số |CCCD|DN|sđt|/|120/|\\()",
            digits in "[0-9]{9,16}",
            after in "( tại xã|\\?|, hạn 5 ngày|/|/Zalo|ạ|\\)| và 2)",
        ) {
            let masked = mask_identifiers(&format!("{before}{digits}{after}"));
            prop_assert!(!masked.contains(&digits));
            prop_assert!(masked.starts_with(&before) && masked.ends_with(&after));
        }

        #[test]
        fn no_number_beside_another_is_left(left in "0[1-9][0-9]{8}", right in "0[1-9][0-9]{8}", between in "[/,; -]", after in "[/ạa.]") {
            let masked = mask_identifiers(&format!("{left}{between}{right}{after}"));
            prop_assert_eq!(masked, format!("[số điện thoại]{between}[số điện thoại]{after}"));
            let grouped = |number: &str| {
                let (head, tail) = number.split_at(4);
                let (middle, tail) = tail.split_at(3);
                format!("{head}.{middle}.{tail}")
            };
            let masked = mask_identifiers(&format!("{}/{}", grouped(&left), grouped(&right)));
            prop_assert_eq!(masked, "[số điện thoại]/[số điện thoại]");
        }

        #[test]
        fn common_names_are_masked_with_and_without_marks(
            before in "(con của |cap cho |ông |ong |bà )",
            name in "((Nguyễn|Nguyen|Trần|Tran|Bùi) (Văn|Van|Thị) (An|Bình|Hoa)|(NGUYỄN|TRẦN) (VĂN|THỊ) (AN|HOA))",
            after in "( nộp| o xa|\\?|,)",
        ) {
            prop_assert_eq!(mask_identifiers(&format!("{before}{name}{after}")), format!("{before}[tên]{after}"));
        }

        #[test]
        fn document_numbers_and_dates_stay(number in 1..9999_u32, day in 1..31_u32, month in 1..12_u32, year in 1990..2030_u32) {
            let text = format!("{number}/{year}/NĐ-CP ngày {day:02}/{month:02}/{year}, {day}.{month}.{year}, {number}.000.000 đồng");
            prop_assert_eq!(mask_identifiers(&text), text);
        }
    }
}
