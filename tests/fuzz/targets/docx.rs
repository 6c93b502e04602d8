//! The parts of a Word file, divided by zeros: document, numbering, styles, footnotes.
#![no_main]

use std::io::Cursor;
use std::io::Write;

use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const RELATIONS: &str = r#"<R><R Type="/numbering" Target="numbering.xml"/><R Type="/styles" Target="styles.xml"/><R Type="/footnotes" Target="footnotes.xml"/></R>"#;

fuzz_target!(|bytes: &[u8]| {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let names = ["document", "numbering", "styles", "footnotes"];
    let names = names.map(|name| format!("word/{name}.xml"));
    let parts = names
        .iter()
        .map(String::as_str)
        .zip(bytes.split(|byte| *byte == 0));
    for (name, part) in parts.chain([("word/_rels/document.xml.rels", RELATIONS.as_bytes())]) {
        writer
            .start_file(name, SimpleFileOptions::default())
            .expect("an entry");
        writer.write_all(part).expect("an entry");
    }
    let package = writer.finish().expect("a package").into_inner();
    if let Err(error) = camnang::extract::extract("a.docx", &package) {
        assert!(!error.to_string().contains("broke down"));
    }
});
