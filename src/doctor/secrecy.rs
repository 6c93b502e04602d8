//! A marking of state secrecy: such a document must not be stored here.
//!
//! The stamp stands in a frame in the head (Circular 24/2020/TT-BCA), so it is a line of its own;
//! laws about secrets name the same words in sentences.

use crate::doctor::Case;
use crate::doctor::Concern;
use crate::doctor::Gravity;

/// The degrees of secrecy (Law on Protection of State Secrets, Article 8).
const DEGREES: [&str; 3] = ["TUYỆT MẬT", "TỐI MẬT", "MẬT"];
/// How many lines from the start may carry the stamp.
const HEAD_LINES: usize = 60;
/// What may stand before the degree.
const LEADS: [&str; 3] = ["ĐỘ MẬT:", "Độ mật:", "Mức độ mật:"];

pub(super) fn check(case: &Case<'_>) -> Vec<Concern> {
    let mut start = 0;
    for (at, line) in case.document.text.split('\n').enumerate() {
        // A row of a letterhead table may hold it in one of its cells.
        let degree = line
            .split('|')
            .find_map(|cell| degree(cell, at < HEAD_LINES));
        if let Some(degree) = degree {
            let concern = Concern::new(
                "security-marking",
                Gravity::Refusal,
                format!("carries the security marking {degree}"),
                "keep it out; only if the marking was lifted: `camnang add --force`",
            );
            return vec![concern.at(case, start)];
        }
        start += line.len() + 1;
    }
    Vec::new()
}

/// The degree that a stamp or a stated degree says.
fn degree(cell: &str, in_head: bool) -> Option<&'static str> {
    let is_frame =
        |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | '[' | ']' | '"' | '-' | '.');
    let cell = cell.trim_matches(is_frame);
    let stated = LEADS.iter().find_map(|lead| cell.strip_prefix(lead));
    if stated.is_none() && !in_head {
        return None;
    }
    let words = stated.unwrap_or(cell).trim_matches(is_frame);
    let matches = |degree: &&&str| {
        if stated.is_some() {
            words.to_uppercase() == **degree
        } else {
            words == **degree
        }
    };
    DEGREES.iter().find(matches).copied()
}
