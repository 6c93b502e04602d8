//! Tables of contents that were typed: headings that are listed before they come.
//!
//! A list and the headings it announces carry the same numbers. Taken for headings, its entries
//! would win, since their numbering is whole and nothing stands between them, and the last of them
//! would hold the whole text.

use std::collections::HashSet;

use crate::document::line::Line;
use crate::document::line::lines;
use crate::document::mark::Mark;
use crate::document::mark::Shape;

/// What stands above such a list.
const NAME: &str = "mục lục";
/// An entry, with dots up to the number of its page, is at most this long.
const ENTRY_BYTES_MAX: usize = 300;
/// Entries of a list: the longest codes have seven hundred Điều.
const ENTRIES_MAX: usize = 2_000;

/// Takes out the marks of the entries below the first line `MỤC LỤC`.
pub(super) fn remove(text: &str, marks: &mut Vec<Mark>) {
    let mut all = lines(text);
    let Some(name) = all.find(is_name) else {
        return;
    };
    let entries = all.take(ENTRIES_MAX).take_while(is_entry);
    let Some(last) = entries.last() else {
        return;
    };
    let from = marks.partition_point(|mark| mark.start <= name.start);
    let to = marks.partition_point(|mark| mark.start <= last.start);
    let to = list_end(marks, from, to);
    if is_announced(text, marks, from, to) {
        marks.drain(from..to);
    }
}

fn is_name(line: &Line<'_>) -> bool {
    line.body.trim_end_matches([':', '.']).to_lowercase() == NAME
}

fn is_entry(line: &Line<'_>) -> bool {
    !line.body.starts_with('|') && line.body.len() <= ENTRY_BYTES_MAX
}

/// The first of the marks in `from..to` whose number comes again: the first heading itself.
fn list_end(marks: &[Mark], from: usize, to: usize) -> usize {
    let mut seen: HashSet<(Shape, &str)> = HashSet::new();
    let is_first = |at: &usize| seen.insert((marks[*at].shape, &marks[*at].label));
    from + (from..to).take_while(is_first).count()
}

/// Whether at least half of the marks in `from..to` come again with the same number and word.
fn is_announced(text: &str, marks: &[Mark], from: usize, to: usize) -> bool {
    let key = |mark: &Mark| {
        let title = mark.title.slice(text).unwrap_or_default();
        let word = title.split_whitespace().next().unwrap_or_default();
        (mark.shape, mark.label.clone(), word.to_lowercase())
    };
    let listed = marks.get(from..to).unwrap_or_default();
    let later = marks.get(to..).unwrap_or_default();
    let mut missing: HashSet<_> = listed.iter().map(key).collect();
    for mark in later {
        if missing.is_empty() {
            break;
        }
        missing.remove(&key(mark));
    }
    !listed.is_empty() && 2 * missing.len() <= listed.len()
}
