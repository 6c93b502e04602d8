use super::super::*;
use super::file;
use super::file::Leaf;
use crate::extract::NoCache;
use crate::extract::ocr::tests::program;

const DONE: &str = r#"if [ "$1" = --list-langs ]; then echo vie; exit; fi
cat > /dev/null
printf '5\t1\t1\t1\t1\t1\t300\t200\t90\t30\t90\tĐiều\n5\t1\t1\t1\t1\t2\t400\t202\t30\t28\t80\t1.\n'
printf '5\t1\t1\t1\t2\t1\t300\t260\t90\t30\t70\tKhai\n5\t1\t1\t1\t2\t2\t400\t262\t60\t28\t60\tsinh\n'"#;

/// What is found and the text, with a Tesseract that answers as `script` says.
fn with(script: &str, leaves: &[Leaf]) -> Result<(String, Vec<Finding>, Opened), ExtractError> {
    let folder = tempfile::tempdir().unwrap();
    let path = program(&folder, script);
    let bytes = file::file(leaves, "");
    let mut opened = open::open(bytes.clone(), limit::READ_TIME)?;
    let findings = recognise(&bytes, &mut opened, &NoCache, || Tesseract::at(&path))?;
    let pages = opened
        .sheets
        .iter()
        .map(|sheet| sheet.clone().read(false))
        .collect();
    let (text, _) = flow::text(pages).0.finish();
    Ok((text, findings, opened))
}

fn scan_and_text() -> [Leaf; 2] {
    [
        Leaf::default().picture(),
        Leaf::default().paragraph(100.0, &["Điều 2. Hiệu lực"]),
    ]
}

#[test]
fn a_scanned_page_is_recognised_and_keeps_its_confidence() {
    let (text, findings, opened) = with(DONE, &scan_and_text()).unwrap();
    assert_eq!(text, "Điều 1. Khai sinh\nĐiều 2. Hiệu lực");
    assert_eq!(findings, []);
    let confidence = opened.sheets[0].ocr.unwrap();
    assert!((0.6..0.9).contains(&confidence), "{confidence}");
    assert_eq!(opened.sheets[1].ocr, None);
}

#[test]
fn without_tesseract_a_scan_says_what_to_install_and_other_pages_are_read() {
    let english = "echo eng";
    let (text, findings, _) = with(english, &scan_and_text()).unwrap();
    assert_eq!(text, "Điều 2. Hiệu lực");
    let [finding] = &findings[..] else {
        panic!("{findings:?}");
    };
    assert!(matches!(finding, Finding::PageUnread { page: 1, .. }));
    assert!(
        finding
            .to_string()
            .contains("apt install tesseract-ocr tesseract-ocr-vie")
    );
    let all = with(english, &[Leaf::default().picture()])
        .map(|_| ())
        .unwrap_err();
    assert!(matches!(all, ExtractError::Needs { .. }), "{all}");
}

#[test]
fn a_page_on_which_tesseract_fails_is_named() {
    let script = "if [ \"$1\" = --list-langs ]; then echo vie; exit; fi\nexit 1";
    let (_, findings, _) = with(script, &scan_and_text()).unwrap();
    assert_eq!(
        findings
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<String>>(),
        ["page 1 cannot be read: `tesseract` failed on it"]
    );
}

#[test]
fn text_behind_a_scan_is_used_when_it_is_vietnamese() {
    let good = "Người có yêu cầu đăng ký khai sinh nộp hồ sơ tại cơ quan đăng ký hộ tịch";
    let bad = "xqv zzk wrt pqf jjh bbd kkl mnb vcx zlk jhg fds aqw ert yui opl kjh gfd saz xcv";
    let hidden = |text: &str| {
        Leaf::default()
            .picture()
            .raw("3 Tr\n")
            .paragraph(100.0, &[text, text])
    };
    let (text, _, opened) = with(DONE, &[hidden(good), hidden(bad)]).unwrap();
    assert!(text.starts_with("Người có yêu cầu"), "{text}");
    assert!(opened.sheets[0].ocr.is_some());
    assert!(
        text.contains("Khai sinh") && !text.contains("xqv"),
        "{text}"
    );
}

#[test]
fn pictures_that_are_too_large_are_not_drawn() {
    let bytes = file::file(&[Leaf::default().picture()], "");
    let large = bytes
        .windows(8)
        .position(|window| window == b"/Width 2")
        .map(|at| {
            [
                &bytes[..at],
                b"/Width 99999/Height 99999",
                &bytes[at + 17..],
            ]
            .concat()
        })
        .unwrap();
    let mut opened = open::open(large.clone(), limit::READ_TIME).unwrap();
    let findings = recognise(&large, &mut opened, &NoCache, Tesseract::find).unwrap();
    assert_eq!(
        findings
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<String>>(),
        ["page 1 cannot be read: its pictures are too large to be drawn"]
    );
}
