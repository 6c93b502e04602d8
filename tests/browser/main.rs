//! The two journeys of an officer and a trainer through the real pages, in headless Chromium.
//!
//! Each test has a server, an index and a record of its own, and leaves a screenshot of every step
//! in `browser-shots` below cargo's target folder. Needs Debian's `chromium` and
//! `chromium-driver`; without them the tests say so and pass, except where `CI` is set.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::panic, reason = "a test that cannot go on has failed")]

mod changed;
mod form;
mod served;
mod visit;
mod webdriver;

use serde_json::{Value, json};

use visit::Visit;
use webdriver::{DESK, PHONE, Screen};

const QUESTION: &str = "thoi han dang ky khai sinh la bao lau";

#[test]
fn ask_then_chip_shows_the_quote_in_its_source() {
    ask_and_follow_the_chip(DESK);
}

#[test]
fn ask_then_chip_on_a_phone_shows_the_quote_in_its_source() {
    ask_and_follow_the_chip(PHONE);
}

fn ask_and_follow_the_chip(screen: Screen) {
    let Some(mut visit) = Visit::begin(screen, "ask") else {
        return;
    };
    let id = visit.ask(QUESTION);
    assert_eq!(visit.browser.find(".statement .lead").text(), "60 ngày");
    visit.step("answer");

    visit.browser.find(".statement .chip").click();
    visit.browser.find("mark#cited");
    let citation = &visit.recorded(&id)["citations"][0];
    assert_eq!(marked(&visit), citation["quote"].as_str().unwrap());
    assert!(
        is_mark_in_sight(&visit),
        "the marked words are outside the screen or covered"
    );
    let name = visit.browser.find(".cited-name").text();
    assert!(
        name.contains(citation["locator"].as_str().unwrap()),
        "{name}"
    );
    let original = visit.browser.find(".cited-bar .original").text();
    assert_eq!(original, "Mở tệp gốc");
    visit.step("source");
}

/// The marked words; a mark over several lines is several elements.
fn marked(visit: &Visit) -> String {
    let script =
        "return [...document.querySelectorAll('mark.cited')].map((m) => m.textContent).join('\\n')";
    visit.browser.run(script, &[]).as_str().unwrap().to_owned()
}

/// Whether all of the mark can be seen, so that the bar at the top does not lie over it either.
fn is_mark_in_sight(visit: &Visit) -> bool {
    let script = "
        const mark = document.getElementById('cited');
        return [...mark.getClientRects()].every((r) => r.top >= 0 && r.bottom <= innerHeight
          && document.elementFromPoint(r.left + r.width / 2, r.top + 1) === mark);";
    visit.browser.run(script, &[]).as_bool().unwrap()
}

#[test]
fn verdict_on_a_citation_reaches_the_export() {
    let Some(mut visit) = Visit::begin(DESK, "audit") else {
        return;
    };
    let id = visit.ask(QUESTION);
    visit.open("/audit");
    visit.browser.find(".answer-row a");
    visit.step("list");

    visit
        .browser
        .find(&format!("a[href='/audit/{id}']"))
        .click();
    visit.browser.find("#reviewer").type_in("Nguyễn Thị Mẫu");
    visit
        .browser
        .find("form.verdict input[value=outdated]")
        .click();
    visit
        .browser
        .find("form.verdict textarea")
        .type_in("Đã có văn bản mới.");
    visit.step("chosen");
    visit.browser.find("form.verdict .save-verdict").click();
    visit.browser.find(".verdict-saved");
    visit.step("saved");

    let verdict = &exported(&visit, &id)["citations"][0]["verdicts"][0];
    assert_eq!(verdict["verdict"], "outdated");
    assert_eq!(verdict["comment"], "Đã có văn bản mới.");
    assert_eq!(verdict["reviewer"], "Nguyễn Thị Mẫu");
}

