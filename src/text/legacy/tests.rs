use super::*;
use proptest::prelude::*;

const SENTENCE: &str = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Bộ trưởng ban hành Thông tư quy định về lệ phí đăng ký, ưu đãi người khuyết tật, xã hội hóa";

#[track_caller]
fn check(written: &str, encoding: Legacy, expected: &str) {
    let (text, found) = repair_legacy(written);
    assert_eq!(text, expected);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].encoding, found[0].repaired), (encoding, true));
}

#[test]
fn whole_texts_are_converted() {
    check(&tcvn3::encode(SENTENCE).unwrap(), Legacy::Tcvn3, SENTENCE);
    check(&vni::encode(SENTENCE), Legacy::Vni, SENTENCE);
    check(&mojibake::encode(SENTENCE), Legacy::Mojibake, SENTENCE);
}

#[test]
fn texts_as_they_were_typed_are_converted() {
    check(
        "Céng hoµ x· héi chñ nghÜa ViÖt Nam",
        Legacy::Tcvn3,
        "Cộng hoà xã hội chủ nghĩa Việt Nam",
    );
    check(
        "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM",
        Legacy::Vni,
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    );
    check(
        "Nghá»‹ Ä‘á»‹nh cá»§a ChÃ\u{ad}nh phá»§",
        Legacy::Mojibake,
        "Nghị định của Chính phủ",
    );
}

#[test]
fn single_lines_are_converted_and_the_others_stay() {
    let mixed = format!(
        "{SENTENCE}\n{}\n{SENTENCE}\n{SENTENCE}",
        tcvn3::encode(SENTENCE).unwrap()
    );
    let (text, found) = repair_legacy(&mixed);
    assert_eq!(text, [SENTENCE; 4].join("\n"));
    assert_eq!(found.first().map(|f| f.n_lines), Some(1));
}

#[test]
fn mojibake_with_lost_bytes_is_reported_and_stays() {
    // The second byte of `à`, a no-break space, became a space.
    let broken = "Nghá»‹ Ä‘á»‹nh vÃ Luáº\u{ad}t vÃ Bá»™ vÃ xÃ£";
    let (text, found) = repair_legacy(broken);
    assert_eq!(text, broken);
    assert_eq!(
        found,
        [LegacyFound {
            encoding: Legacy::Mojibake,
            n_lines: 1,
            repaired: false
        }]
    );
}

#[test]
fn fonts_name_their_encoding() {
    assert_eq!(Legacy::of_font(".VnTime"), Some(Legacy::Tcvn3));
    assert_eq!(Legacy::of_font(".VnTimeH"), Some(Legacy::Tcvn3Capitals));
    assert_eq!(
        Legacy::of_font(".VnArial NarrowH"),
        Some(Legacy::Tcvn3Capitals)
    );
    assert_eq!(Legacy::of_font("VNI-Times"), Some(Legacy::Vni));
    assert_eq!(Legacy::of_font("Times New Roman"), None);
    assert_eq!(Legacy::Tcvn3Capitals.decode("ChÝnh phñ"), "CHÍNH PHỦ");
}

#[test]
fn words_in_an_old_encoding_are_converted_beside_words_in_unicode() {
    let words = |text: &str| Legacy::Tcvn3.decode_words(text);
    let mixed = "NghÞ ®Þnh cña ChÝnh phñ, cã hiÖu lùc thi hµnh từ năm nay";
    let expected = "Nghị định của Chính phủ, có hiệu lực thi hành từ năm nay";
    assert_eq!(words(mixed).as_deref(), Some(expected));
    // What may be in either stays where only Unicode is around it.
    for text in ["của cá nhân, tổ chức", "cá nhân", "ChÝnh phñ"] {
        assert_eq!(words(text), None, "{text}");
    }
    assert_eq!(
        words("cña cá nhân của ChÝnh phñ").as_deref(),
        Some("của cá nhân của Chính phủ")
    );
}

