//! Reads facts where texts state them: in the head, the closing provisions and the front matter.
//!
//! Decree 30/2020/NĐ-CP, Appendix I, fixes the head: issuer, number, place and date, kind, title.
//! Collections put the same facts into YAML front matter or a Markdown table, which is read first.

use crate::document::Date;
use crate::document::Document;
use crate::document::DocumentKind;
use crate::document::DocumentNumber;
use crate::document::Facts;
use crate::document::Level;
use crate::document::consolidation;
use crate::document::effect::is_moment;
use crate::document::head;
use crate::document::letterhead::is_issuer;
use crate::document::relation::When;
use crate::document::sheet;
use crate::text::clip;
use crate::text::fold_word;
use crate::text::words;

/// How many lines front matter and the table of facts may take.
const RECORD_LINES_MAX: usize = 60;
/// How far behind `có hiệu lực` its date is looked for, in bytes.
const EFFECTIVE_BYTES_MAX: usize = 160;
/// How many Điều from the end are searched for the day of effect.
const CLOSING_ARTICLES: usize = 6;
/// What goes on saying the day of effect behind a comma: `sau 15 ngày, kể từ ngày ký`.
const GOES_ON: [&str; 4] = [
    "kể từ ngày",
    "từ ngày",
    "áp dụng từ ngày",
    "áp dụng kể từ ngày",
];

/// Reads the facts of a parsed text.
pub(super) fn facts(document: &Document) -> Facts {
    let mut facts = recorded(&document.text);
    let sheet = sheet::read(&document.text);
    let is_sheet = sheet.number.is_some();
    facts.fill(sheet);
    let consolidated = consolidation::read(&document.text);
    // Collections file such a text under the kind of what it consolidates.
    facts.kind = consolidated.kind.or(facts.kind);
    facts.fill(consolidated);
    facts.fill(head::read(&document.text, head_end(document)));
    facts.kind = facts
        .kind
        .or_else(|| facts.number.as_ref().filter(|_| !is_sheet)?.kind());
    facts.issuer = facts
        .issuer
        .take()
        .or_else(|| facts.number.as_ref().and_then(issuer_of));
    facts.issued = facts.issued.or_else(|| adopted(&document.text));
    facts.effective = facts
        .effective
        .or_else(|| effective(document, facts.issued));
    facts
}

/// Where the head ends: at the first Điều, Chương or Phần.
fn head_end(document: &Document) -> usize {
    let is_body = |level| matches!(level, Level::Part | Level::Chapter | Level::Article);
    let first = document.provisions.iter().find(|p| is_body(p.level));
    first.map_or(document.text.len(), |p| p.span.start)
}

/// The facts in front matter (`so_hieu: "…"`) and in a table (`| **Số hiệu** | … |`).
fn recorded(text: &str) -> Facts {
    let mut facts = Facts::default();
    let (mut heading, mut seat) = (None, None);
    let is_front_matter = text.starts_with("---\n");
    for line in text.lines().take(RECORD_LINES_MAX) {
        let pair = if line.starts_with('|') {
            line.trim_matches('|').split_once('|')
        } else {
            line.split_once(':').filter(|_| is_front_matter)
        };
        let Some((key, value)) = pair else { continue };
        let value = value.trim_matches(['|', '"', '\'', '*', ' ']);
        let key: Vec<String> = words(key).map(|(word, _)| fold_word(word).bare).collect();
        match key.join(" ").as_str() {
            "so hieu" | "so ki hieu" => facts.number = DocumentNumber::first_in(value),
            "loai van ban" | "loai" => {
                facts.kind = DocumentKind::starting(value).map(|(kind, _)| kind);
            }
            "co quan ban hanh" => facts.issuer = Some(value.to_owned()),
            // Some give the town here, others the body.
            "noi ban hanh" if is_issuer(&value.to_uppercase()) => seat = Some(value.to_owned()),
            "ngay ban hanh" => facts.issued = Date::find_in(value),
            "ngay hieu luc" | "ngay co hieu luc" | "hieu luc" => {
                facts.effective = facts.effective.or_else(|| Date::find_in(value));
            }
            "trich yeu" => facts.title = Some(value.to_owned()),
            "title" => heading = Some(value.to_owned()),
            _ => {}
        }
    }
    facts.issuer = facts.issuer.filter(|body| !body.is_empty()).or(seat);
    if let Some(heading) = heading {
        facts.number = facts.number.or_else(|| DocumentNumber::first_in(&heading));
        facts.kind = facts
            .kind
            .or_else(|| DocumentKind::starting(&heading).map(|(kind, _)| kind));
        facts.title = facts.title.or(Some(heading));
    }
    facts
}

