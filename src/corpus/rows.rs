//! JSON-lines files, plain or gzipped: one object a line with `id`, `title` and `text`.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use serde::Deserialize;

use crate::extract;

/// Bytes of one line: it holds one document, as a file of any other format does.
const LINE_BYTES_MAX: u64 = extract::FILE_BYTES_MAX;

/// Some editors put this mark at the head of a file; it belongs to no row.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A reader of rows of type `T`, one a line; empty lines are skipped.
pub struct Rows<T> {
    reader: Box<dyn BufRead>,
    line: usize,
    row: std::marker::PhantomData<T>,
}

impl<T: for<'de> Deserialize<'de>> Rows<T> {
    /// Opens `path`; a name that ends in `.gz` is decompressed.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let is_gzip = path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("gz"));
        let bytes: Box<dyn Read> = if is_gzip {
            Box::new(MultiGzDecoder::new(BufReader::new(file)))
        } else {
            Box::new(file)
        };
        Ok(Self {
            reader: Box::new(BufReader::with_capacity(1 << 16, bytes)),
            line: 0,
            row: std::marker::PhantomData,
        })
    }
}

impl<T> Rows<T> {
    /// The next line; `None` at the end of the file.
    fn next_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        // One byte more tells a line that goes on from one that just fits.
        let mut within = Read::by_ref(&mut self.reader).take(LINE_BYTES_MAX + 1);
        if within.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        if bytes.len() as u64 > LINE_BYTES_MAX {
            let reason = format!(
                "longer than {LINE_BYTES_MAX} bytes; it and what follows in the file are not read"
            );
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        if self.line == 1 && bytes.starts_with(BYTE_ORDER_MARK.as_bytes()) {
            bytes.drain(..BYTE_ORDER_MARK.len());
        }
        Ok(Some(bytes))
    }
}

/// The row that `line` holds.
fn row<T: for<'de> Deserialize<'de>>(line: &[u8]) -> io::Result<T> {
    serde_json::from_slice(line).map_err(|error| {
        // Where in the line the parser stopped would read like a second line of the file.
        let place = format!(" at line {} column {}", error.line(), error.column());
        let said = error.to_string();
        let reason = said.strip_suffix(&place).unwrap_or(&said);
        io::Error::new(io::ErrorKind::InvalidData, reason)
    })
}

impl<T: for<'de> Deserialize<'de>> Iterator for Rows<T> {
    /// Line number from 1, and the row or what is wrong with it.
    type Item = (usize, Result<T, io::Error>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.line += 1;
            match self.next_line() {
                Ok(None) => return None,
                Ok(Some(line)) if line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(Some(line)) => return Some((self.line, row(&line))),
                Err(error) => {
                    // A broken stream gives the same error forever, and a line without an end has
                    // none to look for: tell it once.
                    self.reader = Box::new(io::empty());
                    return Some((self.line, Err(error)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Unit {
        id: u32,
    }

    /// What the rows of a file with these bytes are, each with its line.
    fn read(name: &str, bytes: &[u8]) -> Vec<(usize, Result<u32, String>)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let told = |row: io::Result<Unit>| row.map(|unit| unit.id).map_err(|e| e.to_string());
        let rows = Rows::<Unit>::open(&path).unwrap();
        rows.map(|(line, row)| (line, told(row))).collect()
    }

    #[test]
    fn first_line_is_read_with_a_byte_order_mark_before_it() {
        for head in ["\u{feff}", "\u{feff}\n"] {
            let rows = read("a.jsonl", format!("{head}{{\"id\": 1}}\n").as_bytes());
            assert_eq!(rows.len(), 1);
            assert_eq!(rows[0].1, Ok(1), "{head:?}");
        }
        // Anywhere else it is no mark.
        let rows = read("a.jsonl", "{\"id\": 1}\n\u{feff}{\"id\": 2}\n".as_bytes());
        assert!(rows[1].1.is_err(), "{rows:?}");
    }

    #[test]
    fn what_is_wrong_is_told_without_a_second_number_of_the_line() {
        let rows = read("a.jsonl", b"\n{}\n{\"id\": 1 2}\n{\"id\"");
        let missing = "missing field `id`".to_owned();
        let syntax = "expected `,` or `}`".to_owned();
        let end = "EOF while parsing an object".to_owned();
        let expected = [(2, Err(missing)), (3, Err(syntax)), (4, Err(end))];
        assert_eq!(rows, expected);
    }

    #[test]
    fn compressed_file_is_known_by_its_name_in_any_case() {
        let mut writer = GzEncoder::new(Vec::new(), Compression::fast());
        writer.write_all(b"{\"id\": 1}\n").unwrap();
        let bytes = writer.finish().unwrap();
        for name in ["a.jsonl.gz", "A.JSONL.GZ"] {
            let rows = read(name, &bytes);
            assert_eq!((rows.len(), &rows[0]), (1, &(1, Ok(1))), "{name}");
        }
    }

    #[test]
    fn line_without_an_end_is_told_once_and_not_held_in_memory() {
        let mut writer = GzEncoder::new(Vec::new(), Compression::fast());
        writer.write_all(b"{\"id\": 1}\n").unwrap();
        let piece = vec![b'a'; 1 << 16];
        for _ in 0..=LINE_BYTES_MAX / piece.len() as u64 {
            writer.write_all(&piece).unwrap();
        }
        writer.write_all(b"\n{\"id\": 2}\n").unwrap();
        let rows = read("a.jsonl.gz", &writer.finish().unwrap());
        assert_eq!((rows.len(), &rows[0]), (2, &(1, Ok(1))));
        let (line, Err(reason)) = &rows[1] else {
            panic!("{rows:?}")
        };
        let told = format!("longer than {LINE_BYTES_MAX} bytes");
        assert!(*line == 2 && reason.starts_with(&told), "{rows:?}");
    }
}
