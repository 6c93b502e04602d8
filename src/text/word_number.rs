//! Words as numbers: what ranking compares, and what the index keeps of the order of words.

use crate::text::Folded;
use crate::text::words;

const BARE_BITS: u32 = 16;
const MARKED_BITS: u32 = 6;

/// A word as 22 bits: a hash of its bare form above a hash of its marked form, so that one number
/// serves texts with and without diacritics.
///
/// Two words rarely share a number, and then ranking takes them for one; nothing else depends on
/// it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordNumber(u32);

impl WordNumber {
    /// How many bare numbers there are.
    pub const N_BARE: usize = 1 << BARE_BITS;

    /// The number of a word.
    pub fn of(word: &Folded) -> Self {
        let bare = hash(&word.bare) & ((1 << BARE_BITS) - 1);
        let marked = hash(&word.marked) & ((1 << MARKED_BITS) - 1);
        Self((bare << MARKED_BITS) | marked)
    }

    /// The numbers of the words of `text`, in order.
    ///
    /// # Example
    /// ```
    /// use camnang::text::WordNumber;
    /// let numbers = |text| WordNumber::all(text).collect::<Vec<_>>();
    /// assert_eq!(numbers("Hòa giải"), numbers("hoà GIẢI"));
    /// assert_ne!(numbers("đất"), numbers("dat"));
    /// assert_eq!(numbers("đất")[0].bare(), numbers("dat")[0].bare());
    /// ```
    pub fn all(text: &str) -> impl Iterator<Item = Self> {
        let mut folded = Folded::default();
        words(text).map(move |(word, _)| {
            folded.assign(word);
            Self::of(&folded)
        })
    }

    /// What the word is without its diacritics; below [`Self::N_BARE`].
    pub fn bare(self) -> u32 {
        self.0 >> MARKED_BITS
    }

    /// For storage.
    pub fn to_bits(self) -> u32 {
        self.0
    }

    /// From storage.
    pub fn from_bits(bits: u32) -> Self {
        Self(bits & ((1 << (BARE_BITS + MARKED_BITS)) - 1))
    }
}

/// FNV-1a with its high bits folded in: the same on every machine and in every version.
fn hash(word: &str) -> u32 {
    let full = word.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    full ^ (full >> 16)
}
