//! JSON-lines files, plain or gzipped: one object a line with `id`, `title` and `text`.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use serde::Deserialize;

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
        let is_gzip = path.extension().is_some_and(|e| e == "gz");
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

impl<T: for<'de> Deserialize<'de>> Iterator for Rows<T> {
    /// Line number from 1, and the row or what is wrong with it.
    type Item = (usize, Result<T, io::Error>);

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            self.line += 1;
            match self.reader.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(_) => {
                    return Some((
                        self.line,
                        serde_json::from_slice(&bytes).map_err(io::Error::from),
                    ));
                }
                Err(error) => {
                    // A broken stream gives the same error forever: tell it once.
                    self.reader = Box::new(io::empty());
                    return Some((self.line, Err(error)));
                }
            }
        }
    }
}
