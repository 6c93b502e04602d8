//! What the targets share: valid containers around fuzzed bytes, and which panics count.
//!
//! Random bytes are hardly ever a valid package, compound file or PDF. Most targets therefore fuzz
//! the parts, and the containers are put around them here.

use std::io::Cursor;
use std::io::Write;
use std::process::abort;

use cfb::CompoundFile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Divides the parts of one input. No text, XML or drawing instruction holds it.
pub const DIVIDER: u8 = 0;
/// The parts of a Word file in the order in which an input holds them.
pub const DOCX_PARTS: [&str; 4] = [
    "word/document.xml",
    "word/numbering.xml",
    "word/styles.xml",
    "word/footnotes.xml",
];

const RELATIONS: &str = r#"<R><R Type="/numbering" Target="numbering.xml"/><R Type="/styles" Target="styles.xml"/><R Type="/footnotes" Target="footnotes.xml"/></R>"#;

/// Makes panics of our own end the process, where libFuzzer takes the input down.
///
/// One in a library is contained by `extract`, which turns it into an error, so that it is only
/// printed; libFuzzer's own hook would stop at it.
pub fn stop_at_own_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        if place.contains("/registry/src/") {
            eprintln!("contained: {place}");
        } else {
            eprintln!("{panic}");
            abort();
        }
    }));
}

/// Extracts `bytes` and holds the outcome against what every caller relies on.
pub fn extract(name: &str, bytes: &[u8]) {
    for extracted in camnang::extract::extract(name, bytes).unwrap_or_default() {
        let text = &extracted.text;
        assert_eq!(camnang::text::canonicalise(text), *text);
        assert!(
            extracted
                .pages
                .iter()
                .all(|page| text.is_char_boundary(page.start))
        );
        assert!(extracted.pages.is_sorted_by_key(|page| page.start));
    }
}

/// A Word file of the parts in `input`.
pub fn docx(input: &[u8]) -> Vec<u8> {
    let parts = DOCX_PARTS
        .into_iter()
        .zip(input.split(|byte| *byte == DIVIDER));
    packed(parts.chain([("word/_rels/document.xml.rels", RELATIONS.as_bytes())]))
}

/// An archive of the parts in `input`; the first line of each is its name.
pub fn archive(input: &[u8]) -> Vec<u8> {
    let mut names = Vec::new();
    let parts = input.split(|byte| *byte == DIVIDER).map(|part| {
        let end = part.iter().position(|byte| *byte == b'\n');
        let (name, rest) = part.split_at(end.unwrap_or(part.len()));
        (
            String::from_utf8_lossy(name).into_owned(),
            rest.get(1..).unwrap_or_default(),
        )
    });
    for (name, bytes) in parts {
        if !names.iter().any(|(known, _)| *known == name) {
            names.push((name, bytes));
        }
    }
    packed(names.iter().map(|(name, bytes)| (name.as_str(), *bytes)))
}

fn packed<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        // Names that no archive can hold are left out.
        if writer
            .start_file(name, SimpleFileOptions::default())
            .is_ok()
        {
            writer.write_all(part).expect("an entry");
        }
    }
    writer.finish().expect("a package").into_inner()
}

/// An old Word file of two streams; the first four bytes of `input` are the length of the first.
pub fn doc(input: &[u8]) -> Option<Vec<u8>> {
    let (length, rest) = input.split_first_chunk()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).expect("a length");
    let (document, table) = rest.split_at(length.min(rest.len()));
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    for (name, bytes) in [
        ("/WordDocument", document),
        ("/1Table", table),
        ("/0Table", table),
    ] {
        let mut stream = file.create_stream(name).expect("a stream");
        stream.write_all(bytes).expect("a stream");
    }
    file.flush().expect("a file");
    Some(file.into_inner().into_inner())
}

/// A PDF with the drawing instructions of its pages in `input`.
///
/// Fonts go by the names that programs usually give them; those named `C…` have two bytes a letter,
/// which are its Unicode number.
pub fn pdf(input: &[u8]) -> Vec<u8> {
    let pages: Vec<&[u8]> = input.split(|byte| *byte == DIVIDER).take(8).collect();
    let kids: String = (0..pages.len())
        .map(|n| format!("{} 0 R ", 8 + 2 * n))
        .collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!(
            "<</Type/Pages/Count {}/Kids[{kids}]/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R/F2 3 0 R/F3 4 0 R/TT0 3 0 R/TT1 3 0 R/C0 4 0 R/C2_0 4 0 R/F4 4 0 R/V 7 0 R>>/XObject<</I 6 0 R/Im0 6 0 R/X0 9 0 R>>>>>>",
            pages.len()
        )
        .into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>".to_vec(),
        b"<</Type/Font/Subtype/Type0/BaseFont/Times-Roman/Encoding/Identity-H/ToUnicode 5 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/Times-Roman/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500>>]>>".to_vec(),
        stream("", b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap CMapName currentdict /CMap defineresource pop end end"),
        stream(
            "/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray",
            &[0, 255, 255, 1],
        ),
        b"<</Type/Font/Subtype/TrueType/BaseFont/.VnTime/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    for (n, page) in pages.iter().enumerate() {
        objects
            .push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", 9 + 2 * n).into_bytes());
        objects.push(stream("/Type/XObject/Subtype/Form/BBox[0 0 595 842]", page));
    }
    assembled(&objects)
}

fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<<{dictionary}/Length {}>>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

fn assembled(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (n, object) in (1..).zip(objects) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend(format!("{n} 0 obj\n").into_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let start = file.len();
    let size = objects.len() + 1;
    file.extend(table.into_bytes());
    file.extend(
        format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").into_bytes(),
    );
    file
}
