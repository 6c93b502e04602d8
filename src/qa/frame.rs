//! From a composed answer to the shapes that leave: the wire form and the row of the record.

use jiff::Timestamp;

use crate::answer;
use crate::answer::Composed;
use crate::audit;
use crate::document::Date;
use crate::index::Generation;
use crate::qa::draft::Draft;
use crate::qa::judge::Judgement;
use crate::qa::sources::Sources;
use crate::qa::sources::Stored;
use crate::rank::Hit;
use crate::rank::Question;
use crate::wire;

/// Bytes of a passage shown in a list.
const SNIPPET_BYTES: usize = 280;

pub(super) fn frame(question: &Question, judged: Judgement, draft: Draft<'_>) -> wire::Answer {
    let Draft { composed, sources } = draft;
    let Composed {
        statements,
        citations,
        ..
    } = composed;
    let statements = statements.into_iter().map(|s| wire::Statement {
        lead: s.lead.filter(|_| judged.answers),
        text: s.text,
        heading: s.heading,
        citations: s.citations,
    });
    wire::Answer {
        id: String::new(),
        question: question.asked.clone(),
        understood: question.understood.clone(),
        asked_at: String::new(),
        as_of: String::new(),
        status: if judged.answers {
            wire::Status::Answered
        } else {
            wire::Status::Abstained
        },
        confidence: judged.confidence,
        evidence: judged.features,
        precedent: judged.precedent,
        notices: judged.notices,
        message: (!judged.answers).then(|| judged.message.to_owned()),
        missing: if judged.answers {
            Vec::new()
        } else {
            judged.missing
        },
        statements: statements.collect(),
        citations: citations
            .into_iter()
            .enumerate()
            .map(|(at, c)| cited(at, c, &sources))
            .collect(),
        passages: Vec::new(),
        generation: 0,
        timings_ms: wire::Timings::default(),
    }
}

fn cited(at: usize, citation: answer::Citation, sources: &Sources<'_>) -> wire::Citation {
    let entry = sources.get(&citation.document).map(|stored| stored.entry);
    let page = entry.and_then(|entry| entry.page_at(citation.span.start));
    let known = entry.cloned().unwrap_or_default();
    wire::Citation {
        index: at + 1,
        document_id: citation.document,
        document_version: citation.version,
        number: known.number,
        title: known.title,
        locator: citation.locator,
        quote: citation.quote,
        span: citation.span.into(),
        source_file: known.source_file,
        page: page.map(|page| page.number),
        is_recognised: page.is_some_and(|page| page.is_recognised),
        note: known.note,
        effective: known.effective.map(Date::to_iso),
        expires: known.expires.map(Date::to_iso),
        standing: None,
    }
}

/// The hits as the ways in list them.
pub(super) fn listed(
    hits: &[Hit],
    sources: &Sources<'_>,
    generation: &Generation,
    day: Date,
) -> Vec<wire::Passage> {
    let passage = |(at, hit): (usize, &Hit)| {
        let Stored {
            entry, document, ..
        } = sources.get(&hit.document)?;
        let provision = hit
            .pinned
            .unwrap_or_else(|| document.provision_at(hit.span));
        let text = document.slice(hit.span);
        let place = document.locator(provision);
        Some(wire::Passage {
            rank: at + 1,
            score: hit.score,
            document_id: hit.document.clone(),
            number: entry.number.clone(),
            title: entry.title.clone(),
            locator: place.to_string(),
            heading: document.nearest_heading(provision).map(str::to_owned),
            snippet: text
                .get(..text.floor_char_boundary(SNIPPET_BYTES))
                .unwrap_or_default()
                .to_owned(),
            span: hit.span.into(),
            note: entry.note.clone(),
            effective: entry.effective.map(Date::to_iso),
            expires: entry.expires.map(Date::to_iso),
            standing: Some(wire::Standing::of(generation, &hit.document, &place, day)),
            explanation: None,
        })
    };
    hits.iter().enumerate().filter_map(passage).collect()
}

pub(super) fn row(
    answer: &wire::Answer,
    generation: &Generation,
    asked_at: Timestamp,
) -> audit::NewAnswer {
    let citations = answer.citations.iter().map(|c| audit::Citation {
        document_id: c.document_id.clone(),
        document_version: c.document_version.clone(),
        number: c.number.clone().unwrap_or_default(),
        title: c.title.clone(),
        locator: c.locator.clone(),
        span_start: c.span.start,
        span_end: c.span.end,
        quote: c.quote.clone(),
    });
    let passages = answer.passages.iter().map(|p| audit::Passage {
        document_id: p.document_id.clone(),
        locator: p.locator.clone(),
        score: p.score,
    });
    audit::NewAnswer {
        id: answer.id.clone(),
        asked_at,
        question_masked: answer.question.clone(),
        understood: answer.understood.clone(),
        status: match answer.status {
            wire::Status::Answered => audit::Status::Answered,
            wire::Status::Abstained => audit::Status::Abstained,
        },
        generation: answer.generation.to_string(),
        fingerprint: generation.manifest().fingerprint.clone(),
        body: serde_json::to_string(answer).unwrap_or_default(),
        total_ms: whole_milliseconds(answer.timings_ms.total),
        citations: citations.collect(),
        passages: passages.collect(),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "durations are small and positive"
)]
fn whole_milliseconds(ms: f64) -> u64 {
    ms.round() as u64
}
