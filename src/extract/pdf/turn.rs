//! Quarter turns: wide tables are printed sideways, and heads of narrow columns run upwards.

/// How far a page is turned, clockwise, to hold its text upright.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Turn {
    #[default]
    None,
    /// The text runs upwards.
    Quarter,
    /// The text stands on its head.
    Half,
    /// The text runs downwards.
    ThreeQuarters,
}

/// All turns.
pub(super) const TURNS: [Turn; 4] = [Turn::None, Turn::Quarter, Turn::Half, Turn::ThreeQuarters];

/// The size of a page as it lies in the file, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Turn {
    /// The turn for letters that follow each other in the direction (`dx`, `dy`), `y` downwards;
    /// `None` for a slant, as of a watermark.
    pub(super) fn of(dx: f64, dy: f64) -> Option<Self> {
        /// Letters that climb more than this share of their way stand on a slant.
        const SLOPE_MAX: f64 = 0.1;
        let is_along = |along: f64, across: f64| across.abs() <= SLOPE_MAX * along.abs();
        match (is_along(dx, dy), is_along(dy, dx)) {
            (true, false) if dx > 0.0 => Some(Self::None),
            (true, false) => Some(Self::Half),
            (false, true) if dy < 0.0 => Some(Self::Quarter),
            (false, true) => Some(Self::ThreeQuarters),
            _ => None,
        }
    }
}

impl Frame {
    /// Where a place of the file lies once the page is turned.
    pub(super) fn turned(self, turn: Turn, (x, y): (f32, f32)) -> (f32, f32) {
        match turn {
            Turn::None => (x, y),
            Turn::Quarter => (self.height - y, x),
            Turn::Half => (self.width - x, self.height - y),
            Turn::ThreeQuarters => (y, self.width - x),
        }
    }

    /// Where a place of the turned page lies in the file.
    pub(super) fn back(self, turn: Turn, (x, y): (f32, f32)) -> (f32, f32) {
        match turn {
            Turn::None => (x, y),
            Turn::Quarter => (y, self.height - x),
            Turn::Half => (self.width - x, self.height - y),
            Turn::ThreeQuarters => (self.width - y, x),
        }
    }

    /// Width of the turned page.
    pub(super) fn width_turned(self, turn: Turn) -> f32 {
        match turn {
            Turn::None | Turn::Half => self.width,
            Turn::Quarter | Turn::ThreeQuarters => self.height,
        }
    }

    /// Height of the turned page.
    pub(super) fn height_turned(self, turn: Turn) -> f32 {
        match turn {
            Turn::None | Turn::Half => self.height,
            Turn::Quarter | Turn::ThreeQuarters => self.width,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_direction_of_letters_tells_the_turn() {
        assert_eq!(Turn::of(5.0, 0.1), Some(Turn::None));
        assert_eq!(Turn::of(0.0, -5.0), Some(Turn::Quarter));
        assert_eq!(Turn::of(-5.0, 0.0), Some(Turn::Half));
        assert_eq!(Turn::of(0.0, 5.0), Some(Turn::ThreeQuarters));
        assert_eq!(Turn::of(5.0, 5.0), None);
    }

    #[test]
    fn turning_there_and_back_changes_nothing() {
        let frame = Frame {
            width: 600.0,
            height: 800.0,
        };
        for turn in TURNS {
            let place = (100.0, 250.0);
            assert_eq!(
                frame.back(turn, frame.turned(turn, place)),
                place,
                "{turn:?}"
            );
        }
        // Text that runs upwards along the left edge is the first line of the turned page.
        assert_eq!(frame.turned(Turn::Quarter, (20.0, 790.0)), (10.0, 20.0));
    }
}
