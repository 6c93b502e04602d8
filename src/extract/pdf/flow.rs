//! The text of a document: paragraphs over lines and pages, table rows, footnotes.

use crate::extract::page::Paged;
use crate::extract::pdf::footnote::Note;
use crate::extract::pdf::glyph::SOFT_HYPHEN;
use crate::extract::pdf::join;
use crate::extract::pdf::join::Set;
use crate::extract::pdf::line;
use crate::extract::pdf::line::Line;
use crate::extract::pdf::line::Part;
use crate::extract::pdf::margin;
use crate::extract::pdf::margin::Margins;
use crate::extract::pdf::sheet::Read;
use crate::extract::pdf::table::Next;
use crate::extract::pdf::table::Running;
use crate::text::LegacyFound;
use crate::text::repair_legacy;

/// Puts `pages` into one text; with what was written in old encodings although no font says so.
pub(super) fn text(pages: Vec<Read>) -> (Paged, Vec<LegacyFound>) {
    let margins = margin::margins(&pages);
    let mut flow = Flow::default();
    for (page, margins) in pages.into_iter().zip(margins) {
        flow.page(page, margins);
    }
    flow.close();
    flow.settle(None);
    let mut paged = Paged::default();
    let mut legacy = Vec::new();
    for page in flow.pages {
        let text = page.pieces.join("\n");
        let (text, found) = repair_legacy(&text);
        legacy.extend(found);
        // What is no letter of an old encoding was a hyphen.
        let text = text.replace(SOFT_HYPHEN, "-");
        paged.push(page.number, page.ocr, &text, page.runs_on);
    }
    (paged, legacy)
}

/// The text of one page so far: a piece is a paragraph, a table row or a footnote.
#[derive(Debug)]
struct Written {
    number: u32,
    ocr: Option<f32>,
    pieces: Vec<String>,
    /// Whether the first piece goes on with the last one of the page before.
    runs_on: bool,
}

/// A paragraph whose next line is not known yet.
#[derive(Debug)]
struct Open {
    /// What of it stands on the page `at`.
    text: String,
    /// Place in the list of pages.
    at: usize,
    first_x0: f32,
    /// Where its lines after the first one start.
    hang: Option<f32>,
    last: Line,
    margins: Margins,
}

#[derive(Debug, Default)]
struct Flow {
    pages: Vec<Written>,
    open: Option<Open>,
    /// Footnotes whose paragraph is not closed yet, with the place of their page in the list.
    waiting: Vec<(usize, Note)>,
    /// Page and piece of the footnote written last: the next page may go on with it.
    last_note: Option<(usize, usize)>,
    table: Running,
    /// Page and piece of its last row: the next page may go on with it.
    last_row: (usize, usize),
}

impl Flow {
    fn page(&mut self, page: Read, margins: Margins) {
        self.pages.push(Written {
            number: page.number,
            ocr: page.ocr,
            pieces: Vec::new(),
            runs_on: false,
        });
        self.table.turn();
        for note in page.notes {
            self.note(note);
        }
        for part in page.parts {
            match part {
                Part::Line(line) => self.line(line, margins),
                Part::Aside(lines) => self.aside(&lines),
                Part::Cells(cells) => self.cells(cells),
            }
        }
        if self.open.is_none() {
            self.settle(None);
        }
    }

    fn here(&self) -> usize {
        self.pages.len().saturating_sub(1)
    }

    fn push(&mut self, at: usize, piece: String) {
        if let Some(page) = self.pages.get_mut(at).filter(|_| !piece.is_empty()) {
            page.pieces.push(piece);
        }
    }

    fn line(&mut self, line: Line, margins: Margins) {
        self.end_table();
        let goes_on = self.open.as_ref().is_some_and(|open| {
            let last = Set {
                line: &open.last,
                margins: &open.margins,
            };
            let next = Set {
                line: &line,
                margins: &margins,
            };
            join::joins(last, next, open.hang)
        });
        if !goes_on {
            self.close();
            self.open = Some(Open {
                text: line.text.clone(),
                at: self.here(),
                first_x0: line.x0,
                hang: None,
                last: line,
                margins,
            });
            return;
        }
        self.turn();
        if let Some(open) = &mut self.open {
            line::append(&mut open.text, &line.text);
            if open.hang.is_none() && line.x0 > open.first_x0 {
                open.hang = Some(line.x0);
            }
            open.last = line;
            open.margins = margins;
        }
    }

