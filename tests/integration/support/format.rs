//! Small files of the formats that offices send.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive of `entries`, each a name and its bytes.
pub(crate) fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word file with a paragraph for each line of `text`.
pub(crate) fn word(text: &str) -> Vec<u8> {
    let paragraphs: Vec<String> = text
        .lines()
        .map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"))
        .collect();
    let document = format!(
        "<w:document xmlns:w=\"w\"><w:body>{}</w:body></w:document>",
        paragraphs.concat()
    );
    packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
    ])
}

/// A PDF with one line of text a page, in ASCII.
pub(crate) fn pdf(lines: &[&str]) -> Vec<u8> {
    let contents: Vec<String> = lines
        .iter()
        .map(|line| format!("BT /F1 12 Tf 72 700 Td ({line}) Tj ET"))
        .collect();
    pages(&contents)
}

/// A PDF of `n_pages` pages that are pictures from edge to edge, as a scanner makes them.
pub(crate) fn scan(n_pages: usize) -> Vec<u8> {
    pages(&vec!["q 595 0 0 842 0 0 cm /I Do Q".to_owned(); n_pages])
}

/// A PDF with these drawing instructions on its pages.
fn pages(contents: &[String]) -> Vec<u8> {
    let n_pages = contents.len();
    let kids: Vec<String> = (0..n_pages).map(|n| format!("{} 0 R", 5 + 2 * n)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {n_pages} >>",
            kids.join(" ")
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        "<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 \
         /ColorSpace /DeviceGray /Length 4 >>\nstream\n0@`z\nendstream"
            .to_owned(),
    ];
    for (n, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
             /Resources << /Font << /F1 3 0 R >> /XObject << /I 4 0 R >> >> >>",
            6 + 2 * n
        ));
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ));
    }
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = b"0000000000 65535 f \n".to_vec();
    for (n, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        writeln!(file, "{} 0 obj\n{object}\nendobj", n + 1).unwrap();
    }
    let start = file.len();
    let size = objects.len() + 1;
    writeln!(file, "xref\n0 {size}").unwrap();
    file.extend(table);
    writeln!(
        file,
        "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
    )
    .unwrap();
    file
}
