//! When a question is asked, and which day's law it is about.

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::document::Date;
use crate::rank::Question;

/// Viet Nam has one time of day, the whole year.
const HANOI: Offset = Offset::constant(7);

/// When a question is asked, and which day's law is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The day it is.
    pub today: Date,
    /// The day whose law is wanted, where somebody says so; it wins over what the question names.
    pub as_of: Option<Date>,
}

impl Clock {
    /// At `instant`, for the law of `as_of`.
    pub fn at(instant: Timestamp, as_of: Option<Date>) -> Self {
        Self {
            today: today(instant),
            as_of,
        }
    }

    /// Now, for the law of `as_of`.
    pub fn now(as_of: Option<Date>) -> Self {
        Self::at(Timestamp::now(), as_of)
    }

    /// The day whose law answers `question`: the stated one, the one it names, or today.
    ///
    /// # Example
    /// ```
    /// use camnang::document::Date;
    /// use camnang::qa::Clock;
    /// use camnang::rank::Question;
    /// let clock = Clock { today: Date::new(2026, 11, 25).unwrap(), as_of: None };
    /// let question = Question::new("Trước 01/7/2025 ai cấp sổ đỏ lần đầu?");
    /// assert_eq!(clock.day(&question), Date::new(2025, 6, 30).unwrap());
    /// assert_eq!(clock.day(&Question::new("Ai cấp sổ đỏ?")), clock.today);
    /// ```
    pub fn day(self, question: &Question) -> Date {
        let named = question.moment.map(|moment| moment.day(self.today));
        self.as_of.or(named).unwrap_or(self.today)
    }
}

/// From which moment on, and before which one, it is one of the days `first` to `last` in Viet Nam; none
/// where `last` is before `first`.
///
/// # Example
/// ```
/// use camnang::{document::Date, qa::moments};
/// let day = Date::new(2026, 3, 1);
/// let (from, until) = moments(day, day).unwrap();
/// assert_eq!(from.unwrap().to_string(), "2026-02-28T17:00:00Z");
/// assert_eq!(until.unwrap().to_string(), "2026-03-01T17:00:00Z");
/// assert_eq!(moments(day, Date::new(2026, 2, 28)), None);
/// ```
pub fn moments(
    first: Option<Date>,
    last: Option<Date>,
) -> Option<(Option<Timestamp>, Option<Timestamp>)> {
    let is_span = first.is_none() || last.is_none() || first <= last;
    let next = last.and_then(|last| last.plus(1));
    is_span.then(|| (first.map(midnight), next.map(midnight)))
}

/// The moment at which `day` begins in Viet Nam.
fn midnight(day: Date) -> Timestamp {
    let part = |n: u8| i8::try_from(n).unwrap_or(1);
    let year = i16::try_from(day.year()).unwrap_or(i16::MAX);
    let local = jiff::civil::date(year, part(day.month()), part(day.day()));
    let moment = HANOI.to_timestamp(local.to_datetime(jiff::civil::Time::midnight()));
    moment.unwrap_or_else(|_| unreachable!("years of dates are from 1900 to 2199"))
}

/// The day it is in Viet Nam.
pub fn today(now: Timestamp) -> Date {
    let local = HANOI.to_datetime(now);
    let part = |n: i8| u8::try_from(n).unwrap_or(1);
    let day = Date::new(
        u16::try_from(local.year()).unwrap_or(2000),
        part(local.month()),
        part(local.day()),
    );
    // Only a clock outside 1900–2199 gives none.
    day.or_else(|| Date::new(1900, 1, 1))
        .unwrap_or_else(|| unreachable!("1900-01-01 is a day"))
}
