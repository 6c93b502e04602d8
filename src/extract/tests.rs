use std::io::Cursor;
use std::io::Write;

use zip::CompressionMethod;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in entries {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn archive_gives_each_of_its_documents() {
    let inner = archive(&[("sâu.txt", "Điều 2.".as_bytes())]);
    let bytes = archive(&[
        ("nghị định/a.txt", "Điều 1.".as_bytes()),
        ("../b.html", b"<p>Trang"),
        ("trong.zip", &inner),
        ("hong.docx", b"PK\x03\x04 [Content_Types].xml"),
        ("__MACOSX/a.txt", b"x"),
        ("~$a.docx", b"x"),
    ]);
    let texts = extract("goi.zip", &bytes).unwrap();
    let found: Vec<(&str, &str)> = texts
        .iter()
        .map(|t| (t.name.as_str(), t.text.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("b.html", "Trang"),
            ("hong.docx", ""),
            ("nghị định/a.txt", "Điều 1."),
            ("trong.zip/sâu.txt", "Điều 2."),
        ]
    );
    assert!(matches!(
        texts[1].findings.as_slice(),
        [Finding::Unread(ExtractError::Damaged { .. })]
    ));
}

#[test]
fn folders_named_as_those_of_office_files_are_folders() {
    for folder in ["word", "xl", "ppt", "mimetype"] {
        let name = format!("{folder}/thông tư 01.txt");
        let bytes = archive(&[(&name, "Điều 1.".as_bytes()), ("mimetypes.txt", b"a")]);
        let texts = extract("goi.zip", &bytes).unwrap();
        let names: Vec<&str> = texts.iter().map(|text| text.name.as_str()).collect();
        assert!(names.contains(&name.as_str()), "{names:?}");
    }
    for (name, words) in [("xl/a.xml", "Excel"), ("ppt/a.xml", "PowerPoint")] {
        let bytes = archive(&[("[Content_Types].xml", b"<a/>"), (name, b"<a/>")]);
        let error = extract("a", &bytes).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn archives_in_archives_end_somewhere() {
    let mut bytes = archive(&[("a.txt", b"a")]);
    for _ in 0..4 {
        bytes = archive(&[("a.zip", &bytes)]);
    }
    let texts = extract("a.zip", &bytes).unwrap();
    assert!(matches!(
        texts[0].findings.as_slice(),
        [Finding::Unread(ExtractError::Unsupported { .. })]
    ));
}

#[test]
fn archive_that_unpacks_to_too_much_is_refused() {
    let zeros = vec![b' '; 40 << 20];
    let entries: Vec<(String, &[u8])> = (0..8)
        .map(|n| (format!("{n}.txt"), zeros.as_slice()))
        .collect();
    let entries: Vec<(&str, &[u8])> = entries
        .iter()
        .map(|(name, bytes)| (name.as_str(), *bytes))
        .collect();
    let bytes = archive(&entries);
    assert!(bytes.len() < 1 << 20);
    assert!(matches!(
        extract("bom.zip", &bytes),
        Err(ExtractError::TooLarge { .. })
    ));
}

#[test]
fn text_that_no_document_has_is_refused_in_every_format() {
    let line = "Điều 1. Hồ sơ\n";
    let text = line.repeat(limit::CANONICAL_BYTES / line.len() + 1);
    let page = format!("<p>{}", text.replace('\n', " "));
    let xml = format!(
        "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    );
    let word = archive(&[("word/document.xml", xml.as_bytes())]);
    for (name, bytes) in [("a.txt", text.into_bytes()), ("a.docx", word)] {
        let error = extract(name, &bytes).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the text in it is too large: the limit is 8388608",
            "{name}"
        );
    }
    assert!(extract("a.html", page.as_bytes()).is_err());
}

#[test]
fn archive_with_too_many_entries_is_refused() {
    let names: Vec<String> = (0..=limit::ENTRIES).map(|n| format!("{n}.txt")).collect();
    let entries: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), b"".as_slice()))
        .collect();
    assert!(matches!(
        extract("nhieu.zip", &archive(&entries)),
        Err(ExtractError::TooLarge {
            limit: limit::ENTRIES,
            ..
        })
    ));
}

#[test]
fn archive_that_breaks_off_or_is_encrypted_says_so() {
    let bytes = archive(&[("a.txt", b"a")]);
    assert!(matches!(
        extract("a.zip", &bytes[..bytes.len() / 2]),
        Err(ExtractError::Damaged { .. })
    ));
    // The lowest bit of the flags, in both headers of the entry.
    let mut locked = bytes.clone();
    let central = locked.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[central + 8] |= 1;
    let texts = extract("a.zip", &locked).unwrap();
    assert_eq!(
        texts[0].findings,
        [Finding::Unread(ExtractError::Encrypted)]
    );
}

#[test]
fn content_decides_and_wrong_names_are_noted() {
    let texts = extract("a.pdf", "Điều 1.".as_bytes()).unwrap();
    assert_eq!(texts[0].format, Format::Text);
    assert_eq!(
        texts[0].findings,
        [Finding::Renamed {
            extension: "pdf".to_owned(),
            format: Format::Text
        }]
    );
    assert_eq!(
        texts[0].findings[0].to_string(),
        "is text though its name ends in `.pdf`"
    );
}

#[test]
fn formats_that_are_not_read_say_what_to_do() {
    for (bytes, words) in [
        (b"{\\rtf1 a}".as_slice(), "save it as .docx"),
        (b"Rar!\x1a\x07", "pack it as .zip"),
        (b"\x89PNG\r\n", "PDF"),
        (b"\x00\x01\x02\x03abcd", "accepted: .txt"),
    ] {
        let error = extract("a", bytes).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
    let sheet = archive(&[("xl/workbook.xml", b"<x/>")]);
    assert!(
        extract("a.xlsx", &sheet)
            .unwrap_err()
            .to_string()
            .contains("Excel")
    );
}
