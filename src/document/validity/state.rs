//! The state of a document or provision on one day.

use crate::document::Date;
use crate::document::Locator;
use crate::document::RelationKind;
use crate::document::validity::law::Law;
use crate::document::validity::timeline::Change;
use crate::document::validity::timeline::Node;

/// The clause that made something so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Id of the document that says it.
    pub id: String,
    /// Which of its relations.
    pub relation: usize,
}

/// Whether something is law on a day, and why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// In force, in the words of its own document.
    InForce,
    /// Issued, and in force only from a later day.
    NotYet {
        /// The first day.
        from: Date,
    },
    /// Ended by itself.
    Expired {
        /// The first day it was no longer in force.
        on: Date,
    },
    /// Another text has taken its place.
    Replaced {
        /// Which clause.
        by: Cause,
        /// The first day it was no longer in force.
        on: Date,
    },
    /// In force in other words, or in part only.
    Amended {
        /// The latest clause that changed it.
        by: Cause,
        /// The first day of those words.
        on: Date,
    },
    /// No longer in force.
    Repealed {
        /// Which clause.
        by: Cause,
        /// The first day it was no longer in force.
        on: Date,
    },
    /// Not applied for a time.
    Suspended {
        /// Which clause.
        by: Cause,
        /// The last day, where it is said.
        until: Option<Date>,
    },
    /// The documents do not say.
    Unknown,
}

impl State {
    /// Whether it is law no longer.
    ///
    /// # Example
    /// ```
    /// use camnang::document::Date;
    /// use camnang::document::State;
    /// let on = Date::new(2025, 7, 1).unwrap();
    /// assert!(State::Expired { on }.is_past());
    /// assert!(!State::InForce.is_past());
    /// ```
    pub fn is_past(&self) -> bool {
        matches!(
            self,
            Self::Expired { .. } | Self::Replaced { .. } | Self::Repealed { .. }
        )
    }

    /// Whether nobody may rest on it that day: it is law no longer, not yet, or not applied.
    pub fn is_void(&self) -> bool {
        self.is_past() || matches!(self, Self::NotYet { .. } | Self::Suspended { .. })
    }

    /// The clause that made it so, where one did.
    pub fn cause(&self) -> Option<&Cause> {
        match self {
            Self::Replaced { by, .. }
            | Self::Amended { by, .. }
            | Self::Repealed { by, .. }
            | Self::Suspended { by, .. } => Some(by),
            Self::InForce | Self::NotYet { .. } | Self::Expired { .. } | Self::Unknown => None,
        }
    }

    /// The day from which it is so, or will be in force.
    pub fn on(&self) -> Option<Date> {
        match self {
            Self::NotYet { from: on }
            | Self::Expired { on }
            | Self::Replaced { on, .. }
            | Self::Amended { on, .. }
            | Self::Repealed { on, .. } => Some(*on),
            Self::InForce | Self::Suspended { .. } | Self::Unknown => None,
        }
    }
}

impl Law {
    /// How the provision `locator` of document `id`, law on `date`, will end: the state on the first
    /// day without it, where the documents already say so.
    pub fn end_after(&self, id: &str, locator: &Locator, date: Date) -> Option<State> {
        let node = self.node(id)?;
        let own = node.effect.until.and_then(|last| last.plus(1));
        let changes = node.changes.iter().filter(|change| change.ends(locator));
        let mut days: Vec<Date> = changes.filter_map(|c| c.from).chain(own).collect();
        days.retain(|day| *day > date);
        days.sort_unstable();
        let states = days
            .into_iter()
            .map(|day| self.state_of(node, locator, day));
        states.into_iter().find(State::is_past)
    }

    /// The state of the provision `locator` of document `id` on `date`; the empty locator is the
    /// whole document.
    pub fn state(&self, id: &str, locator: &Locator, date: Date) -> State {
        self.node(id)
            .map_or(State::Unknown, |node| self.state_of(node, locator, date))
    }

    /// The same for a document that is known by its number; it need not be in the store.
    pub fn state_by_number(
        &self,
        number: &crate::document::DocumentNumber,
        locator: &Locator,
        date: Date,
    ) -> State {
        self.node_by_number(number)
            .map_or(State::Unknown, |node| self.state_of(node, locator, date))
    }

    fn state_of(&self, node: &Node, locator: &Locator, date: Date) -> State {
        let ended = node
            .changes
            .iter()
            .filter(|c| c.ends(locator) && c.is_at(date));
        let expired = node
            .effect
            .until
            .and_then(|last| last.plus(1))
            .filter(|on| *on <= date);
        let first = ended.min_by_key(|change| change.from);
        match (first, expired) {
            (Some(change), on) if on.is_none_or(|on| change.from <= Some(on)) => {
                return self.ended(change);
            }
            (_, Some(on)) => return State::Expired { on },
            _ => {}
        }
        if node
            .changes
            .iter()
            .any(|c| c.ends(locator) && c.may_be_at(date))
        {
            return State::Unknown;
        }
        let begins = node.effect.first_day_of(locator);
        if let Some(from) = begins.filter(|from| *from > date) {
            return State::NotYet { from };
        }
        self.suspended(node, locator, date)
            .or_else(|| self.amended(node, locator, date))
            .unwrap_or(match begins {
                Some(_) => State::InForce,
                None if node.is_found_in_force(date) => State::InForce,
                None => State::Unknown,
            })
    }

    fn ended(&self, change: &Change) -> State {
        let (by, Some(on)) = (self.cause(change), change.from) else {
            return State::Unknown;
        };
        if change.kind == RelationKind::Replaces {
            State::Replaced { by, on }
        } else {
            State::Repealed { by, on }
        }
    }

    fn suspended(&self, node: &Node, locator: &Locator, date: Date) -> Option<State> {
        let change = node.changes.iter().find(|c| {
            c.kind == RelationKind::Suspends
                && c.covers(locator)
                && c.is_at(date)
                && c.until.is_none_or(|until| date <= until)
        })?;
        Some(State::Suspended {
            by: self.cause(change),
            until: change.until,
        })
    }

    /// The latest change whose text still holds; unknown where all that changed it have fallen.
    fn amended(&self, node: &Node, locator: &Locator, date: Date) -> Option<State> {
        let changes: Vec<&Change> = node
            .changes
            .iter()
            .filter(|c| c.changes(locator) && c.is_at(date))
            .collect();
        let holds = |c: &&&Change| self.ended_on(c.act).is_none_or(|on| on > date);
        let latest = changes.iter().filter(holds).max_by_key(|c| c.from);
        match latest {
            Some(change) => Some(State::Amended {
                by: self.cause(change),
                on: change.from?,
            }),
            None => changes.first().map(|_| State::Unknown),
        }
    }
}
