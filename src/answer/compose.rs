//! From evidence to statements with citations: the words chosen, below the headings they need.

use crate::document::Date;
use crate::document::Document;
use crate::document::Level;

use super::choose::{Pick, choose, whole};
use super::composed::{Best, Composed};
use super::coverage::Terms;
use super::evidence::{Candidate, Evidence, Source, gather, trimmed};
use super::intent::Intent;
use super::lead::lead;
use super::nearness::Nearness;
use super::period::without_label;
use super::precedent::Precedent;
use super::table;
use super::wanted::Wanted;
use super::{Citation, Statement};

/// What is to be answered.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The question as understood.
    pub question: &'a str,
    /// Its terms with their weights.
    pub terms: &'a Terms,
    /// The kind of answer.
    pub intent: Intent,
    /// The day whose law is asked for.
    pub day: Date,
    /// Who can tell how near a text is to it; none where words must do.
    pub nearness: Option<&'a dyn Nearness>,
    /// What people have found to answer questions like it, likeliest first.
    pub precedents: &'a [Precedent<'a>],
}

/// Chooses statements for what is `asked` from `candidates`, best candidate first.
///
/// Provisions in `pinned` were asked for by their address and are quoted whatever they say.
pub fn compose(
    asked: &Asked<'_>,
    candidates: &[Candidate<'_>],
    pinned: &[(Source<'_>, usize)],
) -> Composed {
    let Asked {
        question,
        terms,
        intent,
        day,
        nearness,
        precedents,
    } = *asked;
    let wanted = Wanted::new(question, intent, day);
    // What was asked for by its address is quoted, however near to the question others are.
    let nearness = nearness.filter(|_| pinned.is_empty());
    let evidence = gather(terms, &wanted, candidates, (nearness, precedents));
    let mut picks: Vec<Pick<'_>> = pinned
        .iter()
        .flat_map(|&(source, at)| whole(source, at))
        .collect();
    if let [only] = picks.as_mut_slice() {
        only.is_best = true;
    }
    if picks.is_empty() {
        picks = choose(&evidence, intent, day);
    }
    let mut composed = Composed::default();
    for pick in &picks {
        composed.state(pick, question, intent, &wanted);
    }
    let best = picks.iter().find(|pick| pick.is_best);
    composed.settle_lead(question, best.map_or("", |pick| pick.source.title));
    // A title that names another case would make what is said of this one an answer to that.
    let names_another = evidence.first().is_some_and(|best| best.title.is_empty());
    let title = picks.first().filter(|_| !names_another);
    let title = title.map_or("", |pick| pick.source.title);
    composed.best = evidence.first().map(|best| Best {
        syllables: best.syllables,
        passage: best.passage,
        gap: best.gap,
        nearness: best.nearness,
        nearest: nearest(&evidence),
        odds: best.odds,
        likeness: best.likeness,
        said: nearness.and_then(|n| n.log_odds_of(composed.read_below(title))),
        lacks_figure: wanted.is_particular() && !best.has_figure,
        is_mention: wanted.is_definition() && !best.has_figure,
        missing: terms.missing(question, shown(candidates, &composed.statements)),
    });
    composed
}

/// What a reader sees of the store beside the question: statements, and the passages looked at, with
/// the headings above them and the titles of their documents.
fn shown<'a>(
    candidates: &'a [Candidate<'_>],
    statements: &'a [Statement],
) -> impl Iterator<Item = &'a str> {
    let passages = candidates.iter().flat_map(|candidate| {
        let Source {
            document, title, ..
        } = candidate.source;
        let at = document.provision_at(candidate.span);
        let above = std::iter::once(at).chain(document.ancestors(at));
        let headings = above.filter_map(move |at| document.heading(at));
        [document.slice(candidate.span), title]
            .into_iter()
            .chain(headings)
    });
    let quoted = statements
        .iter()
        .flat_map(|s| [s.text.as_str(), s.heading.as_deref().unwrap_or_default()]);
    passages.chain(quoted)
}