    /// Once the open paragraph goes on behind a page break, leaves what it has so far on the page
    /// before. A number that was cut behind a hyphen moves on whole.
    fn turn(&mut self) {
        let here = self.here();
        let Some(open) = self.open.as_mut().filter(|open| open.at < here) else {
            return;
        };
        let mut before = std::mem::take(&mut open.text);
        if line::breaks_inside(&before) {
            let cut = before.rfind(' ').map_or(0, |at| at + 1);
            open.text = before.split_off(cut);
        }
        let at = std::mem::replace(&mut open.at, here);
        self.push(at, before);
        if let Some(page) = self.pages.last_mut() {
            page.runs_on = true;
        }
    }

    /// Ends the open paragraph.
    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.push(open.at, open.text.clone());
            self.settle(Some((&open.text, open.at)));
        }
    }

    fn note(&mut self, note: Note) {
        if !note.mark.is_empty() {
            self.waiting.push((self.here(), note));
        } else if let Some((_, last)) = self.waiting.last_mut() {
            line::append(&mut last.text, &note.text);
        } else if let Some(piece) = self
            .last_note
            .and_then(|(page, piece)| self.pages.get_mut(page)?.pieces.get_mut(piece))
        {
            line::append(piece, &note.text);
        } else {
            self.waiting.push((self.here(), note));
        }
    }

    /// Writes the footnotes that belong behind the paragraph `closed` (its text and page), or all
    /// that wait at the end of a page.
    fn settle(&mut self, closed: Option<(&str, usize)>) {
        let here = self.here();
        let at = closed.map_or(here, |(_, at)| at);
        for (page, note) in std::mem::take(&mut self.waiting) {
            let is_due = closed.is_none_or(|(text, _)| {
                page < at || page == at && (at < here || text.contains(&note.mark))
            });
            if is_due {
                self.push(at, note.text);
                let n = self.pages.get(at).map_or(0, |page| page.pieces.len());
                self.last_note = n.checked_sub(1).map(|piece| (at, piece));
            } else {
                self.waiting.push((page, note));
            }
        }
    }

    fn aside(&mut self, lines: &[Line]) {
        self.close();
        self.end_table();
        let at = self.here();
        for group in lines.chunk_by(join::joins_aside) {
            let mut text = String::new();
            for line in group {
                line::append(&mut text, &line.text);
            }
            self.push(at, text);
        }
    }

    /// Writes a row of a table; the head that a table repeats on every page is written once. An
    /// empty line on either side keeps the rows together and apart from the text.
    fn cells(&mut self, cells: Vec<String>) {
        self.close();
        let is_first = self.table.is_empty();
        match self.table.take(cells) {
            Next::Nothing => {}
            Next::GoesOn => self.rewrite_row(),
            Next::Starts => {
                let mut row = self.table.last();
                if is_first {
                    row.insert(0, '\n');
                }
                let here = self.here();
                let n = self.pages.last().map_or(0, |page| page.pieces.len());
                self.last_row = (here, n);
                self.push(here, row);
            }
        }
    }

    /// Writes the last row anew, on the page where it starts.
    fn rewrite_row(&mut self) {
        let (page, piece) = self.last_row;
        let place = self
            .pages
            .get_mut(page)
            .and_then(|page| page.pieces.get_mut(piece));
        if let Some(row) = place {
            let start = row.find('|').unwrap_or_default();
            row.replace_range(start.., &self.table.last());
        }
    }

    /// Ends the table that came last, if a table came last.
    fn end_table(&mut self) {
        if self.table.is_empty() {
            return;
        }
        self.table.clear();
        let last = self
            .pages
            .iter_mut()
            .rev()
            .find_map(|page| page.pieces.last_mut());
        if let Some(row) = last {
            row.push('\n');
        }
    }
}
