//! How much a PDF may ask for. The numbers are far beyond any document an office sends, and small
//! enough that the worst file costs seconds and some hundred megabytes.

use std::panic::resume_unwind;
use std::time::Duration;
use std::time::Instant;

use crate::extract::ExtractError;

/// The gazette's longest issues have some hundred pages.
pub(super) const PAGES: usize = 5_000;
/// A page set in the smallest legible type holds some twenty thousand letters.
pub(super) const PAGE_GLYPHS: usize = 500_000;
/// Letters and ruled lines of all pages: five thousand pages of a thousand letters. They stay in
/// memory until the file is read.
pub(super) const FILE_MARKS: usize = 5_000_000;
/// Rules of one page; a page with more is a drawing, whose lines are no table.
pub(super) const PAGE_RULES: usize = 4_000;
/// What one stream other than a picture may unpack to; the largest fonts are half of it.
pub(super) const STREAM_BYTES: u64 = 64 << 20;
/// What a picture may unpack to; a map of size A0 at 300 dots an inch, in colour, takes 420 MB.
pub(super) const PICTURE_BYTES: u64 = 512 << 20;
/// What the drawing instructions of all pages may unpack to: they stay in memory while a file is
/// read.
pub(super) const CONTENT_BYTES: u64 = 256 << 20;
/// Pixels of all pictures on one page: a sheet A3 at 600 dots an inch has 70 million.
pub(super) const PAGE_PIXELS: u64 = 100_000_000;
/// How long the letters of one file may take. A thousand pages take a second.
pub(super) const READ_TIME: Duration = Duration::from_mins(1);
/// How long after that the thread is given up, in case it hangs where nobody looks at the clock.
pub(super) const GRACE: Duration = Duration::from_secs(15);

/// How many instructions pass between two looks at the clock.
const CALLS_PER_LOOK: u32 = 256;

/// What unwinds out of a library that offers no other way to stop it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// [`READ_TIME`] is over.
    Time,
    /// A page has more than [`PAGE_GLYPHS`].
    Glyphs,
    /// All pages have more than [`FILE_MARKS`].
    Marks,
}

impl Stop {
    /// Leaves the library. No panic message is printed; the entry catches it.
    fn unwind(self) -> ! {
        resume_unwind(Box::new(self))
    }
}

impl From<Stop> for ExtractError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Time => Self::TooLarge {
                what: "the time that its pages take, in seconds,",
                limit: READ_TIME.as_secs(),
            },
            Stop::Glyphs => Self::TooLarge {
                what: "the number of letters on a page",
                limit: PAGE_GLYPHS as u64,
            },
            Stop::Marks => Self::TooLarge {
                what: "the number of letters and lines on its pages",
                limit: FILE_MARKS as u64,
            },
        }
    }
}

/// What is left of the time for one file, and of the letters for a page and for all of them.
#[derive(Debug)]
pub(super) struct Budget {
    deadline: Instant,
    n_marks: usize,
    calls: u32,
}

impl Budget {
    /// A budget of `time` from now on.
    pub(super) fn of(time: Duration) -> Self {
        Self {
            deadline: Instant::now() + time,
            n_marks: 0,
            calls: 0,
        }
    }

    /// Called with every instruction of a page. Does not return once the time is over.
    pub(super) fn spend(&mut self) {
        self.calls = self.calls.wrapping_add(1);
        if self.calls.is_multiple_of(CALLS_PER_LOOK) && Instant::now() > self.deadline {
            Stop::Time.unwind();
        }
    }

    /// Called where one instruction may hide much work: a form that is drawn within a form.
    pub(super) fn look(&self) {
        if Instant::now() > self.deadline {
            Stop::Time.unwind();
        }
    }

    /// Called with the number of letters and lines of every page. Does not return beyond the limit.
    pub(super) fn keep(&mut self, n_marks: usize) {
        self.n_marks += n_marks;
        if self.n_marks > FILE_MARKS {
            Stop::Marks.unwind();
        }
    }

    /// Called with the number of letters on the page so far. Does not return beyond the limit.
    pub(super) fn count(n_glyphs: usize) {
        if n_glyphs > PAGE_GLYPHS {
            Stop::Glyphs.unwind();
        }
    }
}
