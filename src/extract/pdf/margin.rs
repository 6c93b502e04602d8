//! Margins: between which edges the lines of a page run, and how far paragraphs are indented.

use crate::extract::pdf::line::Line;
use crate::extract::pdf::line::Part;
use crate::extract::pdf::sheet::Read;

/// Lines that start this close together start at one edge, in points.
const SAME_EDGE: f32 = 2.5;
/// A first line is indented by more than this share of the size.
pub(super) const INDENT_MIN: f32 = 0.8;
/// And by no more than this.
const INDENT_MAX: f32 = 6.0;
/// Pages with more lines than this show their own margins.
const LINES_MIN: usize = 8;

/// Where lines start and end.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Margins {
    pub(super) left: f32,
    pub(super) right: f32,
    /// How far first lines are indented; 0 where they are not.
    pub(super) indent: f32,
}

impl Margins {
    pub(super) fn width(&self) -> f32 {
        (self.right - self.left).max(1.0)
    }

    pub(super) fn is_indented(&self, line: &Line) -> bool {
        line.x0 - self.left > INDENT_MIN * line.size
    }

    /// Whether `line` stands in the middle.
    pub(super) fn is_centred(&self, line: &Line) -> bool {
        let is_first = self.indent > 0.0 && (line.x0 - self.left - self.indent).abs() < SAME_EDGE;
        !is_first && self.is_inset(line)
    }

    /// Whether `line` is as far from the left as from the right, be it by chance.
    pub(super) fn is_inset(&self, line: &Line) -> bool {
        let (before, behind) = (line.x0 - self.left, self.right - line.x1);
        before > 0.25 * line.size && (before - behind).abs() < 0.05 * self.width() + 3.0
    }

    /// Whether the first word of `next` would not have fitted behind `line`.
    pub(super) fn is_full(&self, line: &Line, next: &Line) -> bool {
        line.x1 + next.first_width + 0.2 * line.size > self.right - 1.0
    }
}

/// The margins of each page.
pub(super) fn margins(pages: &[Read]) -> Vec<Margins> {
    let lines: Vec<Vec<&Line>> = pages.iter().map(|page| running(page)).collect();
    let mut all: Vec<Margins> = lines.iter().map(|lines| own(lines)).collect();
    let sure = |list: fn(&Margins) -> f32| {
        let values = all
            .iter()
            .zip(&lines)
            .filter(|(_, lines)| lines.len() >= LINES_MIN)
            .map(|(margins, _)| list(margins));
        median(values.collect())
    };
    let (left, right) = (sure(|m| m.left), sure(|m| m.right));
    for (margins, lines) in all.iter_mut().zip(&lines) {
        // A page of a few short lines does not show how wide its text could be.
        if let (Some(left), Some(right)) = (left, right)
            && lines.len() < LINES_MIN
            && margins.right <= right
        {
            margins.left = margins.left.min(left);
            margins.right = right;
        }
    }
    let indents = all.iter().zip(&lines).flat_map(|(margins, lines)| {
        lines
            .iter()
            .filter(|line| {
                let indent = line.x0 - margins.left;
                indent > INDENT_MIN * line.size && indent < INDENT_MAX * line.size
            })
            .map(|line| line.x0 - margins.left)
    });
    let indent = usual(indents.collect());
    for margins in &mut all {
        margins.indent = indent;
    }
    all
}

fn running(page: &Read) -> Vec<&Line> {
    page.parts
        .iter()
        .filter_map(|part| match part {
            Part::Line(line) => Some(line),
            _ => None,
        })
        .collect()
}

fn own(lines: &[&Line]) -> Margins {
    let mut starts: Vec<f32> = lines.iter().map(|line| line.x0).collect();
    starts.sort_by(f32::total_cmp);
    // One line may stick out; an edge has two.
    let left = starts
        .windows(2)
        .find_map(|pair| match pair {
            [a, b] if b - a < SAME_EDGE => Some(*a),
            _ => None,
        })
        .or_else(|| starts.first().copied());
    let right = lines.iter().map(|line| line.x1).max_by(f32::total_cmp);
    Margins {
        left: left.unwrap_or_default(),
        right: right.unwrap_or_default(),
        indent: 0.0,
    }
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The value around which most of `values` lie; 0 where there is none.
fn usual(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values
        .chunk_by(|a, b| b - a < SAME_EDGE / 2.0)
        .max_by_key(|group| group.len())
        .filter(|group| group.len() > 2)
        .and_then(|group| group.get(group.len() / 2).copied())
        .unwrap_or_default()
}
