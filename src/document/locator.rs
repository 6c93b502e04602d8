//! Locators: addresses such as `điểm b khoản 2 Điều 5`, as values.
//!
//! A locator runs from the narrowest step to the widest, as Vietnamese law cites. Chương, Mục and
//! Phần above an Điều are left out, because an Điều has its number once in its text; appendices,
//! attachments and forms are named, because numbering restarts inside.

use std::fmt;

use crate::document::Document;
use crate::document::Level;
use crate::document::Provision;
use crate::document::ordinal::Ordinal;

/// The address of a provision inside its document; without steps, the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Locator {
    /// From the narrowest to the widest.
    pub steps: Vec<Step>,
}

/// One level of a [`Locator`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// The level it names.
    pub level: Level,
    /// The number as printed.
    pub label: String,
    /// 1, or more for a number that the source repeats.
    pub occurrence: usize,
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.steps.is_empty() {
            return f.write_str("toàn văn");
        }
        for (at, step) in self.steps.iter().enumerate() {
            write!(f, "{}{step}", if at == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.level {
            Level::Attachment => write!(f, "{} kèm theo", self.label)?,
            _ if self.label.is_empty() => f.write_str(self.level.name())?,
            _ => write!(f, "{} {}", self.level.name(), self.label)?,
        }
        if self.occurrence > 1 {
            write!(f, " (lần {})", self.occurrence)?;
        }
        Ok(())
    }
}

impl Locator {
    /// Whether the provision at `other` is this one or lies inside it. The empty locator, which is
    /// the whole document, covers everything.
    ///
    /// # Example
    /// ```
    /// use camnang::document::Locator;
    /// let clause: Locator = "khoản 2 Điều 5".parse().unwrap();
    /// assert!(clause.covers(&"điểm a khoản 2 Điều 5".parse().unwrap()));
    /// assert!(!clause.covers(&"Điều 5".parse().unwrap()));
    /// ```
    pub fn covers(&self, other: &Self) -> bool {
        let alike = |(a, b): (&Step, &Step)| {
            same_name(a.level, &a.label) == same_name(b.level, &b.label)
                && a.occurrence == b.occurrence
        };
        let from = other.steps.len().checked_sub(self.steps.len());
        let outer = from.and_then(|from| other.steps.get(from..));
        outer.is_some_and(|outer| self.steps.iter().zip(outer).all(alike))
    }

    /// Tells the Mục of a Chương or Phần from other headings, which are cited by the same word.
    pub(super) fn with_sections(mut self) -> Self {
        for at in 0..self.steps.len() {
            let upper = self.steps.get(at + 1).map(|step| step.level);
            let Some(step) = self.steps.get_mut(at) else {
                break;
            };
            if matches!(step.level, Level::Section | Level::Heading) {
                let is_section = matches!(upper, Some(Level::Part | Level::Chapter));
                step.level = if is_section {
                    Level::Section
                } else {
                    Level::Heading
                };
            }
        }
        self
    }
}

impl Document {
    /// The address of a provision. [`Document::resolve`] leads back to it.
    ///
    /// # Example
    /// ```
    /// use camnang::document;
    /// let document = document::parse("Điều 1. Phạm vi\n1. Khai sinh.\n2. Khai tử:\na) Trong nước;");
    /// assert_eq!(document.locator(4).to_string(), "điểm a khoản 2 Điều 1");
    /// ```
    pub fn locator(&self, index: usize) -> Locator {
        let mut steps = Vec::new();
        let mut at = Some(index).filter(|&at| at > 0);
        while let Some(provision) = at.and_then(|at| self.provisions.get(at)) {
            let Provision {
                level,
                label,
                occurrence,
                ..
            } = provision;
            steps.push(Step {
                level: *level,
                label: label.clone(),
                occurrence: *occurrence,
            });
            at = at.and_then(|at| cited_parent(&self.provisions, at));
        }
        Locator { steps }.with_sections()
    }

