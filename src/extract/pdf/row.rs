//! Rows: the words that stand on one line of a page or of a cell, from left to right.

use crate::extract::pdf::glyph::Glyph;
use crate::extract::pdf::glyph::Letters;
use crate::extract::pdf::glyph::SOFT_HYPHEN;
use crate::extract::pdf::glyph::shifted;
use crate::text::Legacy;

/// Letters stand on one line if their bases differ by less than this share of their size.
const SAME_LINE: f32 = 0.22;
/// A gap of this share of the size is a space, even where the file holds none. The narrowest gap
/// seen between words of a line that was pressed together is 0.16; letters that are moved apart
/// stay below a tenth.
const SPACE_MIN: f32 = 0.13;
/// A raised or lowered letter is at most this large beside its line.
const SHIFTED_SIZE_MAX: f32 = 0.8;
/// It is raised by at most this share of the size of its line.
const RAISE_MAX: f32 = 0.65;
/// It is lowered by at most this share.
const DROP_MAX: f32 = 0.4;
/// It stands this close to a letter of its line, as a share of the size.
const TOUCH_MAX: f32 = 0.7;
/// The same letter twice, this close, is one letter drawn twice to look bold.
const TWICE_MAX: f32 = 0.12;

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) is_bold: bool,
    /// The encoding it was converted from.
    pub(super) legacy: Option<Legacy>,
}

/// The words on one line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) words: Vec<Word>,
    /// The line the letters stand on.
    pub(super) y: f32,
    /// Size of most of its letters.
    pub(super) size: f32,
}

impl Row {
    pub(super) fn x0(&self) -> f32 {
        self.words.first().map_or(0.0, |word| word.x0)
    }

