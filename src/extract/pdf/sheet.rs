//! Sheets: what stands on one page, before pages are compared and put into one text.

use crate::extract::pdf::column;
use crate::extract::pdf::footnote;
use crate::extract::pdf::footnote::Note;
use crate::extract::pdf::glyph::Glyph;
use crate::extract::pdf::glyph::settle_hyphens;
use crate::extract::pdf::grid;
use crate::extract::pdf::grid::Filled;
use crate::extract::pdf::line;
use crate::extract::pdf::line::Line;
use crate::extract::pdf::line::Part;
use crate::extract::pdf::row;
use crate::extract::pdf::row::Row;
use crate::extract::pdf::rule::Rule;
use crate::extract::pdf::rule::Rules;
use crate::extract::pdf::turn::Frame;
use crate::extract::pdf::turn::TURNS;
use crate::extract::pdf::turn::Turn;
use crate::text::LegacyFound;

/// One page.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// From 1, in the order of the file.
    pub(super) number: u32,
    /// Size of the page as it is held, in points.
    pub(super) width: f32,
    pub(super) height: f32,
    /// Mean confidence where the letters were recognised from a picture.
    pub(super) ocr: Option<f32>,
    /// What stands outside of tables, from top to bottom.
    pub(super) rows: Vec<Row>,
    pub(super) tables: Vec<Table>,
    /// What stands at another angle.
    pub(super) turned: Vec<Row>,
    /// Lines across the page.
    pub(super) strokes: Vec<Rule>,
}

/// A table with its text.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) top: f32,
    pub(super) rows: Vec<Vec<String>>,
}

/// A page in reading order.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) number: u32,
    pub(super) ocr: Option<f32>,
    pub(super) parts: Vec<Part>,
    pub(super) notes: Vec<Note>,
}

impl Sheet {
    /// Holds the page as most of its letters stand and tells tables from running text.
    pub(super) fn new(number: u32, frame: Frame, mut glyphs: Vec<Glyph>, rules: Rules) -> Self {
        settle_hyphens(&mut glyphs);
        let turn = usual_turn(&glyphs);
        let rules = rules.turned(frame, turn).joined();
        let grids = grid::grids(&rules);
        let place = |glyph: &Glyph| frame.turned(turn, frame.back(glyph.turn, glyph.middle()));
        let tables = grid::fill(&grids, &mut glyphs, place);
        let (upright, turned) = glyphs.into_iter().partition(|glyph| glyph.turn == turn);
        Self {
            number,
            width: frame.width_turned(turn),
            height: frame.height_turned(turn),
            ocr: None,
            rows: row::rows(upright),
            tables: tables.into_iter().map(Table::from).collect(),
            turned: rows_by_turn(turned),
            strokes: rules.across,
        }
    }

    /// The rows that were converted from old encodings by their fonts, each as one line.
    pub(super) fn legacy(&self) -> impl Iterator<Item = LegacyFound> {
        self.rows.iter().filter_map(|row| {
            let encoding = row.words.iter().find_map(|word| word.legacy)?;
            Some(LegacyFound {
                encoding,
                n_lines: 1,
                repaired: true,
            })
        })
    }

    /// Whether nothing stands on the page.
    pub(super) fn is_blank(&self) -> bool {
        self.rows.is_empty() && self.tables.is_empty() && self.turned.is_empty()
    }

    /// Puts the page into reading order. `notes_before` says whether the page before has footnotes.
    pub(super) fn read(mut self, notes_before: bool) -> Read {
        let notes = footnote::take(&mut self.rows, &self.strokes, notes_before);
        self.tables.sort_by(|a, b| a.top.total_cmp(&b.top));
        let mut parts = Vec::new();
        let mut rows = self.rows.as_slice();
        for table in self.tables {
            let n = rows.partition_point(|row| row.y < table.top);
            let (above, below) = rows.split_at_checked(n).unwrap_or((rows, &[]));
            parts.extend(column::parts(above));
            rows = below;
            parts.extend(table.rows.into_iter().map(Part::Cells));
        }
        parts.extend(column::parts(rows));
        if !self.turned.is_empty() {
            parts.push(Part::Aside(self.turned.iter().map(Line::from).collect()));
        }
        for part in &mut parts {
            part.edit(|text| footnote::marked(text, &notes));
        }
        Read {
            number: self.number,
            ocr: self.ocr,
            parts,
            notes,
        }
    }
}

/// The turn of most letters.
fn usual_turn(glyphs: &[Glyph]) -> Turn {
    let count = |turn: &Turn| glyphs.iter().filter(|glyph| glyph.turn == *turn).count();
    // Of equals the last is taken: the page as it lies.
    TURNS
        .into_iter()
        .rev()
        .max_by_key(count)
        .unwrap_or_default()
}

/// The rows of letters at any angle.
fn rows_by_turn(glyphs: Vec<Glyph>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut rest = glyphs;
    for turn in TURNS {
        let (of_turn, others) = rest.into_iter().partition(|glyph| glyph.turn == turn);
        rows.extend(row::rows(of_turn));
        rest = others;
    }
    rows
}

impl From<Filled> for Table {
    fn from(filled: Filled) -> Self {
        let cell = |glyphs: Vec<Glyph>| line::joined(&rows_by_turn(glyphs));
        Self {
            top: filled.top,
            rows: filled
                .rows
                .into_iter()
                .map(|row| row.into_iter().map(cell).collect())
                .collect(),
        }
    }
}
