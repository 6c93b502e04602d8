//! Pages as pictures, for those whose text is none.

use std::sync::mpsc::SyncSender;

use hayro::PixmapSettings;
use hayro::RenderCache;
use hayro::RenderSettings;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::RenderContent;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;

use crate::extract::ocr::Picture;

/// Dots an inch. Scans of 200 dots an inch, black and white, are read best when drawn a little
/// coarser and grey: of the words of one page, 95 % were right.
const RESOLUTION: f32 = 180.0;
/// Dots of one picture; larger sheets are drawn coarser. A3 has 17 million.
const DOTS_MAX: f32 = 24_000_000.0;
/// The library counts dots of a side in 16 bits.
const SIDE_MAX: f32 = 30_000.0;
/// Points an inch.
const POINTS: f32 = 72.0;

/// Draws the pages at the places `wanted` and hands each over; ends when nobody takes them.
pub(super) fn draw(pdf: &Pdf, wanted: &[usize], sender: &SyncSender<(usize, Option<Picture>)>) {
    for &at in wanted {
        // What a page needs to be drawn can be large and is seldom shared between scans.
        let cache = RenderCache::new();
        let picture = pdf.pages().get(at).and_then(|page| {
            let scale = scale(page.render_dimensions())?;
            let settings = PixmapSettings {
                x_scale: scale,
                y_scale: scale,
                bg_color: WHITE,
            };
            let interpreter = InterpreterSettings {
                render_content: RenderContent::PAGE,
                ..InterpreterSettings::default()
            };
            let drawn = hayro::render(
                page,
                &cache,
                &interpreter,
                &RenderSettings::default(),
                &settings,
            );
            Some(Picture {
                width: usize::from(drawn.width()),
                height: usize::from(drawn.height()),
                resolution: resolution(scale),
                dots: drawn
                    .data()
                    .iter()
                    .map(|dot| grey([dot.r, dot.g, dot.b]))
                    .collect(),
            })
        });
        if sender.send((at, picture)).is_err() {
            return;
        }
    }
}

/// Dots a point; `None` for a page without an area.
fn scale((width, height): (f32, f32)) -> Option<f32> {
    let area = width * height;
    if !area.is_normal() || area <= 0.0 || width < 1.0 || height < 1.0 {
        return None;
    }
    let finest = (DOTS_MAX / area).sqrt();
    Some(
        (RESOLUTION / POINTS)
            .min(finest)
            .min(SIDE_MAX / width.max(height)),
    )
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 1 and 300 by construction"
)]
fn resolution(scale: f32) -> u32 {
    (scale * POINTS).round().max(1.0) as u32
}

/// How bright a colour looks.
fn grey([red, green, blue]: [u8; 3]) -> u8 {
    let weighted = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    u8::try_from(weighted / 1000).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_drawn_as_finely_as_memory_allows() {
        let a4 = scale((595.0, 842.0)).unwrap();
        assert!((a4 - RESOLUTION / POINTS).abs() < 1e-4);
        let poster = scale((10_000.0, 10_000.0)).unwrap();
        assert!(poster * poster * 1e8 <= DOTS_MAX * 1.001);
        let strip = scale((100_000.0, 1.0)).unwrap();
        assert!(strip * 100_000.0 <= SIDE_MAX * 1.001);
        for broken in [
            (0.0, 842.0),
            (f32::NAN, 1.0),
            (f32::INFINITY, 5.0),
            (-5.0, -5.0),
        ] {
            assert_eq!(scale(broken), None, "{broken:?}");
        }
        assert_eq!(resolution(a4), 180);
    }

    #[test]
    fn grey_runs_from_black_to_white() {
        assert_eq!((grey([0; 3]), grey([255; 3])), (0, 255));
        assert!(grey([0, 255, 0]) > grey([255, 0, 0]));
    }
}