#[test]
fn answers_that_are_still_to_be_judged_are_one_choice_away() {
    let Some(mut visit) = Visit::begin(PHONE, "filter") else {
        return;
    };
    let [done, open] = [QUESTION; 2].map(|question| visit.ask(question));
    let n_citations = visit.recorded(&done)["citations"].as_array().unwrap().len();
    for citation in 1..=n_citations {
        let verdict = json!({ "citation": citation, "verdict": "correct" });
        visit
            .served
            .post(&format!("/api/answers/{done}/verdicts"), &verdict);
    }
    visit.open("/audit");
    visit.browser.find(&format!("a[href='/audit/{done}']"));
    visit.fill("show", "open");
    visit.browser.find("#filter button").click();
    visit.browser.find(&format!("a[href='/audit/{open}']"));
    visit.step("open");
    assert_eq!(visit.count(&format!("a[href='/audit/{done}']")), 0);
    // What was chosen stays chosen, and the files hold the same answers.
    assert_eq!(visit.field("show"), "open");
    let export = visit.attribute("#export-jsonl", "href");
    assert!(!visit.served.text(&export).contains(&done), "{export}");

    visit.browser.find("#unfiltered").click();
    visit.browser.find(&format!("a[href='/audit/{done}']"));
    assert_eq!(visit.field("show"), "all");

    let far = "2199-12-31";
    visit.fill("from", far);
    visit.browser.find("#filter button").click();
    visit.browser.find("#unfiltered");
    visit.step("none");
    let told = "Không có câu trả lời nào phù hợp với điều kiện lọc. Bỏ lọc";
    assert_eq!(visit.texts("#status"), [told]);
    assert_eq!(visit.field("from"), far);
}

/// The line of the export that holds the answer `id`.
fn exported(visit: &Visit, id: &str) -> Value {
    let export = visit.served.text("/api/answers/export?format=jsonl");
    let mut rows = export
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    rows.find(|row| row["id"] == id).unwrap()
}

#[test]
fn question_without_an_answer_shows_an_abstention_and_no_figure() {
    let Some(mut visit) = Visit::begin(DESK, "abstention") else {
        return;
    };
    let id = visit.ask("Giá vàng miếng hôm nay là bao nhiêu một lượng?");
    assert_eq!(
        visit.browser.find(".verdictless").text(),
        "Chưa tìm thấy câu trả lời trong kho tài liệu"
    );
    let message = visit.recorded(&id)["message"].clone();
    assert_eq!(
        visit.browser.find(".message").text(),
        message.as_str().unwrap()
    );
    assert_eq!(visit.count(".answer .lead"), 0);
    visit.step("answer");
}

#[test]
fn source_no_longer_in_force_is_marked_as_such() {
    let Some(mut visit) = Visit::begin(PHONE, "expired") else {
        return;
    };
    visit.open("/documents?q=05/HD");
    // Its note names the same day, but not the document that took its place.
    assert_eq!(
        visit.texts(".document-row .badge"),
        [
            "Đã được thay thế từ ngày 01/11/2025 theo Hướng dẫn 06/HD-UBND-MẪU",
            "Đã hết hiệu lực từ ngày 01/11/2025, chỉ dùng để kiểm tra hồ sơ cũ"
        ]
    );
    visit.step("list");
    // With a span marked the head is out of sight, so the bar must say it too.
    visit.open("/documents/chung-thuc-truoc-11-2025?from=1000&to=1100");
    let badge = visit.browser.find(".cited-bar .badge.bad").text();
    assert_eq!(
        badge,
        "Đã được thay thế từ ngày 01/11/2025 theo Hướng dẫn 06/HD-UBND-MẪU"
    );
    visit.step("source");
}

/// Two that are out of force: the note of the first speaks of something else, that of the second says so itself.
const EXPIRED: [(&str, &str); 2] = [
    (
        "muon-sach.md",
        "+++\nnumber = \"77/HD-UBND\"\ntitle = \"Hướng dẫn mượn sách\"\neffective = 2019-01-01\n\
         expires = 2020-01-01\nnote = \"Bản số hóa ngày 01/01/2020, chưa đối chiếu\"\n+++\n\
         Điều 1. Mượn sách\n1. Bạn đọc được mượn sách trong 14 ngày.\n",
    ),
    (
        "luu-ho-so.md",
        "+++\nnumber = \"78/HD-UBND\"\ntitle = \"Hướng dẫn lưu hồ sơ\"\neffective = 2019-01-01\n\
         expires = 2020-01-01\nnote = \"Đã hết hiệu lực từ ngày 01/01/2020, chỉ dùng để kiểm tra\"\n+++\n\
         Điều 1. Lưu hồ sơ\n1. Hồ sơ được lưu tại bộ phận Một cửa.\n",
    ),
];

#[test]
fn end_of_force_is_told_whatever_the_note_says_and_once() {
    let Some(mut visit) = Visit::begin_with(DESK, "noted", &EXPIRED) else {
        return;
    };
    visit.open("/documents?q=77/HD");
    assert_eq!(
        visit.texts(".document-row .badge"),
        [
            "Đã hết hiệu lực từ ngày 01/01/2020",
            "Bản số hóa ngày 01/01/2020, chưa đối chiếu"
        ]
    );
    visit.step("other");
    visit.open("/documents?q=78/HD");
    assert_eq!(
        visit.texts(".document-row .badge"),
        ["Đã hết hiệu lực từ ngày 01/01/2020, chỉ dùng để kiểm tra"]
    );
    visit.step("same");
}

