//! Styles and fonts (MS-DOC 2.9.271, 2.9.286).

use super::bytes::slice;
use super::bytes::u16_at;
use super::bytes::utf16;
use super::property::CharProperties;
use super::property::ParagraphProperties;
use crate::text::Legacy;

/// How many styles may be based on one another.
const CHAIN_MAX: usize = 32;
/// The number that says that there is no style.
const NONE: u16 = 0x0fff;

/// What a style says.
#[derive(Clone, Copy, Debug, Default)]
struct Style {
    /// Which of Word's own styles it is.
    built_in: u16,
    base: u16,
    chars: CharProperties,
    paragraph: ParagraphProperties,
}

/// All styles, by number.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: Vec<Style>,
    default_font: Option<u16>,
}

impl Styles {
    pub(super) fn read(bytes: &[u8]) -> Self {
        Self::try_read(bytes).unwrap_or_default()
    }

    fn try_read(bytes: &[u8]) -> Option<Self> {
        let header = usize::from(u16_at(bytes, 0)?);
        let n_styles = u16_at(bytes, 2)?;
        let base_len = usize::from(u16_at(bytes, 4)?);
        let mut styles = Vec::new();
        let mut at = 2 + header;
        for _ in 0..n_styles {
            let Some(len) = u16_at(bytes, at).map(usize::from) else {
                break;
            };
            let style = slice(bytes, at + 2, len).and_then(|bytes| Style::read(bytes, base_len));
            styles.push(style.unwrap_or(Style {
                base: NONE,
                ..Style::default()
            }));
            at += 2 + len + len % 2;
        }
        Some(Self {
            styles,
            default_font: u16_at(bytes, 18),
        })
    }

    fn chain(&self, number: u16) -> impl Iterator<Item = &Style> {
        let get = |number: u16| self.styles.get(usize::from(number));
        std::iter::successors(get(number), move |style| get(style.base)).take(CHAIN_MAX)
    }

    /// Properties of characters in these styles.
    pub(super) fn chars(&self, of_chars: Option<u16>, of_paragraph: u16) -> CharProperties {
        let own = of_chars.into_iter().flat_map(|number| self.chain(number));
        let all = own.chain(self.chain(of_paragraph));
        let found = all.fold(CharProperties::default(), |found, style| {
            found.or(style.chars)
        });
        CharProperties {
            font: found.font.or(self.default_font),
            ..found
        }
    }

    /// Use of a list and level that the style of a paragraph gives it.
    pub(super) fn list(&self, number: u16) -> (Option<u16>, Option<u8>) {
        let list = self.chain(number).find_map(|style| style.paragraph.list);
        let level = self.chain(number).find_map(|style| style.paragraph.level);
        (list, level)
    }

    /// Level of the heading that a style makes, from 0.
    pub(super) fn outline(&self, number: u16) -> Option<u8> {
        self.chain(number).find_map(|style| {
            let built_in = style.built_in.checked_sub(1).filter(|level| *level < 9);
            style
                .paragraph
                .outline
                .or(built_in.and_then(|level| level.try_into().ok()))
        })
    }

    /// Whether the paragraphs of a style are lines of a table of contents.
    pub(super) fn is_contents(&self, number: u16) -> bool {
        let style = self.styles.get(usize::from(number));
        style.is_some_and(|style| (19..28).contains(&style.built_in))
    }
}

impl Style {
    fn read(bytes: &[u8], base_len: usize) -> Option<Self> {
        let kind = u16_at(bytes, 2)?;
        let mut style = Self {
            built_in: u16_at(bytes, 0)? & 0x0fff,
            base: kind >> 4,
            ..Self::default()
        };
        let name_len = usize::from(u16_at(bytes, base_len)?);
        let mut at = base_len + 2 + 2 * name_len + 2;
        let mut next = || {
            at += at % 2;
            let len = usize::from(u16_at(bytes, at)?);
            let found = slice(bytes, at + 2, len);
            at += 2 + len;
            found
        };
        match kind & 0x0f {
            1 => {
                if let Some(found) = next().and_then(|found| found.get(2..)) {
                    style.paragraph = style.paragraph.changed_by(found);
                }
                style.chars = style.chars.changed_by(next().unwrap_or_default());
            }
            2 => style.chars = style.chars.changed_by(next().unwrap_or_default()),
            _ => {}
        }
        Some(style)
    }
}

/// The encoding of each font, by number.
pub(super) fn fonts(bytes: &[u8]) -> Vec<Option<Legacy>> {
    let n_fonts = u16_at(bytes, 0).unwrap_or_default();
    let mut fonts = Vec::new();
    let mut at = 4;
    for _ in 0..n_fonts {
        let Some(&len) = bytes.get(at) else { break };
        // The name begins at byte 39 of the description and ends with a zero.
        let len = usize::from(len);
        let name = utf16(bytes, at + 1 + 39, len.saturating_sub(39) / 2).unwrap_or_default();
        let name = name.split('\0').next().unwrap_or_default();
        fonts.push(Legacy::of_font(name));
        at += 1 + len;
    }
    fonts
}
