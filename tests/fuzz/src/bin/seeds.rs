//! Cuts the files of a folder into first inputs for every target: `seeds FOLDER [CORPUS]`.
//!
//! Real files stay outside the repository; what is cut from them goes to `tests/fuzz/corpus`, which
//! git ignores.

use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use camnang_fuzz::DIVIDER;
use camnang_fuzz::DOCX_PARTS;
use flate2::read::ZlibDecoder;
// Built with the targets, it needs what their coverage is counted with.
use libfuzzer_sys as _;

/// Longer inputs are taken in so slowly that little is tried of them.
const BYTES_MAX: usize = 1 << 20;
/// Pages of one PDF that become inputs.
const PAGES_MAX: usize = 6;
/// A page of text, and a small part of it.
const TEXT_BYTES: [usize; 2] = [400, 4000];

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("usage: seeds FOLDER [CORPUS]")?);
    let corpus = arguments
        .next()
        .map_or("tests/fuzz/corpus".into(), PathBuf::from);
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !path.is_file() {
            continue;
        }
        let bytes = fs::read(&path)?;
        let mut seeds = Seeds {
            corpus: &corpus,
            n: 0,
        };
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("docx") => seeds.docx(&bytes)?,
            Some("doc") => seeds.doc(&bytes)?,
            Some("pdf") => seeds.pdf(&bytes)?,
            Some("html" | "htm") => seeds.put("html", &bytes)?,
            _ => {}
        }
        for text in camnang::extract::extract("seed", &bytes).unwrap_or_default() {
            seeds.text(&text.text)?;
        }
    }
    Ok(())
}

struct Seeds<'a> {
    corpus: &'a Path,
    n: usize,
}

impl Seeds<'_> {
    fn put(&mut self, target: &str, bytes: &[u8]) -> Outcome<()> {
        if bytes.len() > BYTES_MAX {
            return Ok(());
        }
        let folder = self.corpus.join(target);
        fs::create_dir_all(&folder)?;
        self.n += 1;
        let name = format!("{:016x}-{}", hash(bytes), self.n);
        Ok(fs::write(folder.join(name), bytes)?)
    }

    fn docx(&mut self, bytes: &[u8]) -> Outcome<()> {
        let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes))?;
        let mut parts = Vec::new();
        for name in DOCX_PARTS {
            let mut part = Vec::new();
            if let Ok(mut entry) = package.by_name(name) {
                entry.read_to_end(&mut part)?;
            }
            parts.push(part);
        }
        self.put("any", bytes)?;
        self.put("docx", &parts.join(&DIVIDER))
    }

    fn doc(&mut self, bytes: &[u8]) -> Outcome<()> {
        let mut file = cfb::CompoundFile::open(std::io::Cursor::new(bytes))?;
        let mut document = Vec::new();
        file.open_stream("/WordDocument")?
            .read_to_end(&mut document)?;
        let mut table = Vec::new();
        file.open_stream("/1Table")?.read_to_end(&mut table)?;
        let length = u32::try_from(document.len())?.to_le_bytes();
        self.put("any", bytes)?;
        self.put("doc", &[&length, document.as_slice(), &table].concat())
    }

    fn pdf(&mut self, bytes: &[u8]) -> Outcome<()> {
        self.put("pdf", bytes)?;
        let mut n = 0;
        for packed in streams(bytes) {
            let mut page = Vec::new();
            // Not every stream is deflated, and not every one whole.
            drop(
                ZlibDecoder::new(packed)
                    .take(BYTES_MAX as u64)
                    .read_to_end(&mut page),
            );
            let is_page = page
                .windows(3)
                .any(|word| word == b"BT\n" || word == b"BT " || word == b"BT\r");
            if is_page && !page.contains(&DIVIDER) && n < PAGES_MAX {
                n += 1;
                self.put("pdf", &camnang_fuzz::pdf(&page))?;
                self.put("page", &page)?;
            }
        }
        Ok(())
    }

    /// The beginning of a text as it is, in UTF-16, misread, as a web page and packed.
    fn text(&mut self, text: &str) -> Outcome<()> {
        for length in TEXT_BYTES {
            let text = text
                .get(..text.floor_char_boundary(length))
                .unwrap_or_default();
            let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let misread: String = text.bytes().map(char::from).collect();
            let rows: String = text
                .lines()
                .map(|line| format!("<p>{line}</p><table><tr><td>{line}<td>1</table>"))
                .collect();
            self.put("text", text.as_bytes())?;
            self.put("text", &wide)?;
            self.put("text", misread.as_bytes())?;
            self.put("html", format!("<body><h1>a</h1>{rows}").as_bytes())?;
            self.put(
                "archive",
                format!("a.txt\n{text}\0b/c.html\n<html>{rows}").as_bytes(),
            )?;
        }
        Ok(())
    }
}

/// What stands between `stream` and `endstream`.
fn streams(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let find = |from: usize, word: &[u8]| {
        let rest = bytes.get(from..)?;
        Some(from + rest.windows(word.len()).position(|window| window == word)?)
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = find(at, b"stream")? + b"stream".len();
        let end = find(start, b"endstream")?;
        at = end + b"endstream".len();
        let packed = bytes.get(start..end)?;
        let packed = packed.strip_prefix(b"\r").unwrap_or(packed);
        Some(packed.strip_prefix(b"\n").unwrap_or(packed))
    })
}

/// Names an input by what it is, so that a second run adds nothing.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
