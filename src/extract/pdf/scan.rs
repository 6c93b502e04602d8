//! Pages whose text is none: which they are, and what Tesseract makes of their pictures.

use std::collections::HashMap;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use hayro::hayro_syntax::Pdf;
use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;

use crate::extract::ocr::OcrError;
use crate::extract::ocr::Picture;
use crate::extract::ocr::Seen;
use crate::extract::ocr::SeenPages;
use crate::extract::ocr::Tesseract;
use crate::extract::ocr::Word;
use crate::extract::pdf::device::Drawing;
use crate::extract::pdf::glyph::Glyph;
use crate::extract::pdf::glyph::Letters;
use crate::extract::pdf::limit;
use crate::extract::pdf::picture;
use crate::extract::pdf::turn::Frame;
use crate::extract::pdf::turn::Turn;
use crate::text::has_diacritics;
use crate::text::is_syllable;

/// A page with a picture this large, as a share of the page, may be a scan.
const PICTURE_SHARE_MIN: f64 = 0.5;
/// It is one if fewer letters stand on it: a stamp or running head that was put over the scan.
const LETTERS_MIN: usize = 250;
/// A page is unreadable if more than this share of its letters has no meaning.
const UNKNOWN_SHARE_MAX: usize = 3;
/// Text behind a scan is used if at least this share of its words are Vietnamese.
const HIDDEN_SHARE_MIN: f32 = 0.7;
/// And if it has at least this many words.
const HIDDEN_WORDS_MIN: usize = 20;
/// Paths of a page without letters whose text was turned into outlines.
const OUTLINES_MIN: usize = 100;
/// How long drawing one page may take.
const DRAW_TIME: Duration = Duration::from_mins(1);
/// Lines within this ratio of the usual height are of one size: tall letters do not make a title.
const SAME_SIZE: f32 = 1.5;

/// How much larger a font is than the boxes around its words.
const EM_PER_HEIGHT: f32 = 1.25;

/// What to do with a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    /// Its letters are its text.
    Text,
    /// The letters behind its picture are its text, with this share of Vietnamese words.
    Hidden(f32),
    /// Only its picture tells.
    Picture,
    /// It can only be told by a picture that is too large to draw.
    TooLarge,
}

/// What to do with a page of this size.
pub(super) fn verdict(drawing: &Drawing, frame: Frame) -> Verdict {
    let n_letters = drawing
        .glyphs
        .iter()
        .filter(|glyph| !glyph.is_space())
        .count();
    let area = f64::from(frame.width) * f64::from(frame.height);
    let is_picture = drawing.picture_area >= PICTURE_SHARE_MIN * area;
    let is_scan = n_letters < LETTERS_MIN && is_picture;
    let is_garbled = drawing.n_unknown * UNKNOWN_SHARE_MAX > n_letters && drawing.n_unknown > 20;
    let is_outlined = n_letters == 0 && drawing.n_paths > OUTLINES_MIN;
    if !(is_scan || is_garbled || is_outlined) {
        return Verdict::Text;
    }
    match hidden_share(&drawing.hidden) {
        Some(share) => Verdict::Hidden(share),
        None if drawing.n_pixels > limit::PAGE_PIXELS => Verdict::TooLarge,
        None => Verdict::Picture,
    }
}

/// The share of Vietnamese words in the text behind a scan, if it is worth reading: scanners that
/// do not know the language put wrong letters there.
fn hidden_share(hidden: &[Glyph]) -> Option<f32> {
    let rows = super::row::rows(hidden.to_vec());
    let (mut n, mut n_known, mut n_marked) = (0u16, 0u16, 0u16);
    for word in rows.iter().flat_map(|row| &row.words).take(2000) {
        let letters = word.text.trim_matches(|c: char| !c.is_alphabetic());
        if letters.is_empty() || letters.contains(|c: char| !c.is_alphabetic()) {
            continue;
        }
        n += 1;
        n_known += u16::from(is_syllable(letters));
        n_marked += u16::from(has_diacritics(letters));
    }
    let share = f32::from(n_known) / f32::from(n.max(1));
    // Without its marks the text would be found but not read.
    let is_marked = n_marked * 3 > n;
    (usize::from(n) >= HIDDEN_WORDS_MIN && is_marked && share >= HIDDEN_SHARE_MIN).then_some(share)
}

