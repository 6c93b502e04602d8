//! Whether a word is a Vietnamese syllable: how it begins, how it rhymes, which tone it takes.
//!
//! The inventory of initials and rhymes is closed, so a text in the wrong encoding shows at once:
//! hardly any of its marked words is a syllable.

use unicode_normalization::UnicodeNormalization;

/// Initials, longer ones before their beginnings.
const INITIALS: [&str; 28] = [
    "ngh", "ng", "nh", "kh", "gh", "gi", "ch", "th", "tr", "ph", "qu", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "p", "q", "r", "s", "t", "v", "x",
];

/// Rhymes without their tone, by first vowel.
const RHYMES: &str = " a ac ach ai am an ang anh ao ap at au ay \
    ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et \
    ê êch êm ên êng ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot \
    ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uyn uynh uyp uyt uyu uê uêt \
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ynh yt \
    iêc ươ ênh êc ";

/// Whether `word` is one syllable of Vietnamese, in any case and normal form.
///
/// # Example
/// ```
/// use camnang::text::is_syllable;
/// assert!(is_syllable("NGHIÊNG") && is_syllable("quyết") && is_syllable("hoà"));
/// assert!(!is_syllable("Ngh\u{ec}ª") && !is_syllable("quyÕt") && !is_syllable("việtt"));
/// ```
pub fn is_syllable(word: &str) -> bool {
    let mut tones = 0;
    // Tone marks are the combining characters that are left once the vowels are put together.
    let bare: String = word
        .chars()
        .flat_map(char::to_lowercase)
        .nfd()
        .filter(|&c| {
            let is_tone = matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
            tones += usize::from(is_tone);
            !is_tone
        })
        .nfc()
        .collect();
    if tones > 1 || bare.is_empty() {
        return false;
    }
    let rhymes = |rest: &str| {
        !rest.is_empty() && !rest.contains(' ') && RHYMES.contains(&format!(" {rest} "))
    };
    // `gì` and `quốc`: the vowel of the initial may be that of the rhyme.
    rhymes(&bare)
        || INITIALS
            .iter()
            .filter_map(|initial| bare.strip_prefix(initial))
            .any(rhymes)
        || bare == "gi"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_every_kind_are_known() {
        for word in "Căn cứ Luật Tổ chức chính quyền địa phương; nghị định quy định chi tiết việc giải quyết khuyết tật, gì giữ giêng quốc ngoằn ngoèo khuya quýt huỳnh thuở ươm yêu ăn ý soát xoong".split([' ', ',', ';']).filter(|w| !w.is_empty()) {
            assert!(is_syllable(word), "{word}");
        }
    }

    #[test]
    fn other_words_are_none() {
        for word in [
            "",
            "việtt",
            "quyÕt",
            "®Þnh",
            "Nghá»",
            "b",
            "đđ",
            "à\u{301}",
            "wifi",
            "ăă",
        ] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
