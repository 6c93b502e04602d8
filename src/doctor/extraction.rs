//! What the reader of the format repaired or left out.

use crate::doctor::Case;
use crate::doctor::Concern;
use crate::doctor::Gravity;
use crate::extract::Finding;

/// Confidence of recognition below which a page should be read by a person.
const CONFIDENCE_MIN: f32 = 0.85;

pub(super) fn check(case: &Case<'_>) -> Vec<Concern> {
    let of_findings = case.source.findings.iter().map(concern);
    let doubtful = case.source.pages.iter().filter(|page| {
        page.ocr
            .is_some_and(|confidence| confidence < CONFIDENCE_MIN)
    });
    let of_pages = doubtful.map(|page| {
        Concern::new(
            "doubtful-page",
            Gravity::Warning,
            format!(
                "page {} was recognised with a confidence of {:.0} %",
                page.number,
                page.ocr.unwrap_or_default() * 100.0
            ),
            "compare it with the paper, or ask for the original file",
        )
    });
    of_findings.chain(of_pages).collect()
}

fn concern(finding: &Finding) -> Concern {
    let gravity = if finding.is_warning() {
        Gravity::Warning
    } else {
        Gravity::Note
    };
    let (code, advice) = match finding {
        Finding::Unread(_) => ("entry-unread", "mend the entry and pack the archive anew"),
        Finding::PageUnread { .. } => ("page-unread", "scan the page anew"),
        Finding::Encoding(_) => ("encoding", ""),
        Finding::Legacy(found) if found.repaired => (
            "legacy-text",
            "look at a converted passage before relying on it",
        ),
        Finding::Legacy(_) => ("broken-text", "ask for the original file"),
        Finding::Macros => ("macros", ""),
        Finding::Revisions(_) => ("revisions", "accept or reject the changes in Word"),
        Finding::Hidden(_) => ("hidden-text", "show it in Word if it belongs to the text"),
        Finding::Pictures(_) => ("pictures", "check that no text is in them"),
        Finding::Renamed { .. } => ("wrong-extension", ""),
    };
    Concern::new(code, gravity, finding.to_string(), advice)
}
