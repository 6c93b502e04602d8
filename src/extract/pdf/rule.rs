//! Ruled lines: the borders of tables, the stroke above footnotes.

use hayro::kurbo::Affine;
use hayro::kurbo::BezPath;
use hayro::kurbo::PathEl;
use hayro::kurbo::Point;

use crate::extract::pdf::limit;
use crate::extract::pdf::turn::Frame;
use crate::extract::pdf::turn::Turn;

/// A filled area this thin is a line, in points.
const THICKNESS_MAX: f64 = 3.0;
/// A shorter mark is the corner where two borders meet, in points.
const LENGTH_MIN: f64 = 4.0;
/// Pieces of one border lie on one line up to this, in points.
const SAME_LINE: f32 = 1.5;
/// Pieces of one border follow each other with a gap of at most this, in points.
const GAP_MAX: f32 = 3.0;

/// A line across or down the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    /// Its height on the page when it runs across, its distance from the left when it runs down.
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// The lines of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rules {
    pub(super) across: Vec<Rule>,
    pub(super) down: Vec<Rule>,
}

impl Rules {
    /// Adds what of `path` is a straight line along the page.
    pub(super) fn add(&mut self, path: &BezPath, to_page: Affine, is_stroke: bool) {
        let mut part: Vec<Point> = Vec::new();
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(p) => {
                    self.close(&part, is_stroke);
                    part.clear();
                    part.push(to_page * p);
                }
                PathEl::LineTo(p) => part.push(to_page * p),
                PathEl::ClosePath => {
                    part.extend(part.first().copied());
                    self.close(&part, is_stroke);
                    part.clear();
                }
                // A curve is no border.
                PathEl::QuadTo(..) | PathEl::CurveTo(..) => part.clear(),
            }
        }
        self.close(&part, is_stroke);
    }

    fn close(&mut self, part: &[Point], is_stroke: bool) {
        if self.across.len() + self.down.len() > limit::PAGE_RULES {
            return;
        }
        if is_stroke {
            for pair in part.windows(2) {
                self.segment(pair);
            }
        } else {
            self.segment(part);
        }
    }

    /// Adds the box around `points` if it is thin.
    fn segment(&mut self, points: &[Point]) {
        let Some(first) = points.first() else {
            return;
        };
        let (mut low, mut high) = (*first, *first);
        for p in points {
            low = Point::new(low.x.min(p.x), low.y.min(p.y));
            high = Point::new(high.x.max(p.x), high.y.max(p.y));
        }
        let (width, height) = (high.x - low.x, high.y - low.y);
        if height <= THICKNESS_MAX && width >= LENGTH_MIN {
            self.across
                .push(rule(f64::midpoint(low.y, high.y), low.x, high.x));
        } else if width <= THICKNESS_MAX && height >= LENGTH_MIN {
            self.down
                .push(rule(f64::midpoint(low.x, high.x), low.y, high.y));
        }
    }

    /// The lines as they lie once the page is turned.
    pub(super) fn turned(self, frame: Frame, turn: Turn) -> Self {
        let ends_of = |rule: &Rule, is_across: bool| {
            if is_across {
                [(rule.from, rule.at), (rule.to, rule.at)]
            } else {
                [(rule.at, rule.from), (rule.at, rule.to)]
            }
        };
        let ends = self
            .across
            .iter()
            .map(|rule| ends_of(rule, true))
            .chain(self.down.iter().map(|rule| ends_of(rule, false)));
        let mut turned = Self::default();
        for [a, b] in ends {
            let (a, b) = (frame.turned(turn, a), frame.turned(turn, b));
            let is_across = (a.0 - b.0).abs() > (a.1 - b.1).abs();
            let rule = |at: f32, from: f32, to: f32| Rule {
                at,
                from: from.min(to),
                to: from.max(to),
            };
            if is_across {
                turned.across.push(rule(a.1, a.0, b.0));
            } else {
                turned.down.push(rule(a.0, a.1, b.1));
            }
        }
        turned
    }

    /// Joins the pieces of each border: writers draw one piece a cell.
    pub(super) fn joined(self) -> Self {
        Self {
            across: joined(self.across),
            down: joined(self.down),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a page is some thousand points wide, and a lost thousandth of a point is not seen"
)]
fn rule(at: f64, from: f64, to: f64) -> Rule {
    Rule {
        at: at as f32,
        from: from as f32,
        to: to as f32,
    }
}

fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut all = Vec::new();
    for line in rules.chunk_by_mut(|a, b| b.at - a.at <= SAME_LINE) {
        line.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut pieces = line.iter().copied();
        let Some(mut open) = pieces.next() else {
            continue;
        };
        for piece in pieces {
            if piece.from - open.to <= GAP_MAX {
                open.to = open.to.max(piece.to);
            } else {
                all.push(open);
                open = piece;
            }
        }
        all.push(open);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro::kurbo::Rect;
    use hayro::kurbo::Shape;

    fn rules(boxes: &[(f64, f64, f64, f64)], is_stroke: bool) -> Rules {
        let mut rules = Rules::default();
        for &(x0, y0, x1, y1) in boxes {
            let path = Rect::new(x0, y0, x1, y1).to_path(0.1);
            rules.add(&path, Affine::IDENTITY, is_stroke);
        }
        rules.joined()
    }

    #[test]
    fn thin_areas_are_lines_and_pieces_are_joined() {
        let found = rules(
            &[
                (10.0, 50.0, 60.0, 50.5),
                (60.5, 50.1, 100.0, 50.6),
                (10.0, 50.0, 10.5, 90.0),
                (300.0, 300.0, 302.0, 302.0),
                (200.0, 10.0, 260.0, 60.0),
            ],
            false,
        );
        assert_eq!(found.across.len(), 1, "{found:?}");
        assert!((found.across[0].from - 10.0).abs() < 0.1 && found.across[0].to > 99.0);
        assert_eq!(found.down.len(), 1);
    }

    #[test]
    fn a_drawn_box_has_four_borders() {
        let found = rules(&[(10.0, 10.0, 110.0, 60.0)], true);
        assert_eq!((found.across.len(), found.down.len()), (2, 2));
    }

    #[test]
    fn a_drawing_with_endless_lines_is_cut_off() {
        let many: Vec<_> = (0..limit::PAGE_RULES + 50)
            .map(|_| (1.0, 1.0, 9.0, 1.2))
            .collect();
        let mut found = Rules::default();
        for &(x0, y0, x1, y1) in &many {
            found.add(
                &Rect::new(x0, y0, x1, y1).to_path(0.1),
                Affine::IDENTITY,
                false,
            );
        }
        assert!(found.across.len() <= limit::PAGE_RULES + 1);
    }
}
