//! What a document should say of itself and does not.

use crate::doctor::Case;
use crate::doctor::Concern;
use crate::doctor::Gravity;
use crate::document::Level;

const ADVICE: &str =
    "state it in `manifest.toml`, or between `+++` lines at the head of a text file";

pub(super) fn check(case: &Case<'_>) -> Vec<Concern> {
    let (stated, found) = (&case.source.overrides, &case.document.facts);
    // Guidance carries no number of its own; a text in Điều should.
    let is_legal = case
        .document
        .provisions
        .iter()
        .any(|provision| provision.level == Level::Article);
    let gravity = if is_legal {
        Gravity::Warning
    } else {
        Gravity::Note
    };
    let missing = [
        ("number", stated.number.is_none() && found.number.is_none()),
        ("issuer", stated.issuer.is_none() && found.issuer.is_none()),
        (
            "date of issue",
            stated.issued.is_none() && found.issued.is_none(),
        ),
        ("title", stated.title.is_none() && found.title.is_none()),
    ];
    missing
        .into_iter()
        .filter(|(_, is_missing)| *is_missing)
        .map(|(name, _)| {
            Concern::new(
                "fact-missing",
                gravity,
                format!("no {name} was recognised"),
                ADVICE,
            )
        })
        .collect()
}
