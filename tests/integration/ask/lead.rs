use camnang::wire::Answer;

use crate::support::{Workspace, prove};

/// The sample corpus, whose texts the questions here were once answered wrongly from.
fn sample() -> Workspace {
    let workspace = Workspace::sample();
    workspace.index(&[]);
    workspace
}

/// The answer of the day the sample corpus was written for.
fn asked(workspace: &Workspace, question: &str) -> Answer {
    let arguments = ["ask", "--json", "--as-of", "2026-11-26", question];
    workspace.run(arguments).json()
}

fn leads(answer: &Answer) -> Vec<&str> {
    let leads = answer.statements.iter().map(|s| s.lead.as_deref());
    leads.flatten().collect()
}

#[test]
fn ask_day_of_a_document_is_told_and_no_other_documents_day_leads() {
    let workspace = sample();
    for (question, right, told) in [
        (
            "Nghị định 49/2026 có hiệu lực từ khi nào?",
            "31/01/2026",
            "Nghị định 49/2026/NĐ-CP-MẪU có hiệu lực từ ngày 31/01/2026.",
        ),
        (
            "Nghị định 120/2025/NĐ-CP có hiệu lực từ ngày nào?",
            "01/7/2025",
            "Nghị định 120/2025/NĐ-CP-MẪU có hiệu lực từ ngày 01/7/2025.",
        ),
        (
            "Nghị định 118/2025 được ban hành ngày nào?",
            "09/6/2025",
            "Nghị định 118/2025/NĐ-CP-MẪU được ban hành ngày 09/6/2025.",
        ),
        // Only known of.
        (
            "nghi dinh 226/2025/ND-CP co hieu luc tu ngay nao",
            "15/8/2025",
            "Nghị định 226/2025/NĐ-CP có hiệu lực từ ngày 15/8/2025.",
        ),
        (
            "Luật Hộ tịch số 03/2026/QH16 có hiệu lực khi nào?",
            "01/3/2027",
            "Luật Hộ tịch 03/2026/QH16: chưa có hiệu lực, có hiệu lực từ ngày 01/3/2027.",
        ),
    ] {
        let answer = asked(&workspace, question);
        let is_told = answer.notices.iter().any(|notice| notice == told);
        assert!(is_told, "{question}: {:?}", answer.notices);
        let wrong = leads(&answer).into_iter().any(|lead| lead != right);
        assert!(!wrong, "{question}: {:?}", answer.statements);
    }
}

#[test]
fn ask_end_of_a_document_does_not_tell_its_beginning() {
    let question = "Nghị định 120/2025/NĐ-CP hết hiệu lực khi nào?";
    let answer = asked(&sample(), question);
    let begins = |notice: &String| notice.contains(" có hiệu lực từ ngày ");
    assert!(!answer.notices.iter().any(begins), "{:?}", answer.notices);
    let wrong = leads(&answer).into_iter().any(|lead| lead != "01/3/2027");
    assert!(!wrong, "{:?}", answer.statements);
}

#[test]
fn ask_amount_of_another_time_or_thing_does_not_lead() {
    let workspace = sample();
    let wages = workspace.ask("Lương cơ sở năm 2025 là bao nhiêu?");
    assert_eq!(leads(&wages), Vec::<&str>::new());
    let place = |words: &str| wages.statements.iter().position(|s| s.text.contains(words));
    let (now, before) = (place("2.530.000"), place("2.340.000"));
    assert!(before.is_some() && before < now, "{wages:?}");
    let merit = workspace.ask("Mức chuẩn người có công tháng 5/2026 là bao nhiêu?");
    assert_eq!(leads(&merit), Vec::<&str>::new());
    let aid = workspace.ask("Mức chuẩn trợ giúp xã hội năm 2023 là bao nhiêu?");
    assert_eq!(leads(&aid), ["360.000 đồng/tháng"]);
    prove(&aid, |id| workspace.document(id));
}

#[test]
fn ask_places_are_named_where_only_some_quotes_of_a_later_text_tell_how_it_was() {
    let answer = sample().ask("Mức chuẩn trợ giúp xã hội năm 2023 là bao nhiêu?");
    let document = "Hướng dẫn 22/HD-UBND-MẪU";
    let named = |said: &str, place: &str| {
        let of_it = |notice: &&String| notice.contains(document) && notice.contains(said);
        let mut notices = answer.notices.iter().filter(of_it);
        notices.all(|notice| notice.contains(place)) && answer.notices.iter().any(|n| of_it(&n))
    };
    assert!(
        named("nêu lại quy định", "điểm a khoản 3 Điều 2"),
        "{:?}",
        answer.notices
    );
    assert!(
        named("chưa có hiệu lực", "điểm b khoản 3 Điều 2"),
        "{:?}",
        answer.notices
    );
}

#[test]
fn ask_clause_that_answers_leads_and_no_neighbour() {
    let workspace = sample();
    let fee = asked(&workspace, "phí chứng thực chữ ký bao nhiêu");
    assert_eq!(
        fee.statements[0].lead.as_deref(),
        Some("10.000 đồng/trường hợp")
    );
    assert_eq!(leads(&fee).len(), 1);
    assert_eq!(fee.statements[0].citations, [0]);
    prove(&fee, |id| workspace.document(id));
    for question in [
        "Bao nhiêu điểm thì hoàn thành tốt nhiệm vụ?",
        "Thời hạn giải quyết khiếu nại lần hai là bao lâu?",
    ] {
        let answer = asked(&workspace, question);
        assert_eq!(leads(&answer), Vec::<&str>::new(), "{question}");
    }
    let question = "Kinh phí hợp đồng chuyên gia tối đa bao nhiêu?";
    let share = asked(&workspace, question);
    let wrong = leads(&share).into_iter().any(|lead| lead != "10%");
    assert!(!wrong, "{:?}", share.statements);
}
