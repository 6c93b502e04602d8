//! What texts are to a question, as somebody else tells who understands them.

/// Tells what texts are to the question that is being answered.
pub trait Nearness {
    /// How near each text is in meaning, at most 1; none where nobody can tell.
    fn cosines(&self, texts: &[String]) -> Option<Vec<f32>>;

    /// How likely each text answers the question, as log odds: 0 is as likely as not. None where
    /// nobody can tell.
    fn log_odds(&self, texts: &[String]) -> Option<Vec<f32>>;

    /// The same of one text.
    fn log_odds_of(&self, text: String) -> Option<f32> {
        self.log_odds(&[text])?.pop()
    }
}
