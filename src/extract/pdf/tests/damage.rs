use std::time::Duration;
use std::time::Instant;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;
use std::io::Write;

use super::file;
use super::file::Leaf;
use crate::extract::ExtractError;
use crate::extract::NoCache;
use crate::extract::pdf::limit;
use crate::extract::pdf::open;
use crate::extract::pdf::read;
use crate::extract::pdf::worker;

fn sample() -> Vec<u8> {
    let leaf = Leaf::default()
        .paragraph(100.0, &["Điều 1. Phạm vi", "và đối tượng"])
        .rule(80.0, 200.0, 500.0, 200.0);
    file::file(&[leaf.clone(), leaf], "")
}

#[track_caller]
fn error(bytes: &[u8]) -> ExtractError {
    read(bytes, &NoCache).map(|_| ()).unwrap_err()
}

#[test]
fn a_file_behind_a_password_is_encrypted() {
    let zeros = "00".repeat(32);
    let extra =
        format!("/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{zeros}>/U<{zeros}>>>");
    let bytes = file::file(&[Leaf::default()], &extra);
    assert_eq!(error(&bytes), ExtractError::Encrypted);
}

#[test]
fn a_file_without_pages_is_damaged() {
    for bytes in [
        b"%PDF-1.7\n".as_slice(),
        b"%PDF-1.7\n%%EOF",
        &sample()[..200],
    ] {
        assert!(matches!(error(bytes), ExtractError::Damaged { .. }));
    }
}

#[test]
fn a_file_that_breaks_off_or_holds_nothing_is_damaged() {
    let bytes = sample();
    let cut = &bytes[..bytes.len() - 300];
    assert!(error(cut).to_string().contains("it breaks off"));
    let blank = file::file(&[Leaf::default()], "");
    let found = error(&blank).to_string();
    assert!(found.contains("neither letters nor pictures"), "{found}");
}

#[test]
fn a_stream_that_unpacks_to_too_much_is_refused() {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(&vec![
            b' ';
            usize::try_from(limit::STREAM_BYTES).unwrap() + 1
        ])
        .unwrap();
    let bomb = encoder.finish().unwrap();
    for dictionary in [
        // The name is written so that a search of the bytes does not find it.
        "/Filter/Fl#61teDecode",
        // Instructions that claim to be a picture.
        "/X/Image/Width 1/Filter/FlateDecode",
        "/Subtype/Image/Width 1/Height 1/Filter/FlateDecode",
    ] {
        let objects = [
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 9 9]>>".to_vec(),
            b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>".to_vec(),
            file::stream(dictionary, &bomb),
        ];
        let found = error(&file::assembled(&objects, ""));
        assert!(
            found.to_string().contains("a stream in it unpacks to"),
            "{dictionary}: {found}"
        );
    }
}

#[test]
fn parts_of_a_page_are_added_up() {
    let parts = "4 0 R ".repeat(9000);
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 9 9]>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/Contents[{parts}]>>").into_bytes(),
        file::stream("", &vec![b' '; 40_000]),
    ];
    let found = error(&file::assembled(&objects, ""));
    assert!(found.to_string().contains("its pages unpack to"), "{found}");
}

/// Forms that draw one another ten times each, ten levels deep.
fn forms() -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 99 99]/Resources<</XObject<</X 5 0 R>>>>>>"
            .to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>".to_vec(),
        file::stream("", b"/X Do"),
    ];
    for next in 6..16 {
        let dictionary = format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X {next} 0 R>>>>"
        );
        objects.push(file::stream(&dictionary, "/X Do ".repeat(10).as_bytes()));
    }
    objects.push(file::stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]",
        b"",
    ));
    file::assembled(&objects, "")
}

#[test]
fn forms_within_forms_are_stopped_by_the_clock() {
    let start = Instant::now();
    let short = Duration::from_millis(300);
    let found = worker::run(Duration::from_secs(50), move || open::open(forms(), short));
    let found = found.map(|_| ()).unwrap_err();
    assert!(
        found.to_string().contains("the time that its pages take"),
        "{found}"
    );
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn deep_nesting_does_not_end_the_program() {
    let deep = "[".repeat(200_000);
    let mut bytes = sample();
    bytes.extend(format!("99 0 obj\n{deep}\nendobj\n").into_bytes());
    bytes.extend_from_slice(b"%%EOF");
    assert!(read(&bytes, &NoCache).is_ok());
    let leaf = Leaf::default().raw(&deep).raw(&"<<".repeat(100_000));
    drop(read(&file::file(&[leaf], ""), &NoCache));
}

#[test]
fn too_many_pages_are_refused() {
    let leaves = vec![Leaf::default(); limit::PAGES + 1];
    let found = error(&file::file(&leaves, ""));
    assert!(
        found.to_string().contains("the number of its pages"),
        "{found}"
    );
}

#[test]
fn a_truncated_file_gives_text_or_an_error() {
    let bytes = sample();
    let whole = read(&bytes, &NoCache).is_ok();
    assert!(whole);
    for n in (0..bytes.len()).step_by(97) {
        drop(read(&bytes[..n], &NoCache));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Changed bytes cost at most their own file, and little time.
    #[test]
    fn changed_bytes_end_in_text_or_an_error(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40)
    ) {
        let mut bytes = sample();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let start = Instant::now();
        drop(read(&bytes, &NoCache));
        prop_assert!(start.elapsed() < Duration::from_secs(20));
    }
}