    /// The provision that a locator means.
    ///
    /// Steps may be missing, and groupings above an Điều may be given. Where several provisions
    /// fit, the one with the fewest unnamed steps above it wins, then the first.
    pub fn resolve(&self, locator: &Locator) -> Option<usize> {
        let Some((first, rest)) = locator.steps.split_first() else {
            return Some(0);
        };
        let fits = |at: usize, p: &Provision| {
            let exactness = step_fits(first, p)?;
            Some((exactness + self.distance(at, rest)?, at))
        };
        let found = self
            .provisions
            .iter()
            .enumerate()
            .filter_map(|(at, p)| fits(at, p));
        found.min().map(|(_, at)| at)
    }

    /// How far the ancestors of `at` are from `steps`; `None` where a step is not among them.
    fn distance(&self, at: usize, steps: &[Step]) -> Option<usize> {
        let mut distance = 0;
        let mut steps = steps.iter().peekable();
        let mut cited = cited_parent(&self.provisions, at);
        for ancestor in self.ancestors(at).filter(|&ancestor| ancestor > 0) {
            let provision = self.provisions.get(ancestor)?;
            let is_cited = cited == Some(ancestor);
            if is_cited {
                cited = cited_parent(&self.provisions, ancestor);
            }
            if let Some(exactness) = steps.peek().and_then(|step| step_fits(step, provision)) {
                distance += exactness;
                steps.next();
            } else if is_cited {
                distance += 2;
            }
        }
        steps.next().is_none().then_some(distance)
    }
}

/// The nearest provision around `at` that its locator names.
pub(super) fn cited_parent(provisions: &[Provision], at: usize) -> Option<usize> {
    let level = provisions.get(at)?.level;
    let mut parent = provisions.get(at)?.parent;
    while let Some(provision) = parent.and_then(|p| provisions.get(p)) {
        if provision.level != Level::Document && is_cited(level, provision.level) {
            return parent;
        }
        parent = provision.parent;
    }
    None
}

/// Whether a locator of something at `level` names a `parent` of the given level.
fn is_cited(level: Level, parent: Level) -> bool {
    match level {
        Level::Article | Level::Appendix | Level::Attachment | Level::Form => !parent.is_grouping(),
        Level::Part | Level::Chapter | Level::Section | Level::Subsection => {
            parent != Level::Heading
        }
        _ => true,
    }
}

/// 0 where `step` names `provision` exactly, 1 where it means it (`Chương 2` for `Chương II`).
fn step_fits(step: &Step, provision: &Provision) -> Option<usize> {
    if step.occurrence != provision.occurrence {
        return None;
    }
    if alike(step.level) != alike(provision.level) {
        return is_numbered_heading(step, provision).then_some(1);
    }
    let (_, label) = same_name(step.level, &step.label);
    if label == same_name(provision.level, &provision.label).1 {
        return Some(0);
    }
    let counts = |label: &str| {
        let word = label.strip_prefix("thứ ").unwrap_or(label);
        Ordinal::arabic(word)
            .or_else(|| Ordinal::roman(word))
            .or_else(|| Ordinal::word(word))
    };
    let is_alike = counts(&step.label).is_some_and(|o| Some(o) == counts(&provision.label));
    is_alike.then_some(1)
}

/// Guidance numbers its headings `1.`, `2.` below `I.`; people cite them as khoản, as in a law.
fn is_numbered_heading(step: &Step, provision: &Provision) -> bool {
    let is_number = step.label.bytes().all(|b| b.is_ascii_digit());
    let levels = (step.level, provision.level);
    is_number && step.label == provision.label && levels == (Level::Clause, Level::Heading)
}

/// The name under which a level is cited, so that `Mục` and `mục`, `tiết` and `điểm` agree.
fn alike(level: Level) -> &'static str {
    match level {
        Level::Section => Level::Heading.name(),
        Level::Subpoint => Level::Point.name(),
        level => level.name(),
    }
}

/// What two provisions must share to be cited alike: the name of the level and the bare label.
pub(super) fn same_name(level: Level, label: &str) -> (&'static str, String) {
    let lower = label.to_lowercase();
    let starts_with_letter = lower.starts_with(char::is_alphabetic);
    let label = if starts_with_letter && matches!(level, Level::Point | Level::Subpoint) {
        lower.replace('.', "")
    } else {
        lower
    };
    (alike(level), label)
}
