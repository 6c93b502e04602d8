//! What a page draws, as far as it matters for its text: letters, ruled lines, pictures.

use hayro::hayro_interpret::BlendMode;
use hayro::hayro_interpret::ClipPath;
use hayro::hayro_interpret::Device;
use hayro::hayro_interpret::DrawMode;
use hayro::hayro_interpret::DrawProps;
use hayro::hayro_interpret::Image;
use hayro::hayro_interpret::ImageDrawProps;
use hayro::hayro_interpret::SoftMask;
use hayro::hayro_interpret::font::Glyph as Drawn;
use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::kurbo::Affine;
use hayro::kurbo::BezPath;
use hayro::kurbo::Point;
use hayro::kurbo::Rect;

use crate::extract::pdf::glyph::Glyph;
use crate::extract::pdf::glyph::Letters;
use crate::extract::pdf::glyph::SOFT_HYPHEN;
use crate::extract::pdf::glyph::is_combining;
use crate::extract::pdf::glyph::repaired;
use crate::extract::pdf::limit::Budget;
use crate::extract::pdf::rule::Rules;
use crate::extract::pdf::turn::Frame;
use crate::extract::pdf::turn::Turn;
use crate::text::Legacy;

/// Units of a font's design grid in one em.
const UNITS_PER_EM: f64 = 1000.0;
/// A font at least this heavy is bold.
const BOLD_WEIGHT_MIN: u32 = 600;

/// Everything one page draws.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    /// Letters that are seen, in the order of the file.
    pub(super) glyphs: Vec<Glyph>,
    /// Letters that are drawn invisibly, as scanners put them behind the picture of a page.
    pub(super) hidden: Vec<Glyph>,
    /// Letters that no reader can know the meaning of.
    pub(super) n_unknown: usize,
    pub(super) rules: Rules,
    /// Pixels of all pictures.
    pub(super) n_pixels: u64,
    /// Area of the largest picture, in square points.
    pub(super) picture_area: f64,
    /// Whether curves or areas are drawn, such as letters that were turned into outlines.
    pub(super) n_paths: usize,
}

impl Drawing {
    /// Letters and ruled lines together.
    pub(super) fn n_marks(&self) -> usize {
        let n_rules = self.rules.across.len() + self.rules.down.len();
        self.glyphs.len() + self.hidden.len() + n_rules
    }
}

/// Collects a [`Drawing`] while a page is interpreted.
pub(super) struct Collector<'b> {
    pub(super) drawing: Drawing,
    budget: &'b mut Budget,
    frame: Frame,
    /// What is drawn outside of the page is not seen.
    bounds: Rect,
}

impl<'b> Collector<'b> {
    pub(super) fn new(width: f32, height: f32, budget: &'b mut Budget) -> Self {
        Self {
            drawing: Drawing::default(),
            budget,
            frame: Frame { width, height },
            bounds: Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
        }
    }

    fn letter(&mut self, drawn: &Drawn<'_>, to_page: Affine, style: Style) {
        let advance = match drawn {
            Drawn::Outline(outline) => outline.advance_width(),
            Drawn::Type3(glyph) => glyph.advance_width(),
        };
        let origin = to_page * Point::ZERO;
        let end = to_page * Point::new(f64::from(advance.unwrap_or(0.0)), 0.0);
        let along = to_page * Point::new(UNITS_PER_EM, 0.0) - origin;
        let size = (to_page * Point::new(0.0, UNITS_PER_EM) - origin).hypot();
        let Some(turn) = Turn::of(along.x, along.y) else {
            return;
        };
        if !self.bounds.contains(origin) || !size.is_normal() {
            return;
        }
        let (x0, y) = self
            .frame
            .turned(turn, (narrow(origin.x), narrow(origin.y)));
        let (x1, _) = self.frame.turned(turn, (narrow(end.x), narrow(end.y)));
        let known = drawn.as_unicode();
        let list = if style.is_hidden {
            &mut self.drawing.hidden
        } else {
            &mut self.drawing.glyphs
        };
        let text = match known {
            Some(BfString::Char(c)) if is_combining(c) && !list.is_empty() => {
                if let Some(last) = list.last_mut() {
                    last.text.append(c);
                }
                return;
            }
            // It may be a letter: see `settle_hyphens`.
            Some(BfString::Char(SOFT_HYPHEN)) => Some(Letters::One(SOFT_HYPHEN)),
            Some(BfString::Char(c)) => repaired(c),
            Some(BfString::String(many)) => Some(Letters::Many(many.into())),
            None => None,
        };
        let Some(text) = text else {
            self.drawing.n_unknown += usize::from(!style.is_hidden);
            return;
        };
        list.push(Glyph {
            text,
            x0: x0.min(x1),
            x1: x0.max(x1),
            y,
            size: narrow(size),
            is_bold: style.is_bold,
            turn,
            legacy: style.legacy,
        });
        Budget::count(self.drawing.glyphs.len() + self.drawing.hidden.len());
    }
}

