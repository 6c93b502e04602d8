//! What a document should say of itself and does not, and what is stated of it and cannot be.

use crate::doctor::Case;
use crate::doctor::Concern;
use crate::doctor::Gravity;
use crate::document::Date;
use crate::document::DocumentNumber;
use crate::document::Level;

const ADVICE: &str =
    "state it in `manifest.toml`, or between `+++` lines at the head of a text file";

pub(super) fn check(case: &Case<'_>) -> Vec<Concern> {
    let stated = [no_number(case), no_day_in_force(case)];
    stated.into_iter().flatten().chain(missing(case)).collect()
}

/// A stated number that is none: nothing that other documents say of it would reach it.
fn no_number(case: &Case<'_>) -> Option<Concern> {
    let stated = case.source.overrides.number.as_deref()?;
    let number: Result<DocumentNumber, _> = stated.parse();
    let error = number.err()?;
    Some(Concern::new(
        "number-unreadable",
        Gravity::Warning,
        format!("the stated number `{stated}` is {error}"),
        "state it as the document prints it",
    ))
}

/// Stated days between which there is none on which the document is in force.
fn no_day_in_force(case: &Case<'_>) -> Option<Concern> {
    let stated = &case.source.overrides;
    let expires = stated.expires?;
    let effective = stated.effective.or_else(|| case.document.effect().from)?;
    (expires <= effective).then(|| {
        let [expires, effective] = [expires, effective].map(Date::to_iso);
        Concern::new(
            "never-in-force",
            Gravity::Warning,
            format!("`expires` {expires} is not after the day of entry into force, {effective}"),
            "`expires` is the first day without it: compare both days with the source",
        )
    })
}

fn missing(case: &Case<'_>) -> Vec<Concern> {
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
