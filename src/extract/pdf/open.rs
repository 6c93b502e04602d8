//! Opens a PDF and interprets its pages, within time and memory.

use std::time::Duration;

use hayro::hayro_interpret::Context;
use hayro::hayro_interpret::InterpreterCache;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::RenderContent;
use hayro::hayro_interpret::TransformExt;
use hayro::hayro_interpret::interpret_page;
use hayro::hayro_syntax::LoadPdfError;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::Rect;
use memchr::memmem;

use crate::extract::ExtractError;
use crate::extract::pdf::device::Collector;
use crate::extract::pdf::device::Drawing;
use crate::extract::pdf::guard;
use crate::extract::pdf::limit;
use crate::extract::pdf::limit::Budget;
use crate::extract::pdf::scan;
use crate::extract::pdf::scan::Verdict;
use crate::extract::pdf::sheet::Sheet;
use crate::extract::pdf::turn::Frame;

/// How far from the end of a file its last words may stand.
const TAIL_BYTES: usize = 16 << 10;

/// A PDF whose letters have been read.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) sheets: Vec<Sheet>,
    /// Places of the sheets whose text only a picture tells.
    pub(super) pictures: Vec<usize>,
    /// Places of the sheets that are too large to draw.
    pub(super) too_large: Vec<usize>,
}

/// Reads the letters of a PDF within `time`.
pub(super) fn open(bytes: Vec<u8>, time: Duration) -> Result<Opened, ExtractError> {
    let tail = bytes.get(bytes.len().saturating_sub(TAIL_BYTES)..);
    let has_end = |tail: &[u8]| {
        [b"startxref".as_slice(), b"%%EOF"]
            .iter()
            .any(|end| memmem::find(tail, end).is_some())
    };
    // What the library would still find of such a file is a part of it, without a word.
    if !tail.is_some_and(has_end) {
        return Err(damaged("it breaks off"));
    }
    guard::before_opening(&bytes)?;
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ExtractError::Encrypted,
        LoadPdfError::Invalid => damaged("its list of pages cannot be found"),
    })?;
    guard::streams(&pdf)?;
    let pages = pdf.pages();
    if pages.len() > limit::PAGES {
        return Err(ExtractError::TooLarge {
            what: "the number of its pages",
            limit: limit::PAGES as u64,
        });
    }
    let mut budget = Budget::of(time);
    let cache = InterpreterCache::new();
    let mut opened = Opened {
        sheets: Vec::with_capacity(pages.len()),
        pictures: Vec::new(),
        too_large: Vec::new(),
    };
    let mut content = 0u64;
    for (number, page) in (1..).zip(pages.iter()) {
        guard::page(page)?;
        let (width, height) = page.render_dimensions();
        let frame = Frame { width, height };
        let drawing = drawing(&pdf, page, &cache, &mut budget);
        budget.keep(drawing.n_marks());
        opened.add(number, frame, drawing);
        content = content.saturating_add(page.page_stream().map_or(0, <[u8]>::len) as u64);
        guard::content(content)?;
    }
    if opened.is_blank() {
        return Err(damaged("its pages hold neither letters nor pictures"));
    }
    Ok(opened)
}

fn damaged(reason: &str) -> ExtractError {
    ExtractError::Damaged {
        reason: reason.to_owned(),
    }
}

impl Opened {
    fn is_blank(&self) -> bool {
        self.pictures.is_empty()
            && self.too_large.is_empty()
            && self.sheets.iter().all(Sheet::is_blank)
    }

    fn add(&mut self, number: u32, frame: Frame, drawing: Drawing) {
        let verdict = scan::verdict(&drawing, frame);
        let at = self.sheets.len();
        let sheet = |glyphs, rules| Sheet::new(number, frame, glyphs, rules);
        let sheet = match verdict {
            Verdict::Text => sheet(drawing.glyphs, drawing.rules),
            Verdict::Hidden(share) => Sheet {
                ocr: Some(share),
                ..sheet(drawing.hidden, drawing.rules)
            },
            Verdict::Picture => {
                self.pictures.push(at);
                sheet(drawing.glyphs, drawing.rules)
            }
            Verdict::TooLarge => {
                self.too_large.push(at);
                sheet(drawing.glyphs, drawing.rules)
            }
        };
        self.sheets.push(sheet);
    }
}

/// What `page` draws, without its annotations: a signature stamp is no part of the text.
fn drawing<'p>(
    pdf: &'p Pdf,
    page: &Page<'p>,
    cache: &InterpreterCache<'p>,
    budget: &mut Budget,
) -> Drawing {
    let (width, height) = page.render_dimensions();
    let settings = InterpreterSettings {
        render_content: RenderContent::PAGE,
        ..InterpreterSettings::default()
    };
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let to_page = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(to_page, bounds, cache, pdf.xref(), settings);
    let mut collector = Collector::new(width, height, budget);
    interpret_page(page, &mut context, &mut collector);
    collector.drawing
}