/// What the letters of one run share.
#[derive(Clone, Copy)]
struct Style {
    is_bold: bool,
    legacy: Option<Legacy>,
    is_hidden: bool,
}

/// Points on a page fit an `f32`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a page is some thousand points wide, and a lost thousandth of a point is not seen"
)]
fn narrow(value: f64) -> f32 {
    value as f32
}

impl Style {
    fn of(drawn: &Drawn<'_>) -> Self {
        let font = match drawn {
            Drawn::Outline(outline) => outline.font_data(),
            Drawn::Type3(_) => None,
        };
        let name = font
            .as_ref()
            .and_then(|font| font.postscript_name.as_deref());
        let is_heavy = font
            .as_ref()
            .and_then(|font| font.weight)
            .is_some_and(|weight| weight >= BOLD_WEIGHT_MIN);
        Self {
            is_bold: is_heavy || name.is_some_and(|name| name.contains("Bold")),
            legacy: name.and_then(legacy),
            is_hidden: false,
        }
    }
}

/// The encoding that the name of a font tells: `ABCDEF+.VnTime`, or `VnTime` from a writer that
/// leaves out the dot.
fn legacy(name: &str) -> Option<Legacy> {
    let name = name.split_once('+').map_or(name, |(_subset, name)| name);
    // `.VnTime,Bold`, `VNI-Times-Bold`
    let name = name.split(',').next().unwrap_or(name);
    let dotted = name
        .strip_prefix("Vn")
        .filter(|rest| rest.starts_with(char::is_uppercase))
        .map(|_| format!(".{name}"));
    Legacy::of_font(dotted.as_deref().unwrap_or(name))
}

impl<'a> Device<'a> for Collector<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.budget.spend();
        self.drawing.n_paths += 1;
        let is_stroke = !matches!(mode, DrawMode::Fill(_));
        self.drawing.rules.add(path, props.transform, is_stroke);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.budget.look();
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.budget.spend();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.budget.look();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.budget.spend();
        let Some(first) = run.glyphs().first() else {
            return;
        };
        let mut style = Style::of(first);
        style.is_hidden = matches!(mode, DrawMode::Invisible);
        for drawn in run.glyphs() {
            self.letter(drawn, props.transform * drawn.transform(), style);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.budget.spend();
        let pixels = u64::from(image.width()) * u64::from(image.height());
        self.drawing.n_pixels = self.drawing.n_pixels.saturating_add(pixels);
        let corner = Point::new(f64::from(image.width()), f64::from(image.height()));
        let drawn = props
            .transform
            .transform_rect_bbox(Rect::from_points(Point::ZERO, corner))
            .intersect(self.bounds);
        self.drawing.picture_area = self.drawing.picture_area.max(drawn.area());
    }

    fn pop_clip(&mut self) {
        self.budget.spend();
    }

    fn pop_transparency_group(&mut self) {
        self.budget.spend();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fonts_tell_old_encodings() {
        assert_eq!(legacy("ABCDEF+.VnTime"), Some(Legacy::Tcvn3));
        assert_eq!(legacy("AIBEGE+VnCenturySchoolbook"), Some(Legacy::Tcvn3));
        assert_eq!(legacy(".VnTimeH,Bold"), Some(Legacy::Tcvn3Capitals));
        assert_eq!(legacy("VNI-Times"), Some(Legacy::Vni));
        assert_eq!(legacy("ABCDEF+TimesNewRomanPSMT"), None);
    }
}
