use std::io::Cursor;
use std::io::Write;

use cfb::CompoundFile;
use proptest::prelude::*;

use crate::extract::ExtractError;
use crate::extract::Finding;
use crate::extract::Format;
use crate::extract::extract;

/// A change of a property: its code and what it carries.
type Change<'c> = (u16, &'c [u8]);

const IN_TABLE: Change<'_> = (0x2416, &[1]);
const ENDS_ROW: Change<'_> = (0x2417, &[1]);
const LIST: Change<'_> = (0x460b, &[1, 0]);
const LEVEL_2: Change<'_> = (0x260a, &[1]);
const DELETED: Change<'_> = (0x0800, &[1]);

/// Where the text starts in its stream.
const TEXT_AT: usize = 1024;

/// Builds a file: paragraphs with the changes of their properties, runs of characters likewise.
#[derive(Default)]
struct Builder<'c> {
    text: String,
    paragraphs: Vec<(usize, Vec<Change<'c>>)>,
    runs: Vec<(usize, Vec<Change<'c>>)>,
    fonts: Vec<&'c str>,
    lists: bool,
    flags: u16,
    version: Option<u16>,
}

impl<'c> Builder<'c> {
    /// Adds a run that ends here.
    fn run(mut self, text: &str, changes: &[Change<'c>]) -> Self {
        self.text.push_str(text);
        self.runs.push((self.len(), changes.to_vec()));
        self
    }

    /// Adds plain text and ends the paragraph with `mark`.
    fn end(self, text: &str, mark: char, changes: &[Change<'c>]) -> Self {
        self.run(&format!("{text}{mark}"), &[]).ended(changes)
    }

    /// Ends the paragraph behind what was added last.
    fn ended(mut self, changes: &[Change<'c>]) -> Self {
        self.paragraphs.push((self.len(), changes.to_vec()));
        self
    }

    fn len(&self) -> usize {
        self.text.encode_utf16().count()
    }

    fn bytes(&self) -> Vec<u8> {
        let n_chars = u32::try_from(self.len()).unwrap();
        let mut table = Vec::new();
        let mut document = vec![0; TEXT_AT];
        document.extend(self.text.encode_utf16().flat_map(u16::to_le_bytes));
        document.resize(document.len().next_multiple_of(512), 0);
        let mut put =
            |at: usize, bytes: &[u8]| document[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &0xa5ec_u16.to_le_bytes());
        put(2, &self.version.unwrap_or(0xc1).to_le_bytes());
        put(10, &(self.flags | 0x0200).to_le_bytes());
        put(76, &n_chars.to_le_bytes());
        let n_pages = u32::try_from(document.len() / 512).unwrap();
        let mut pieces = vec![2];
        pieces.extend(16_u32.to_le_bytes());
        pieces.extend([0; 4]);
        pieces.extend(n_chars.to_le_bytes());
        pieces.extend([0; 2]);
        pieces.extend(u32::try_from(TEXT_AT).unwrap().to_le_bytes());
        pieces.extend([0; 2]);
        let mut entries = vec![(33, pieces)];
        for (which, stretches, number) in [
            (12, &self.runs, n_pages),
            (13, &self.paragraphs, n_pages + 1),
        ] {
            document.extend(page(stretches, which == 13));
            let mut index = vec![0; 8];
            index.extend(number.to_le_bytes());
            entries.push((which, index));
        }
        entries.push((15, self.font_table()));
        if self.lists {
            entries.extend([(73, lists()), (74, uses())]);
        }
        for (which, bytes) in entries {
            let place = 154 + 8 * which;
            let start = u32::try_from(table.len()).unwrap();
            document[place..place + 4].copy_from_slice(&start.to_le_bytes());
            let len = u32::try_from(bytes.len()).unwrap();
            document[place + 4..place + 8].copy_from_slice(&len.to_le_bytes());
            table.extend(bytes);
        }
        compound(&[("/WordDocument", &document), ("/1Table", &table)])
    }

    fn font_table(&self) -> Vec<u8> {
        let mut bytes = u16::try_from(self.fonts.len())
            .unwrap()
            .to_le_bytes()
            .to_vec();
        bytes.extend([0; 2]);
        for font in &self.fonts {
            let name: Vec<u8> = font
                .encode_utf16()
                .chain([0])
                .flat_map(u16::to_le_bytes)
                .collect();
            bytes.push(u8::try_from(39 + name.len()).unwrap());
            bytes.extend([0; 39]);
            bytes.extend(name);
        }
        bytes
    }
}

fn changes(changes: &[Change<'_>]) -> Vec<u8> {
    let one = |(code, operand): &Change<'_>| [&code.to_le_bytes(), *operand].concat();
    changes.iter().flat_map(one).collect()
}

/// A page of properties: offsets, entries, the changes from the end on, the number of entries.
fn page(stretches: &[(usize, Vec<Change<'_>>)], of_paragraphs: bool) -> Vec<u8> {
    let mut page = vec![0; 512];
    let offset = |n: usize| u32::try_from(TEXT_AT + 2 * n).unwrap().to_le_bytes();
    page[..4].copy_from_slice(&offset(0));
    let n = stretches.len();
    let mut free = 510;
    for (at, (end, list)) in stretches.iter().enumerate() {
        page[4 * (at + 1)..4 * (at + 2)].copy_from_slice(&offset(*end));
        let mut bytes = changes(list);
        if bytes.is_empty() && !of_paragraphs {
            continue;
        }
        if of_paragraphs {
            // The number of the style goes first; lengths are in units of two.
            bytes = [&[0, 0], bytes.as_slice(), &[0]].concat();
            bytes.truncate(bytes.len() / 2 * 2);
            bytes = [
                &[0, u8::try_from(bytes.len() / 2).unwrap()],
                bytes.as_slice(),
            ]
            .concat();
        } else {
            bytes.insert(0, u8::try_from(bytes.len()).unwrap());
        }
        free = (free - bytes.len()) / 2 * 2;
        page[free..free + bytes.len()].copy_from_slice(&bytes);
        let entry = 4 * (n + 1) + at * if of_paragraphs { 13 } else { 1 };
        page[entry] = u8::try_from(free / 2).unwrap();
    }
    page[511] = u8::try_from(n).unwrap();
    page
}

/// One list of two levels that are shown as `Điều 1.` and `1)`.
fn lists() -> Vec<u8> {
    let mut bytes = vec![1, 0];
    bytes.extend(7_u32.to_le_bytes());
    bytes.extend([0; 24]);
    for level in 0..9_u8 {
        let (text, place) = if level == 0 {
            ("Điều \0.", 6)
        } else {
            ("\u{1})", 1)
        };
        let mut fixed = [0; 28];
        fixed[0] = 1;
        fixed[6] = place;
        bytes.extend(fixed);
        bytes.extend(u16::try_from(text.chars().count()).unwrap().to_le_bytes());
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    }
    bytes
}

fn uses() -> Vec<u8> {
    let mut bytes = 1_u32.to_le_bytes().to_vec();
    bytes.extend(7_u32.to_le_bytes());
    bytes.extend([0; 12]);
    bytes.extend([0xff; 4]);
    bytes
}

fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

#[track_caller]
fn check(file: &Builder<'_>, expected: &str, findings: &[Finding]) {
    let mut texts = extract("a.doc", &file.bytes()).unwrap();
    let text = texts.remove(0);
    assert_eq!(text.text, expected);
    assert_eq!(
        (text.format, text.findings.as_slice()),
        (Format::Doc, findings)
    );
}

fn numbered<'c>() -> Builder<'c> {
    Builder {
        lists: true,
        ..Builder::default()
    }
}

#[test]
fn automatic_numbers_are_written_out() {
    let file = numbered()
        .end("Phạm vi", '\r', &[LIST])
        .end("Một", '\r', &[LIST, LEVEL_2])
        .end("Hai", '\r', &[LIST, LEVEL_2])
        .end("Không số", '\r', &[])
        .end("Hồ sơ", '\r', &[LIST])
        .end("Ba", '\r', &[LIST, LEVEL_2]);
    check(
        &file,
        "Điều 1. Phạm vi\n1) Một\n2) Hai\nKhông số\nĐiều 2. Hồ sơ\n1) Ba",
        &[],
    );
}

#[test]
fn page_breaks_use_up_no_number() {
    let file = numbered()
        .end("Một\u{c}", '\r', &[LIST, LEVEL_2])
        .end("Hai\u{c}tiếp", '\r', &[LIST, LEVEL_2])
        .end("\u{c}Ba", '\r', &[LIST, LEVEL_2])
        // The break of a section ends a paragraph.
        .end("Bốn", '\u{c}', &[LIST, LEVEL_2])
        .end("", '\u{c}', &[LIST, LEVEL_2])
        .end("Năm", '\r', &[LIST, LEVEL_2]);
    let expected = "1) Một\n\n2) Hai\ntiếp\n3) Ba\n4) Bốn\n\n5) Năm";
    check(&file, expected, &[]);
}

#[test]
fn deleted_paragraphs_use_up_no_number() {
    let item = &[LIST, LEVEL_2];
    let file = numbered()
        .end("Một", '\r', item)
        .run("Hai cũ\r", &[DELETED])
        .ended(item)
        // Of these only the marks are deleted.
        .run("Ba", &[])
        .run("\r", &[DELETED])
        .ended(item)
        .end(" và bốn", '\r', item)
        .run("Năm", &[])
        .run("\r", &[DELETED])
        .ended(item)
        .end("Việc", '\u{7}', &[IN_TABLE])
        .end("", '\u{7}', &[IN_TABLE, ENDS_ROW])
        .end("Sáu", '\r', item);
    let expected = "1) Một\n2) Ba và bốn\nNăm\nViệc\n3) Sáu";
    check(&file, expected, &[Finding::Revisions(1)]);
}

#[test]
fn optional_hyphens_in_old_fonts_are_letters() {
    let file = Builder {
        fonts: vec!["Times New Roman", ".VnTime"],
        ..Builder::default()
    };
    let file = file
        .run("Th«ng t\u{1f}", &[(0x4a51, &[1, 0])])
        .end(" liên\u{1f} tịch", '\r', &[]);
    let texts = extract("a.doc", &file.bytes()).unwrap();
    assert_eq!(texts[0].text, "Thông tư liên tịch");
}

#[test]
fn tables_give_rows() {
    let file = Builder::default()
        .end("Biểu phí", '\r', &[])
        .end("Việc", '\u{7}', &[IN_TABLE])
        .end("Mức", '\u{7}', &[IN_TABLE])
        .end("", '\u{7}', &[IN_TABLE, ENDS_ROW])
        .end("Khai", '\r', &[IN_TABLE])
        .end("sinh", '\u{7}', &[IN_TABLE])
        .end("0 đồng", '\u{7}', &[IN_TABLE])
        .end("", '\u{7}', &[IN_TABLE, ENDS_ROW])
        .end("Hết", '\r', &[]);
    check(
        &file,
        "Biểu phí\n\n| Việc | Mức |\n| Khai sinh | 0 đồng |\n\nHết",
        &[],
    );
}

#[test]
fn fields_hidden_and_deleted_text_are_left_out() {
    let special: &[Change<'_>] = &[(0x0855, &[1])];
    let file = Builder::default()
        .run("Xem ", &[])
        .run("\u{13}", special)
        .run(" REF x ", &[])
        .run("\u{14}", special)
        .run("khoản 1", &[])
        .run("\u{15}", special)
        .run(" ẩn", &[(0x083c, &[1])])
        .run(" cũ", &[(0x0800, &[1])])
        .end("\u{1e}a\u{b}b", '\r', &[]);
    check(
        &file,
        "Xem khoản 1-a\nb",
        &[Finding::Revisions(1), Finding::Hidden(1)],
    );
}

#[test]
fn runs_in_old_fonts_are_converted() {
    let file = Builder {
        fonts: vec!["Times New Roman", ".VnTime"],
        ..Builder::default()
    };
    let file = file
        .run("ChÝnh phñ", &[(0x4a51, &[1, 0])])
        .end(" quy định", '\r', &[]);
    let texts = extract("a.doc", &file.bytes()).unwrap();
    assert_eq!(texts[0].text, "Chính phủ quy định");
    assert!(matches!(texts[0].findings.as_slice(), [Finding::Legacy(_)]));
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let file = |flags, version| {
        let file = Builder {
            flags,
            version,
            ..Builder::default()
        };
        file.end("a", '\r', &[]).bytes()
    };
    let refused = |bytes: &[u8]| extract("a.doc", bytes).unwrap_err();
    assert_eq!(refused(&file(0x0100, None)), ExtractError::Encrypted);
    assert!(
        refused(&file(0, Some(0x65)))
            .to_string()
            .contains("Word 95")
    );
    let whole = file(0, None);
    assert!(matches!(
        refused(&whole[..whole.len() / 3]),
        ExtractError::Damaged { .. }
    ));
    assert_eq!(
        refused(&compound(&[("/EncryptedPackage", b"x")])),
        ExtractError::Encrypted
    );
    assert!(
        refused(&compound(&[("/Workbook", b"x")]))
            .to_string()
            .contains("Excel")
    );
    assert!(matches!(
        refused(&compound(&[("/WordDocument", b"x"), ("/1Table", b"")])),
        ExtractError::Damaged { .. }
    ));
}

#[test]
fn macros_are_found() {
    let bytes = numbered().end("a", '\r', &[]).bytes();
    let mut file = CompoundFile::open(Cursor::new(bytes)).unwrap();
    file.create_storage("/Macros").unwrap();
    file.flush().unwrap();
    let texts = extract("a.doc", &file.into_inner().into_inner()).unwrap();
    assert_eq!(texts[0].findings, [Finding::Macros]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn changed_bytes_never_break_the_reader(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let file = numbered()
            .end("Phạm vi", '\r', &[LIST])
            .end("Việc", '\u{7}', &[IN_TABLE])
            .end("", '\u{7}', &[IN_TABLE, ENDS_ROW])
            .end("Hết", '\r', &[LIST, LEVEL_2]);
        let mut bytes = file.bytes();
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        if let Err(error) = extract("a.doc", &bytes) {
            prop_assert!(!error.to_string().contains("broke down"));
        }
    }
}