    pub(super) fn x1(&self) -> f32 {
        self.words.last().map_or(0.0, |word| word.x1)
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for word in &self.words {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }

    /// The words before and from word number `at`.
    pub(super) fn split(mut self, at: usize) -> (Self, Self) {
        let right = Self {
            words: self.words.split_off(at.min(self.words.len())),
            ..self
        };
        (self, right)
    }
}

/// Letters with one base line, before they become words.
struct Strip {
    glyphs: Vec<Glyph>,
    y: f32,
    size: f32,
}

/// Puts `glyphs` into rows from top to bottom.
pub(super) fn rows(mut glyphs: Vec<Glyph>) -> Vec<Row> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut strips: Vec<Strip> = Vec::new();
    for glyph in glyphs {
        let fits = |strip: &&mut Strip| {
            glyph.y - strip.y <= SAME_LINE * glyph.size.min(strip.size).max(1.0)
        };
        match strips.last_mut().filter(fits) {
            Some(strip) => {
                // A space may be set in any size.
                if !glyph.is_space() {
                    strip.size = strip.size.max(glyph.size);
                }
                strip.glyphs.push(glyph);
            }
            None => strips.push(Strip {
                y: glyph.y,
                size: glyph.size,
                glyphs: vec![glyph],
            }),
        }
    }
    for strip in &mut strips {
        strip.glyphs.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    seat_shifted(&mut strips);
    strips.into_iter().filter_map(Strip::row).collect()
}

/// Puts strips of raised and lowered letters into the lines they belong to.
fn seat_shifted(strips: &mut Vec<Strip>) {
    let mut at = 0;
    while at < strips.len() {
        // Another column may have a line in between.
        let near = [
            Some(at + 1),
            Some(at + 2),
            at.checked_sub(1),
            at.checked_sub(2),
        ];
        let seat = near.into_iter().flatten().find(|&line| {
            strips
                .get(at)
                .zip(strips.get(line))
                .is_some_and(|(small, line)| belongs(small, line))
        });
        let Some(seat) = seat else {
            at += 1;
            continue;
        };
        let small = strips.remove(at);
        let seat = if seat > at { seat - 1 } else { seat };
        if let Some(line) = strips.get_mut(seat) {
            let is_raised = small.y < line.y;
            line.glyphs.extend(
                small
                    .glyphs
                    .into_iter()
                    .map(|glyph| lifted(glyph, is_raised)),
            );
            line.glyphs.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        }
    }
}

/// Whether all letters of `small` are set above or below letters of `line`.
fn belongs(small: &Strip, line: &Strip) -> bool {
    let raise = line.y - small.y;
    if !(small.size <= SHIFTED_SIZE_MAX * line.size || is_note_number(small) && raise > 0.0)
        || raise > RAISE_MAX * line.size
        || small.glyphs.iter().all(Glyph::is_space)
        || raise < -DROP_MAX * line.size
    {
        return false;
    }
    let reach = TOUCH_MAX * line.size;
    small
        .glyphs
        .iter()
        .filter(|glyph| !glyph.is_space())
        .all(|glyph| {
            let near = line
                .glyphs
                .partition_point(|other| other.x1 < glyph.x0 - reach);
            line.glyphs
                .get(near)
                .is_some_and(|other| other.x0 <= glyph.x1 + reach)
        })
}

/// Whether a strip can only be the number of a footnote, which some writers hardly make smaller.
fn is_note_number(strip: &Strip) -> bool {
    let mut letters = strip.glyphs.iter().filter(|glyph| !glyph.is_space());
    letters.clone().count() <= 3
        && letters.all(|glyph| matches!(glyph.text, Letters::One(c) if c.is_ascii_digit()))
}

/// The raised or lowered form of a letter, where there is one.
fn lifted(mut glyph: Glyph, is_raised: bool) -> Glyph {
    if let Letters::One(c) = glyph.text
        && let Some(shifted) = shifted(c, is_raised)
    {
        glyph.text = Letters::One(shifted);
    }
    glyph
}

impl Strip {
    /// The words of the strip; `None` where it holds only spaces.
    fn row(self) -> Option<Row> {
        let mut words: Vec<Word> = Vec::new();
        let mut is_open = false;
        let mut last: Option<&Glyph> = None;
        for glyph in &self.glyphs {
            if glyph.is_space() {
                is_open = false;
                continue;
            }
            let size = glyph.size.max(1.0);
            let twice = |last: &Glyph| {
                last.text == glyph.text && (glyph.x0 - last.x0).abs() < TWICE_MAX * size
            };
            if last.is_some_and(twice) {
                continue;
            }
            last = Some(glyph);
            match words.last_mut() {
                Some(word) if is_open && glyph.x0 - word.x1 < SPACE_MIN * size => {
                    glyph.text.push_to(&mut word.text);
                    word.x1 = word.x1.max(glyph.x1);
                }
                _ => {
                    let mut text = String::new();
                    glyph.text.push_to(&mut text);
                    words.push(Word {
                        text,
                        x0: glyph.x0,
                        x1: glyph.x1,
                        is_bold: glyph.is_bold,
                        legacy: glyph.legacy,
                    });
                }
            }
            is_open = true;
        }
        for word in &mut words {
            let decoded = word.legacy.and_then(|legacy| legacy.decode_run(&word.text));
            match decoded {
                Some(decoded) => word.text = decoded,
                // Text that was converted while its font stayed has hyphens.
                None if word.legacy.take().is_some() => {
                    word.text = word.text.replace(SOFT_HYPHEN, "-");
                }
                None => {}
            }
        }
        (!words.is_empty()).then_some(Row {
            words,
            y: self.y,
            size: self.size,
        })
    }
}

/// A row of words of five points a letter, with their left edges, to test with.
#[cfg(test)]
pub(super) fn row(y: f32, words: &[(f32, &str)]) -> Row {
    let mut all = Vec::new();
    for (x, text) in words {
        let mut x = *x;
        for word in text.split(' ') {
            let width = 5.0 * u16::try_from(word.chars().count()).map_or(0.0, f32::from);
            all.push(Word {
                text: word.to_owned(),
                x0: x,
                x1: x + width,
                is_bold: false,
                legacy: None,
            });
            x += width + 3.0;
        }
    }
    Row {
        words: all,
        y,
        size: 12.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::turn::Turn;

    /// The text of a row of `text` in a font of TCVN3.
    fn old(text: &str) -> String {
        let glyphs = (0u8..).zip(text.chars()).map(|(at, c)| Glyph {
            text: Letters::One(c),
            x0: 5.0 * f32::from(at),
            x1: 5.0 * f32::from(at) + 5.0,
            y: 100.0,
            size: 10.0,
            is_bold: false,
            turn: Turn::None,
            legacy: Some(Legacy::Tcvn3),
        });
        rows(glyphs.collect()).iter().map(Row::text).collect()
    }

    #[test]
    fn soft_hyphens_are_letters_in_old_fonts_unless_the_text_was_converted() {
        assert_eq!(old("Th«ng t\u{ad} ®\u{ad}îc 5-6"), "Thông tư được 5-6");
        assert_eq!(old("Nghị định NĐ\u{ad}CP"), "Nghị định NĐ-CP");
    }
}