#[test]
fn passages_found_or_considered_say_that_they_are_no_longer_in_force() {
    let Some(mut visit) = Visit::begin_with(PHONE, "passages", &EXPIRED) else {
        return;
    };
    visit.open("/documents?q=muon+sach");
    let badge = visit.browser.find("#hit-list li .badge.bad").text();
    assert_eq!(badge, "Đã hết hiệu lực từ ngày 01/01/2020");
    visit.step("hits");
    let id = visit.ask("khoản 1 Điều 1 77/HD-UBND");
    visit.browser.find(".passages summary").click();
    let badge = visit.browser.find(".passages li .badge.bad").text();
    assert_eq!(badge, "Đã hết hiệu lực từ ngày 01/01/2020");
    visit.step("considered");

    visit.open(&format!("/audit/{id}"));
    visit.browser.find(".passages summary").click();
    let score = visit.browser.find(".passages .score").text();
    assert!(score.contains("Điểm xếp hạng"), "{score}");
    visit.step("scored");
}

#[test]
fn paper_holds_every_word_of_a_quote_and_no_links_for_the_screen() {
    let text = "+++\nnumber = \"88/HD-UBND\"\ntitle = \"Hướng dẫn một cửa\"\n+++\n\
                Điều 1. Tiếp nhận\n1. Hồ sơ được nhận theo Nghị định số 61/2018/NĐ-CP và Nghị định số 118/2025/NĐ-CP.\n";
    let Some(mut visit) = Visit::begin_with(DESK, "paper", &[("mot-cua.md", text)]) else {
        return;
    };
    let id = visit.ask("khoản 1 Điều 1 88/HD-UBND");
    let quote = visit.recorded(&id)["citations"][0]["quote"].clone();
    let quote = quote.as_str().unwrap();
    assert!(quote.contains("61/2018/NĐ-CP"), "{quote}");
    visit.browser.print_on_paper();
    let printed = format!("«{quote}» [1]");
    assert_eq!(visit.texts("#answer .words"), [printed.as_str()]);
    visit.step("answer");

    visit.open(&format!("/audit/{id}"));
    visit.browser.find("section.citation");
    assert_eq!(
        visit.texts(".words"),
        [printed.as_str(), &format!("«{quote}»")]
    );
    assert_eq!(
        visit.texts("section.citation .source"),
        ["88/HD-UBND · Hướng dẫn một cửa"]
    );
    visit.step("audited");
}

#[test]
fn slash_at_the_end_of_an_address_leads_to_the_page() {
    let Some(visit) = Visit::begin_with(DESK, "slash", &EXPIRED) else {
        return;
    };
    let id = visit.ask("khoản 1 Điều 1 77/HD-UBND");
    for (path, content) in [
        ("/documents/", ".document-row"),
        ("/documents/muon-sach/", ".document .lv-article"),
        ("/audit/", ".answer-row"),
        (&format!("/audit/{id}/"), "section.citation"),
    ] {
        visit.open(path);
        visit.browser.find(content);
    }
}

#[test]
fn every_page_fits_a_phone_without_complaints() {
    let Some(mut visit) = Visit::begin(PHONE, "pages") else {
        return;
    };
    visit.open("/");
    visit.browser.find(".example").click();
    visit.browser.find("#answer .statement");
    visit.step("ask");
    let id = visit.ask("Ai ký chứng thực bản sao ở xã?");
    let pages = [
        ("documents", "/documents?q=chung+thuc", "#hit-list li"),
        ("document", "/documents/bang-tham-quyen-huyen-xa", "td"),
        ("audit", "/audit", ".answer-row"),
        ("audited", &format!("/audit/{id}"), "form.verdict"),
    ];
    for (name, path, content) in pages {
        visit.open(path);
        visit.browser.find(content);
        visit.step(name);
    }
    // The watch over the content security policy is itself at work.
    visit
        .browser
        .run("document.body.setAttribute('style', 'color: red')", &[]);
    assert_eq!(visit.browser.complaints().len(), 1);
}

#[test]
fn every_example_question_is_answered() {
    let Some(mut visit) = Visit::begin(DESK, "examples") else {
        return;
    };
    visit.open("/");
    let n_examples = visit.count(".example");
    assert!(n_examples >= 3);
    for n in 1..=n_examples {
        visit.open("/");
        visit.browser.run("sessionStorage.clear()", &[]);
        visit.open("/");
        visit
            .browser
            .find(&format!(".examples li:nth-child({n}) .example"))
            .click();
        visit.browser.find("#answer .statement");
        assert_eq!(visit.count("#answer .abstained"), 0);
        visit.step("answer");
    }
}