/// How near any of `evidence` is to the question; none where nobody can tell.
fn nearest(evidence: &[Evidence<'_>]) -> Option<f32> {
    let known = evidence.iter().filter_map(|e| e.nearness);
    known.max_by(f32::total_cmp)
}

impl Composed {
    fn state(&mut self, pick: &Pick<'_>, question: &str, intent: Intent, wanted: &Wanted) {
        let document = pick.source.document;
        let citation = Citation {
            document: pick.source.id.to_owned(),
            version: pick.source.version.to_owned(),
            locator: document.locator(pick.provision).to_string(),
            quote: document.slice(pick.span).to_owned(),
            span: pick.span,
        };
        if self.citations.iter().any(|c| repeats(c, &citation)) {
            return;
        }
        self.statements.push(Statement {
            lead: lead(pick, question, intent, wanted),
            text: citation.quote.clone(),
            heading: heading(document, pick.provision),
            citations: vec![self.citations.len()],
        });
        self.citations.push(citation);
    }
}

/// Whether `new` adds nothing to `said`: the same words of the same document under the next number.
/// The same words of another document are a second source.
fn repeats(said: &Citation, new: &Citation) -> bool {
    said.document == new.document
        && (said.span == new.span || without_label(&said.quote) == without_label(&new.quote))
}

/// Headings and lead-in words above a provision, widest first: `Điều 5. Hồ sơ › 2. Phải nộp:`.
fn heading(document: &Document, at: usize) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for ancestor in document.ancestors(at).filter(|&a| a > 0) {
        let Some(provision) = document.provisions.get(ancestor) else {
            continue;
        };
        let own = document.slice(trimmed(document, provision.own));
        let line = own.lines().next().unwrap_or_default();
        let is_bare = provision.heading.is_none()
            && matches!(
                provision.level,
                Level::Part | Level::Chapter | Level::Section
            );
        if !line.is_empty() && line.len() <= 400 && !is_bare {
            parts.push(line.to_owned());
        }
        if matches!(
            provision.level,
            Level::Article | Level::Case | Level::Question | Level::Appendix
        ) {
            break;
        }
    }
    parts.reverse();
    parts.extend(table::head(document, at).map(str::to_owned));
    (!parts.is_empty()).then(|| parts.join(" › "))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::document;
    use crate::text::Span;

    /// Remembers what it was asked to read, and what to judge.
    #[derive(Default)]
    struct Reader {
        read: RefCell<Vec<String>>,
        judged: RefCell<Vec<String>>,
        /// Of texts with certain words; none of the others.
        odds: Vec<(&'static str, f32)>,
    }

    impl Nearness for Reader {
        fn cosines(&self, texts: &[String]) -> Option<Vec<f32>> {
            self.read.borrow_mut().extend_from_slice(texts);
            Some(vec![0.5; texts.len()])
        }

        fn log_odds(&self, texts: &[String]) -> Option<Vec<f32>> {
            self.judged.borrow_mut().extend_from_slice(texts);
            let odds = |text: &String| {
                let held = self.odds.iter().find(|(words, _)| text.contains(words));
                held.map(|(_, odds)| *odds)
            };
            texts.iter().map(odds).collect()
        }
    }

    /// What `text` says to `question`, where the provision `pinned` was asked for.
    fn answer(text: &str, question: &str, pinned: Option<usize>, reader: &Reader) -> Composed {
        let today = (Date::new(2026, 11, 26).unwrap(), false);
        answer_of(text, question, pinned, reader, today)
    }

    /// The same of the law of a day, after which the text may have come into force.
    fn answer_of(
        text: &str,
        question: &str,
        pinned: Option<usize>,
        reader: &Reader,
        (day, is_later): (Date, bool),
    ) -> Composed {
        let document = document::parse(text);
        let source = Source {
            id: "a",
            version: "",
            title: "Nghị định mẫu",
            document: &document,
            void: &[],
            is_later,
            authority: 0,
        };
        let candidate = Candidate {
            source,
            span: Span::new(0, document.text.len()),
            score: 1.0,
            is_expired: is_later,
            is_foreign: false,
        };
        let asked = Asked {
            question,
            terms: &Terms::new(question, true, |_| 1.0),
            intent: Intent::of(question),
            day,
            nearness: Some(reader),
            precedents: &[],
        };
        let pinned: Vec<_> = pinned.map(|at| (source, at)).into_iter().collect();
        compose(&asked, &[candidate], &pinned)
    }

    /// What is read of `text` to answer a question.
    fn read(text: &str, pinned: Option<usize>) -> Vec<String> {
        let reader = Reader::default();
        answer(text, "nộp giấy chứng sinh", pinned, &reader);
        reader.read.into_inner()
    }

    #[test]
    fn of_what_comes_close_the_figure_asked_for_is_read_first() {
        let text = "Điều 1. Mai táng\n1. Mức hỗ trợ mai táng bằng 20 lần mức trợ cấp hưu trí xã hội \
                    hằng tháng.\nĐiều 2. Mức trợ cấp hưu trí xã hội\n1. Từ ngày 01/7/2026: 540.000 \
                    đồng/tháng.";
        let question = "mức trợ cấp hưu trí xã hội hằng tháng là bao nhiêu";
        let composed = answer(text, question, None, &Reader::default());
        let first = &composed.statements[0];
        assert!(first.text.contains("540.000"), "{:?}", composed.statements);
    }

    /// What `text` says to `question` about the law of a day: the lead of each statement and the number
    /// before its words.
    fn led(text: &str, question: &str, (day, is_later): (&str, bool)) -> Vec<(String, String)> {
        let law = (Date::find_in(day).unwrap(), is_later);
        let composed = answer_of(text, question, None, &Reader::default(), law);
        for (statement, citation) in composed.statements.iter().zip(&composed.citations) {
            assert_eq!(statement.text, citation.quote);
        }
        let shown = |statement: Statement| {
            let label = statement.text.split(' ').next().unwrap_or_default();
            (statement.lead.unwrap_or_default(), label.to_owned())
        };
        composed.statements.into_iter().map(shown).collect()
    }

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect()
    }

    const NOW: (&str, bool) = ("2026-11-26", false);

    #[test]
    fn figure_of_the_clause_that_answers_leads_and_no_other() {
        let text = "Điều 10. Mức phí\n1. Phí chứng thực bản sao từ bản chính là 2.000 đồng/trang.\n3. Phí \
                    chứng thực chữ ký: 10.000 đồng/trường hợp.\n4. Phí chứng thực hợp đồng: 50.000 \
                    đồng/trường hợp.";
        let led = led(text, "phí chứng thực chữ ký bao nhiêu", NOW);
        let expected = [("10.000 đồng/trường hợp", "3."), ("", "1."), ("", "4.")];
        assert_eq!(led, pairs(&expected));
    }

    #[test]
    fn number_leads_with_its_unit_where_nobody_said_of_what() {
        let text = "Điều 10. Mức thu\n1. Chứng thực chữ ký: 10.000 đồng/trường hợp.";
        let led = led(text, "chứng thực chữ ký thu bao nhiêu", NOW);
        assert_eq!(led, pairs(&[("10.000 đồng/trường hợp", "1.")]));
    }

    #[test]
    fn where_the_clause_that_answers_has_no_figure_none_leads() {
        let text = "Điều 5. Thời hạn giải quyết\n1. Thời hạn giải quyết khiếu nại lần đầu: không quá 30 \
                    ngày.\n2. Thời hạn giải quyết khiếu nại lần hai cần tra Luật Khiếu nại.";
        let led = led(
            text,
            "Thời hạn giải quyết khiếu nại lần hai là bao lâu?",
            NOW,
        );
        assert_eq!(led, pairs(&[("", "1."), ("", "2.")]));
    }

    #[test]
    fn of_points_that_answer_alike_none_leads() {
        let text = "Điều 5. Thời hạn\n1. Thời hạn giải quyết khiếu nại như sau:\na) Vụ việc thông thường: \
                    không quá 30 ngày.\nb) Vụ việc phức tạp: không quá 45 ngày.";
        let alike = led(text, "Thời hạn giải quyết khiếu nại là bao lâu?", NOW);
        assert!(alike.iter().all(|(lead, _)| lead.is_empty()), "{alike:?}");
        let one = led(
            text,
            "Thời hạn giải quyết khiếu nại phức tạp là bao lâu?",
            NOW,
        );
        assert_eq!(one, pairs(&[("45 ngày", "b)"), ("", "a)")]));
    }

    #[test]
    fn ranges_and_other_figures_do_not_lead() {
        let text = "Điều 4. Mức xếp loại\n1. Từ 90 điểm trở lên: hoàn thành xuất sắc nhiệm vụ.\n2. Từ 70 \
                    đến dưới 90 điểm: hoàn thành tốt nhiệm vụ.";
        let range = led(text, "Bao nhiêu điểm thì hoàn thành tốt nhiệm vụ?", NOW);
        assert!(range.iter().all(|(lead, _)| lead.is_empty()), "{range:?}");
        let text = "Điều 7. Hợp đồng\n1. Nghị định số 173/2025/NĐ-CP cho phép ký hợp đồng với chuyên \
                    gia.\n2. Kinh phí ký hợp đồng tối đa bằng 10% quỹ lương.";
        let share = led(text, "Kinh phí hợp đồng chuyên gia tối đa bao nhiêu?", NOW);
        assert_eq!(
            share.first(),
            Some(&("10%".into(), "2.".into())),
            "{share:?}"
        );
    }

    #[test]
    fn amounts_of_another_time_do_not_lead_and_come_last() {
        let text = "Điều 9. Lương cơ sở\n1. Lương cơ sở là 2.530.000 đồng/tháng từ ngày 01/7/2026.\n2. Mức \
                    lương cơ sở liền trước là 2.340.000 đồng/tháng.";
        let question = "Lương cơ sở là bao nhiêu?";
        let now = led(text, question, NOW);
        assert_eq!(
            now.first(),
            Some(&("2.530.000 đồng/tháng".into(), "1.".into()))
        );
        // A text that came later, and says what held on the day in none of its words.
        let before = led(text, question, ("2025-12-31", true));
        assert_eq!(before, pairs(&[("", "2."), ("", "1.")]));
    }

    #[test]
    fn amounts_take_turns_and_the_one_of_the_day_leads() {
        let text = "Điều 2. Mức chuẩn trợ giúp xã hội\n3. Các mức cũ để đối chiếu:\na) 360.000 đồng/tháng \
                    từ ngày 01/7/2021, theo Nghị định số 20/2021/NĐ-CP.\nb) 500.000 đồng/tháng từ ngày \
                    01/7/2024, theo Nghị định số 76/2024/NĐ-CP.";
        let question = "Mức chuẩn trợ giúp xã hội là bao nhiêu?";
        let first = [("360.000 đồng/tháng", "a)"), ("", "b)")];
        assert_eq!(led(text, question, ("2023-12-31", true)), pairs(&first));
        let second = [("500.000 đồng/tháng", "b)"), ("", "a)")];
        assert_eq!(led(text, question, ("2025-12-31", true)), pairs(&second));
    }

    #[test]
    fn amount_for_something_else_does_not_lead_because_it_is_of_the_day() {
        let text = "Điều 2. Mức chuẩn trợ giúp xã hội\n3. Các mức cũ để đối chiếu:\na) 360.000 đồng/tháng \
                    từ ngày 01/7/2021, theo Nghị định số 20/2021/NĐ-CP.\nb) 500.000 đồng/tháng từ ngày \
                    01/7/2024, theo Nghị định số 76/2024/NĐ-CP.\nĐiều 9. Mức chuẩn ưu đãi người có công\n3. \
                    Mức liền trước là 2.789.000 đồng.";
        let question = "Mức chuẩn người có công là bao nhiêu?";
        let led = led(text, question, ("2026-05-31", true));
        assert_eq!(led, pairs(&[("", "b)"), ("", "a)")]));
    }

    #[test]
    fn day_of_another_document_does_not_lead() {
        let text =
            "Điều 44. Hiệu lực\n1. Nghị định số 154/2026/NĐ-CP có hiệu lực từ ngày 01/7/2026.";
        let lead = |question| led(text, question, NOW)[0].0.clone();
        assert_eq!(
            lead("Nghị định 154/2026 có hiệu lực từ ngày nào?"),
            "01/7/2026"
        );
        assert_eq!(lead("Nghị định 49/2026 có hiệu lực từ ngày nào?"), "");
        assert_eq!(lead("Nghị định 154/2026 hết hiệu lực từ ngày nào?"), "");
    }

    #[test]
    fn what_stands_beside_the_best_clause_is_not_missing() {
        let text = "Điều 4. Lệ phí hộ tịch\n1. Đăng ký kết hôn được miễn.\nĐiều 5. Thời hạn giải quyết\n1. \
                    Thời hạn giải quyết hồ sơ là 05 ngày làm việc.";
        let missing = |question: &str| {
            let best = answer(text, question, None, &Reader::default()).best;
            best.unwrap().missing
        };
        let both = "lệ phí đăng ký kết hôn và thời hạn giải quyết hồ sơ bao lâu";
        assert!(missing(both).is_empty(), "{:?}", missing(both));
        let other = "lệ phí đăng ký kết hôn, visa du lịch và thời hạn giải quyết hồ sơ";
        assert_eq!(missing(other), ["visa du lịch"]);
    }

    #[test]
    fn clauses_that_differ_in_their_first_word_are_both_said() {
        let may = "Điều 5. Ủy quyền\n1. Được ủy quyền cho người khác nộp hồ sơ.\n2. Không ủy quyền cho người khác \
                   nộp hồ sơ.\n3. Được ủy quyền cho người khác nộp hồ sơ.";
        let said = answer(
            may,
            "ủy quyền cho người khác nộp hồ sơ",
            None,
            &Reader::default(),
        );
        let texts: Vec<&str> = said.statements.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(texts.len(), 2, "{texts:?}");
    }

    #[test]
    fn clauses_are_read_below_what_leads_into_them() {
        let lead = "1. Cha hoặc mẹ nộp giấy tờ sau đây. Ông bà nộp thay được:";
        let points = format!("{lead}\na) Giấy chứng sinh;\nb) Tờ khai.");
        let headed = read(&format!("Điều 5. Hồ sơ\n{points}"), None);
        assert_eq!(headed.len(), 2);
        for text in headed {
            assert!(text.starts_with(&format!("Hồ sơ\n{lead}")), "{text:?}");
        }
        let unheaded = read("Điều 5. Hồ sơ gồm:\n1. Giấy chứng sinh;\n2. Tờ khai.", None);
        let is_led = |text: &String| text.contains("Hồ sơ gồm:");
        assert!(unheaded.iter().all(is_led), "{unheaded:?}");
        let flat = read("Điều 5. Hồ sơ\n1. Giấy chứng sinh.\n2. Tờ khai.", None);
        let n_headings = |text: &String| text.matches("Hồ sơ").count();
        assert!(flat.iter().all(|text| n_headings(text) == 1), "{flat:?}");
    }

    #[test]
    fn judged_are_the_best_clause_and_below_the_title_what_is_said() {
        let reader = Reader::default();
        let text = "Điều 5. Hồ sơ\n1. Nộp giấy chứng sinh.\n2. Nộp giấy tờ tùy thân.";
        answer(text, "nộp giấy chứng sinh", None, &reader);
        let best = "Hồ sơ\n\n1. Nộp giấy chứng sinh.";
        let said =
            "Nghị định mẫu\nĐiều 5. Hồ sơ\n1. Nộp giấy chứng sinh.\n2. Nộp giấy tờ tùy thân.";
        assert_eq!(reader.judged.into_inner(), [best, said]);
    }

    #[test]
    fn clause_that_is_clearly_preferred_goes_before_one_that_is_not_believed() {
        let text = "Điều 10. Phí\n1. Phí chứng thực bản sao là 2.000 đồng/trang của bản chính.\nĐiều 11. Cách \
                    tính\n1. Trang để thu phí chứng thực bản sao tính theo bản chính.";
        let best = |fee: f32, way: f32| {
            let reader = Reader {
                odds: vec![("Trang để thu", way), ("2.000 đồng", fee)],
                ..Reader::default()
            };
            let question = "trang tính phí chứng thực bản sao theo bản chính hay bản chụp";
            answer(text, question, None, &reader).best.unwrap().odds
        };
        assert_eq!(best(-5.0, 5.0), Some(5.0));
        assert_eq!(best(-1.0, 2.0), Some(-1.0), "not clearly preferred");
        assert_eq!(best(-9.0, -2.0), Some(-9.0), "the other is not believed");
        assert_eq!(best(1.0, 6.0), Some(1.0), "the best is believed");
    }

    #[test]
    fn rows_are_read_with_the_names_of_their_columns() {
        let text = "Bảng việc\n| Việc | Trước đây | Hiện nay |\n|---|---|---|\n| Nộp giấy chứng sinh | \
                    UBND huyện | UBND xã |";
        let read = read(text, None);
        let row = "Việc: Nộp giấy chứng sinh; Trước đây: UBND huyện; Hiện nay: UBND xã";
        assert!(read.iter().any(|text| text.ends_with(row)), "{read:?}");
    }

    #[test]
    fn what_was_asked_for_by_its_address_needs_no_reading() {
        let text = "Điều 5. Hồ sơ\n1. Giấy chứng sinh.";
        assert_eq!(read(text, None).len(), 1);
        assert_eq!(read(text, Some(1)), Vec::<String>::new());
    }

    #[test]
    fn only_the_same_words_of_the_same_document_repeat() {
        let citation = |document: &str, start, quote: &str| Citation {
            document: document.to_owned(),
            version: String::new(),
            locator: String::new(),
            quote: quote.to_owned(),
            span: Span::new(start, start + quote.len()),
        };
        let said = citation("a", 0, "1. Nộp bản chính.");
        assert!(repeats(&said, &citation("a", 30, "2. Nộp bản chính.")));
        assert!(!repeats(&said, &citation("b", 30, "2. Nộp bản chính.")));
        assert!(!repeats(&said, &citation("a", 30, "2. Nộp bản sao.")));
        assert!(!repeats(
            &citation("a", 0, "Có."),
            &citation("a", 9, "Không.")
        ));
    }
}