/// The letters of a page as recognised.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Recognised {
    pub(super) glyphs: Vec<Glyph>,
    /// Mean confidence of the words by their length, 0 to 1.
    pub(super) confidence: f32,
}

impl Recognised {
    /// The letters of what was seen, at their places on the page.
    pub(super) fn of(seen: &Seen) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "at most 300")]
        let scale = 72.0 / seen.resolution as f32;
        placed(&seen.words(), scale)
    }
}

/// Recognises the pages at the places `wanted`, several side by side; in the order of the file.
/// Each is kept as soon as it is seen: a run that is broken off starts where it was.
pub(super) fn recognise(
    bytes: Vec<u8>,
    wanted: Vec<usize>,
    tesseract: &Tesseract,
    kept: &SeenPages<'_>,
) -> Vec<(usize, Result<Recognised, String>)> {
    let at_once = thread::available_parallelism().map_or(1, usize::from);
    let (sender, receiver) = mpsc::sync_channel(at_once);
    let places = wanted.clone();
    // Left to itself if it hangs, as in `worker`.
    thread::spawn(move || {
        if let Ok(pdf) = Pdf::new(bytes) {
            picture::draw(&pdf, &places, &sender);
        }
    });
    let mut all = Vec::with_capacity(wanted.len());
    let mut is_open = true;
    while is_open {
        let mut pictures = Vec::new();
        while pictures.len() < at_once {
            if let Ok(picture) = receiver.recv_timeout(DRAW_TIME) {
                pictures.push(picture);
            } else {
                is_open = false;
                break;
            }
        }
        let recognised: Vec<_> = pictures
            .into_par_iter()
            .map(|(at, picture)| {
                let seen = read(picture, tesseract);
                if let Ok(seen) = &seen {
                    kept.put(at, seen);
                }
                (at, seen.map(|seen| Recognised::of(&seen)))
            })
            .collect();
        all.extend(recognised);
    }
    // What was not drawn when the thread ended or hung.
    for at in wanted.into_iter().skip(all.len()) {
        all.push((at, Err("its picture cannot be drawn".to_owned())));
    }
    all
}

fn read(picture: Option<Picture>, tesseract: &Tesseract) -> Result<Seen, String> {
    let picture = picture.ok_or("its picture cannot be drawn")?;
    tesseract
        .recognise(&picture)
        .map_err(|error: OcrError| error.to_string())
}

/// Words as glyphs at their places. All words of a line stand on one line and have one size: boxes
/// of words differ with their letters.
fn placed(words: &[Word], scale: f32) -> Recognised {
    let mut lines: HashMap<(u32, u32, u32), Vec<&Word>> = HashMap::new();
    for word in words {
        lines.entry(word.line).or_default().push(word);
    }
    let height = |word: &&Word| {
        let [_, top, _, bottom] = word.edges;
        (bottom - top) * scale
    };
    let usual = EM_PER_HEIGHT * median(words.iter().map(|word| height(&word)).collect());
    let mut glyphs = Vec::with_capacity(2 * words.len());
    for line in lines.values() {
        let own = EM_PER_HEIGHT * median(line.iter().map(height).collect());
        let is_usual = own < SAME_SIZE * usual && own * SAME_SIZE > usual;
        let size = if is_usual { usual } else { own };
        let y = median(line.iter().map(|word| word.edges[3] * scale).collect());
        for word in line {
            let [left, _, right, _] = word.edges.map(|edge| edge * scale);
            let glyph = |text: Letters, x0: f32, x1: f32| Glyph {
                text,
                x0,
                x1,
                y,
                size,
                is_bold: false,
                turn: Turn::None,
                legacy: None,
            };
            glyphs.push(glyph(Letters::Many(word.text.as_str().into()), left, right));
            glyphs.push(glyph(Letters::One(' '), right, right));
        }
    }
    Recognised {
        glyphs,
        confidence: confidence(words),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a page has some thousand letters"
)]
fn confidence(words: &[Word]) -> f32 {
    let n: usize = words.iter().map(|word| word.text.chars().count()).sum();
    let sum: f32 = words
        .iter()
        .map(|word| word.confidence * word.text.chars().count() as f32)
        .sum();
    sum / n.max(1) as f32
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
