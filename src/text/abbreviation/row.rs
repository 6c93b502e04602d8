//! The shape of a table row: a short form, when it counts as one, and its readings.

/// Short form, when it counts as one, and its readings, the most usual first.
pub(super) type Row = (&'static str, Rule, &'static [&'static str]);

/// When a word of a question counts as the short form of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// In any letter case, with or without diacritics: `UBND`, `ubnd`.
    Free,
    /// Only as printed, since its small letters are a word or a piece of one: `CA`, `TE`.
    Capitals,
    /// A kind of document: as printed, or in any form before a number: `NĐ`, `nd 120/2025`.
    Kind,
    /// A lesser kind of paper: as printed, or in any form before a number with a stroke.
    Paper,
    /// As printed and with its full stop, as in signature blocks: `TM.`
    Dotted,
    /// A colloquial name that is one only with its diacritics: `sổ đỏ`.
    Marked,
    /// A name that texts use themselves: it stays, and its readings are searched for too.
    Name,
    /// Chat: in small letters; a single letter only between spaces.
    Chat,
}
