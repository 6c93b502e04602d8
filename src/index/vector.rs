//! Sentence vectors as a column: a byte a dimension, eight to a number.
//!
//! Only directions matter, so each vector fills the range of a byte; 256 dimensions take 256 bytes.

use tantivy::DocId;
use tantivy::SegmentReader;
use tantivy::columnar::Column;

pub(super) const VECTOR: &str = "vector";

/// Dimensions in one number of the column.
const N_PACKED: usize = 8;

/// `vector` with its largest number at the end of the range of a byte.
pub(super) fn bytes(vector: &[f32]) -> impl Iterator<Item = i8> {
    let largest = vector
        .iter()
        .fold(f32::MIN_POSITIVE, |max, x| max.max(x.abs()));
    #[expect(clippy::cast_possible_truncation, reason = "within -127 to 127")]
    let rounded = move |x: &f32| (x / largest * 127.0).round() as i8;
    vector.iter().map(rounded)
}

/// What the column keeps of `vector`; dimensions beyond a multiple of eight are filled with zero.
pub(super) fn packed(vector: &[f32]) -> impl Iterator<Item = u64> {
    let mut bytes = bytes(vector).map(i8::cast_unsigned);
    let n_numbers = vector.len().div_ceil(N_PACKED);
    std::iter::repeat_with(move || {
        let number = [(); N_PACKED].map(|()| bytes.next().unwrap_or_default());
        u64::from_le_bytes(number)
    })
    .take(n_numbers)
}

/// The column of one segment that holds vectors.
pub(super) struct Vectors(Column<u64>);

impl Vectors {
    pub(super) fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self(segment.fast_fields().u64(VECTOR)?))
    }

    /// The vector of a passage, of length one; empty where none was stored.
    pub(super) fn read(&self, passage: DocId) -> Vec<f32> {
        let bytes = self.0.values_for_doc(passage).flat_map(u64::to_le_bytes);
        let mut vector: Vec<f32> = bytes.map(|byte| f32::from(byte.cast_signed())).collect();
        let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        if length > 0.0 {
            for x in &mut vector {
                *x /= length;
            }
        }
        vector
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_survive_packing() {
        let vector = [0.6, -0.8, 0.0, 0.1, -0.01, 0.3, 0.2, -0.3, 0.5, 0.05];
        let numbers: Vec<u64> = packed(&vector).collect();
        assert_eq!(numbers.len(), 2);
        let bytes = numbers.into_iter().flat_map(u64::to_le_bytes);
        let read: Vec<f32> = bytes.map(|byte| f32::from(byte.cast_signed())).collect();
        assert!(read[10..].iter().all(|x| *x == 0.0), "{read:?}");
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let cosine = dot(&vector, &read) / (dot(&vector, &vector) * dot(&read, &read)).sqrt();
        assert!(cosine > 0.9999, "{cosine}");
        assert_eq!(packed(&[]).count(), 0);
        assert_eq!(packed(&[0.0; 8]).collect::<Vec<_>>(), [0]);
    }
}
