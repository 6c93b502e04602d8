//! How near texts are to a question in meaning, as somebody else tells.

/// Tells how near texts are to the question that is being answered.
pub trait Nearness {
    /// One number a text, larger where it means more nearly the same, at most 1; none where nobody
    /// can tell.
    fn cosines(&self, texts: &[String]) -> Option<Vec<f32>>;
}
