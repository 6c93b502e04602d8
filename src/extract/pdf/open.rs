//! Opens a PDF and interprets its pages, within time and memory.

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

/// A PDF whose letters have been read.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) sheets: Vec<Sheet>,
    /// Places of the sheets whose text only a picture tells.
    pub(super) pictures: Vec<usize>,
    /// Places of the sheets that are too large to draw.
    pub(super) too_large: Vec<usize>,
}

/// Reads the letters of a PDF.
pub(super) fn open(bytes: Vec<u8>) -> Result<Opened, ExtractError> {
    guard::before_opening(&bytes)?;
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ExtractError::Encrypted,
        LoadPdfError::Invalid => ExtractError::Damaged {
            reason: "it breaks off, or its list of pages cannot be found".to_owned(),
        },
    })?;
    guard::streams(&pdf)?;
    let pages = pdf.pages();
    if pages.len() > limit::PAGES {
        return Err(ExtractError::TooLarge {
            what: "the number of its pages",
            limit: limit::PAGES as u64,
        });
    }
    let mut budget = Budget::starting_now();
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
        opened.add(number, frame, drawing);
        content = content.saturating_add(page.page_stream().map_or(0, <[u8]>::len) as u64);
        guard::content(content)?;
    }
    Ok(opened)
}

impl Opened {
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