#[test]
fn western_and_mixed_texts_stay() {
    for text in [
        "São Paulo, Müller, Åse, façade, naïve, Gößweinstein und Ähnliches",
        "Ông ĐỖ VĂN Ý và bà HỒ THỊ Õ, tỷ lệ 5 ± 0,1 °C, 30 m²",
        SENTENCE,
        "",
    ] {
        assert_eq!(repair_legacy(text), (text.into(), vec![]), "{text}");
    }
}

#[test]
fn signs_of_sums_and_units_stay() {
    for text in [
        "540.000 × 1,5 × 3 × 2 = 4.860.000 (đồng)",
        "(80 ÷ 90) mm, Dài: (90 ÷ 130) mm.",
        "- Xi măng PC30 · cát · 5 ÷ 10 kg",
        "Pc_tj = HRj × Pvc_tj × (1 + (j - 1) × khs)",
        "- Thang đo: (0,01 ÷ 50.000) cm3/m2·24h·0.1MPa",
        "11÷20 21÷30 31÷50",
        "(1 ÷ 5) N·m; (5 ÷ 50) N·m; (50 ÷ 500) N·m",
        "m×n, G×n, k×n",
        "± 0,1; ± 0,2; ± 0,3 m²; 5 m²; 6 m²",
        "PM: 5 µm, 10 µm, 20 µm, 5 µg, 3 µ",
        "Thép Ø10, Ø12, ø14, ø16",
    ] {
        assert_eq!(repair_legacy(text), (text.into(), vec![]), "{text}");
    }
}

#[test]
fn lines_in_unicode_stay_in_a_converted_text() {
    // Latin-1 has the marked letters of the first line too.
    let line = "Bàn hành lôgô, mã, xã, số liệu";
    let mixed = format!(
        "{line}\n{}\n{line}",
        [tcvn3::encode(SENTENCE).unwrap().as_str(); 9].join("\n")
    );
    let (text, found) = repair_legacy(&mixed);
    let expected = format!("{line}\n{}\n{line}", [SENTENCE; 9].join("\n"));
    assert_eq!(text, expected);
    assert_eq!(found.first().map(|f| f.n_lines), Some(9));
    // One line alone, of which only the last letter is Unicode's.
    let line = format!("{}\u{1b0}", tcvn3::encode(SENTENCE).unwrap());
    assert_eq!(repair_legacy(&line), (line.as_str().into(), vec![]));
}

/// Correct Vietnamese: words of a sentence in any order.
fn vietnamese() -> impl Strategy<Value = String> {
    let words: Vec<&str> = SENTENCE.split(' ').collect();
    let case = prop::bool::ANY;
    prop::collection::vec((prop::sample::select(words), case), 6..60).prop_map(|words| {
        let word = |(word, capital): (&str, bool)| {
            if capital {
                word.to_uppercase()
            } else {
                word.to_owned()
            }
        };
        words.into_iter().map(word).collect::<Vec<_>>().join(" ")
    })
}

proptest! {
    #[test]
    fn correct_text_never_changes(text in vietnamese()) {
        let (same, found) = repair_legacy(&text);
        prop_assert_eq!(same, text.as_str());
        prop_assert!(found.is_empty());
    }

    #[test]
    fn repair_never_fails(text in any::<String>()) {
        let (once, _) = repair_legacy(&text);
        prop_assert!(once.len() <= text.len() * 4);
    }

    #[test]
    fn vni_reads_back(text in vietnamese()) {
        prop_assert_eq!(vni::decode(&vni::encode(&text)), text);
    }

    #[test]
    fn tcvn3_reads_back(text in vietnamese()) {
        if let Some(written) = tcvn3::encode(&text) {
            prop_assert_eq!(tcvn3::decode(&written), text);
        }
    }

    #[test]
    fn mojibake_reads_back(text in vietnamese()) {
        prop_assert_eq!(mojibake::decode(&mojibake::encode(&text)), (text, true));
    }
}
