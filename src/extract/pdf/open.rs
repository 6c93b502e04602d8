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
use crate::extract::pdf::limit;
use crate::extract::pdf::limit::Budget;
use crate::extract::pdf::sheet::Sheet;
use crate::extract::pdf::turn::Frame;

/// The pages of a PDF.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, ExtractError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ExtractError::Encrypted,
        LoadPdfError::Invalid => ExtractError::Damaged {
            reason: "its page tree cannot be found".to_owned(),
        },
    })?;
    let pages = pdf.pages();
    if pages.len() > limit::PAGES {
        return Err(ExtractError::TooLarge {
            what: "the number of its pages",
            limit: limit::PAGES as u64,
        });
    }
    let mut budget = Budget::starting_now();
    let cache = InterpreterCache::new();
    let mut sheets = Vec::with_capacity(pages.len());
    for (number, page) in (1..).zip(pages.iter()) {
        let drawing = drawing(&pdf, page, &cache, &mut budget);
        let (width, height) = page.render_dimensions();
        let frame = Frame { width, height };
        sheets.push(Sheet::new(number, frame, drawing.glyphs, drawing.rules));
    }
    Ok(sheets)
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
