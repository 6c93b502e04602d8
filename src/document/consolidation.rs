//! Consolidated texts (văn bản hợp nhất): who authenticated one, under which number and when.
//!
//! The head of such a text is that of the document with its amendments worked in; its own facts
//! stand above the signature (Ordinance 01/2012/UBTVQH13, Article 18):
//!
//! ```text
//! BỘ CÔNG THƯƠNG
//! Số: 40/VBHN-BCT
//! XÁC THỰC VĂN BẢN HỢP NHẤT
//! Hà Nội, ngày 26 tháng 5 năm 2026
//! ```

use crate::document::DocumentKind;
use crate::document::DocumentNumber;
use crate::document::Facts;
use crate::document::letterhead::is_issuer;
use crate::document::letterhead::place_and_date;
use crate::document::letterhead::states_number;
use crate::document::line::is_upper;

/// The line that says what the signature stands for.
const AUTHENTICATED: &str = "XÁC THỰC VĂN BẢN HỢP NHẤT";
/// Number, issuer and date stand within this many lines of it.
const REACH: usize = 3;

/// Reads the lines above the signature; nothing in a text that is not consolidated.
pub(super) fn read(text: &str) -> Facts {
    if !text.contains(AUTHENTICATED) {
        return Facts::default();
    }
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.trim_matches(['_', ' ']))
        .filter(|line| line.contains(char::is_alphanumeric))
        .collect();
    let Some(at) = lines
        .iter()
        .rposition(|line| line.starts_with(AUTHENTICATED))
    else {
        return Facts::default();
    };
    let (before, behind) = lines.split_at_checked(at).unwrap_or_default();
    let before = before
        .get(before.len().saturating_sub(REACH)..)
        .unwrap_or_default();
    let behind = behind.iter().take(REACH + 1);
    let number = before.iter().chain(behind.clone());
    Facts {
        number: number
            .filter(|line| states_number(line))
            .find_map(|line| DocumentNumber::first_in(line)),
        kind: Some(DocumentKind::Consolidation),
        issuer: issuer(before),
        issued: behind.clone().find_map(|line| place_and_date(line)),
        ..Facts::default()
    }
}

/// The name of an office, which may run over two lines.
fn issuer(lines: &[&str]) -> Option<String> {
    let at = lines.iter().position(|line| is_issuer(line))?;
    let name = lines.iter().skip(at);
    let name: Vec<&str> = name.copied().take_while(|line| is_upper(line)).collect();
    Some(name.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Date;

    #[test]
    fn number_issuer_and_date_stand_above_the_signature() {
        for text in [
            "Điều 9. A\nMột./.\nBỘ LAO ĐỘNG -\nTHƯƠNG BINH VÀ XÃ HỘI\nSố: 834/VBHN-BLĐTBXH\n\
             XÁC THỰC VĂN BẢN HỢP NHẤT\nHà Nội, ngày 05 tháng 3 năm 2024\nBỘ TRƯỞNG",
            "Điều 9. A\nMột./.\n____ BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI\nXÁC THỰC VĂN BẢN HỢP NHẤT\n\
             .\nSố: 834/VBHN-BLĐTBXH\nHà Nội, ngày 05 tháng 3 năm 2024",
        ] {
            let facts = read(text);
            assert_eq!(
                facts.number.map(|n| n.to_string()).as_deref(),
                Some("834/VBHN-BLĐTBXH")
            );
            assert_eq!(
                facts.issuer.as_deref(),
                Some("BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI")
            );
            assert_eq!(facts.issued, Date::new(2024, 3, 5));
            assert_eq!(facts.kind, Some(DocumentKind::Consolidation));
        }
    }

    #[test]
    fn other_texts_have_no_such_facts() {
        assert_eq!(
            read("BỘ TƯ PHÁP\nSố: 1/QĐ-BTP\nĐiều 1. A"),
            Facts::default()
        );
    }
}