/// The issuer that a number names by its last code, for texts that lost their letterhead.
fn issuer_of(number: &DocumentNumber) -> Option<String> {
    let code = number.suffix.rsplit(['-', '/']).next()?;
    let name = match code {
        "CP" => "Chính phủ",
        "TTg" => "Thủ tướng Chính phủ",
        code if code.starts_with("QH") => "Quốc hội",
        code if code.starts_with("UBTVQH") => "Ủy ban Thường vụ Quốc hội",
        _ => return None,
    };
    Some(name.to_owned())
}

/// The day on which the National Assembly adopted a law, from its closing words.
fn adopted(text: &str) -> Option<Date> {
    // Tone marks move with the spelling: `hòa` and `hoà`, `khóa` and `khoá`.
    let mut sentences = text.rmatch_indices("Quốc hội nước Cộng ");
    sentences.find_map(|(at, _)| {
        let rest = text.get(at..)?;
        let by = clip(rest, EFFECTIVE_BYTES_MAX).find("thông qua ngày")?;
        Date::find_in(clip(rest.get(by..)?, EFFECTIVE_BYTES_MAX))
    })
}

/// The first day in force, from the last Điều outside appendices: `có hiệu lực … từ ngày …`.
fn effective(document: &Document, issued: Option<Date>) -> Option<Date> {
    let is_own = |at: &usize| {
        document
            .provisions
            .get(*at)
            .is_some_and(|p| p.level == Level::Article)
            && !document.ancestors(*at).any(|a| {
                document
                    .provisions
                    .get(a)
                    .is_some_and(|p| p.level.is_container())
            })
    };
    let articles: Vec<usize> = (0..document.provisions.len()).filter(is_own).collect();
    let closing = articles.into_iter().rev().take(CLOSING_ARTICLES);
    closing
        .filter_map(|at| document.provisions.get(at))
        .find_map(|article| effective_in(document.slice(article.span), issued))
}

/// `Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2025`, `… từ ngày ký`,
/// `… sau 45 ngày kể từ ngày ký`.
fn effective_in(text: &str, issued: Option<Date>) -> Option<Date> {
    let mut rest = text;
    while let Some(at) = rest.find(" có hiệu lực") {
        let names_itself = rest
            .get(..at)
            .is_some_and(|before| before.ends_with("này") && !is_moment(before));
        rest = rest.get(at + " có hiệu lực".len()..)?;
        let clause = clip(rest, EFFECTIVE_BYTES_MAX).replace(['\n', '*'], " ");
        if names_itself && let Some(when) = When::find_in(own_clause(&clause)) {
            return when.day(issued, None);
        }
    }
    None
}

/// `text` up to where something else is said than the day.
fn own_clause(text: &str) -> &str {
    let text = text.split(['.', ';']).next().unwrap_or_default();
    let goes_on = |at: usize| {
        let rest = text.get(at + 1..).unwrap_or_default().trim_start();
        GOES_ON.iter().any(|words| rest.starts_with(words))
    };
    let mut commas = text.match_indices(',').map(|(at, _)| at);
    let end = commas.find(|&at| !goes_on(at));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}
