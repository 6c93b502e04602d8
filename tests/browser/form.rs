//! The form of the ask page: the day of the law, and what is typed while an answer is waited for.

use crate::visit::Visit;
use crate::webdriver::DESK;

const QUESTION: &str = "khoản 1 Điều 1 88/HD-UBND";
const FILES: [(&str, &str); 1] = [(
    "thu-vien.md",
    "+++\nnumber = \"88/HD-UBND\"\ntitle = \"Hướng dẫn về thư viện xã\"\neffective = 2019-01-01\n+++\n\
     Điều 1. Cấp thẻ thư viện\n1. Hồ sơ nộp tại thư viện xã.\n",
)];

#[test]
fn unfinished_day_is_told_of_and_nothing_is_asked() {
    let Some(mut visit) = Visit::begin_with(DESK, "bad-day", &FILES) else {
        return;
    };
    visit.open("/");
    visit.browser.find("#as-of").type_in("12");
    assert_eq!(visit.field("as-of"), "");
    visit.send(QUESTION);
    let told = visit.browser.find(".field-problem:not([hidden])").text();
    assert!(told.starts_with("Ngày không hợp lệ"), "{told}");
    assert_eq!(visit.count("#as-of:focus[aria-invalid=true]"), 1);
    visit.step("told");

    // The button must not leave it to the browser, whose words are in its own language.
    visit.browser.find("#question").type_in(".");
    assert_eq!(visit.count(".field-problem:not([hidden])"), 0);
    visit.browser.find("#ask").click();
    visit.browser.find(".field-problem:not([hidden])");
    visit.fill("as-of", "");
    visit.browser.find("#ask").click();
    visit.browser.find("#answer article");
    assert_eq!(visit.count("#answer article, #earlier article"), 1);
    assert_eq!(visit.count(".field-problem:not([hidden])"), 0);
    visit.step("answered");
}

#[test]
fn question_asked_again_or_edited_keeps_its_day() {
    let Some(mut visit) = Visit::begin_with(DESK, "day-kept", &FILES) else {
        return;
    };
    visit.open("/");
    visit.fill("as-of", "2024-06-30");
    visit.send(QUESTION);
    visit.browser.find("#answer article");
    visit.fill("as-of", "");
    visit.browser.find("#answer .edit").click();
    assert_eq!(visit.field("as-of"), "2024-06-30");
    visit.step("edited");

    visit.browser.find("#answer .to-audit").click();
    visit.browser.find(".actions a[href^='/?']").click();
    visit.browser.find("#question");
    assert_eq!(visit.field("as-of"), "2024-06-30");
    assert_eq!(visit.field("question"), QUESTION);
    visit.step("again");
}

#[test]
fn question_about_today_is_asked_again_or_edited_without_a_day() {
    let Some(mut visit) = Visit::begin_with(DESK, "no-day", &FILES) else {
        return;
    };
    let id = visit.ask(QUESTION);
    visit.fill("as-of", "2024-06-30");
    visit.browser.find("#answer .edit").click();
    assert_eq!(visit.field("as-of"), "");
    visit.open(&format!("/audit/{id}"));
    let again = visit.attribute(".actions a[href^='/?']", "href");
    assert!(!again.contains("as_of"), "{again}");
    visit.step("again");
}

#[test]
fn day_in_the_address_that_the_calendar_has_not_is_told_of() {
    let Some(visit) = Visit::begin_with(DESK, "bad-address", &FILES) else {
        return;
    };
    visit.open("/?q=khai+sinh&as_of=2025-02-30");
    let told = visit.browser.find(".field-problem:not([hidden])").text();
    assert!(told.starts_with("Ngày không hợp lệ"), "{told}");
}

#[test]
fn question_begun_while_an_answer_is_waited_for_is_kept() {
    let Some(mut visit) = Visit::begin_with(DESK, "waiting", &FILES) else {
        return;
    };
    visit.open("/");
    let slow = "
        const quick = window.fetch;
        const later = new Promise((done) => { window.answerNow = done; });
        window.fetch = (...request) => later.then(() => quick(...request));";
    visit.browser.run(slow, &[]);
    visit.send(QUESTION);
    visit.fill("question", "");
    visit.browser.find("#question").type_in("lệ phí cấp thẻ");
    visit.browser.run("window.answerNow()", &[]);
    visit.browser.find("#answer article");
    assert_eq!(visit.field("question"), "lệ phí cấp thẻ");
    visit.step("kept");
}
