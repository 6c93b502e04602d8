//! Answers whose documents have changed since: the audit page and the viewer never show other words
//! as the quote.

use crate::visit::Visit;
use crate::webdriver::{DESK, PHONE, Screen};

const FILE: &str = "thu-vien.md";
const QUESTION: &str = "khoản 2 Điều 2 88/HD-UBND";
const QUOTE: &str = "2. Thời hạn giải quyết: 05 ngày làm việc.";
const NEW_WORDS: &str = "2. Thời hạn giải quyết: 10 ngày làm việc.";

/// Guidance whose first article always has the quoted words, the second in its khoản 2 `words`.
fn guidance(words: &str) -> String {
    format!(
        "+++\nnumber = \"88/HD-UBND\"\ntitle = \"Hướng dẫn về thư viện xã\"\n+++\n\
         Điều 1. Cấp thẻ thư viện\n1. Hồ sơ nộp tại thư viện xã.\n{QUOTE}\n\
         Điều 2. Tổ chức ngày hội đọc sách\n1. Hồ sơ nộp tại Ủy ban nhân dân xã.\n{words}\n"
    )
}

/// An answer given before the documents changed.
struct Given {
    visit: Visit,
    audit: String,
    viewer: String,
}

impl Given {
    /// Asks for khoản 2 Điều 2; a second document stays whatever happens to the first.
    fn ask(screen: Screen, name: &'static str) -> Option<Self> {
        let other = "Điều 1. Phạm vi\n1. Áp dụng tại xã.\n";
        let text = guidance(QUOTE);
        let files = [(FILE, text.as_str()), ("khac.md", other)];
        let visit = Visit::begin_with(screen, name, &files)?;
        let audit = format!("/audit/{}", visit.ask(QUESTION));
        let viewer = visit.attribute("#answer .chip", "href");
        Some(Self {
            visit,
            audit,
            viewer,
        })
    }

    /// Puts `text` in the place of the document.
    fn change(&self, text: &str) {
        self.visit.served.write(FILE, text);
        self.visit.served.index();
    }

    /// Opens the audit page; returns what it marks as the source, and all that it tells of it.
    fn audited(&mut self) -> (Vec<String>, String) {
        self.visit.open(&self.audit);
        let marks = self.visit.texts(".source-text mark");
        self.visit.step("audited");
        (marks, self.visit.texts(".beside").concat())
    }
}

#[test]
fn same_words_of_another_provision_are_not_shown_as_the_quote() {
    let Some(mut given) = Given::ask(DESK, "changed") else {
        return;
    };
    given.change(&guidance(NEW_WORDS));
    let (marks, told) = given.audited();
    assert_eq!(marks, [NEW_WORDS]);
    for words in [
        "Nội dung đang có trong kho (khoản 2 Điều 2)",
        "Đoạn trích không khớp với văn bản trong kho",
        "Văn bản trong kho đã thay đổi",
    ] {
        assert!(told.contains(words), "{told}");
    }
    assert_eq!(given.visit.count(".beside .badge.good"), 0);

    given.visit.open(&given.viewer);
    assert_eq!(given.visit.browser.find("mark#cited").text(), NEW_WORDS);
    let name = given.visit.browser.find(".cited-name").text();
    assert_eq!(
        name,
        "Nội dung đang có trong kho: khoản 2 Điều 2 · 88/HD-UBND"
    );
    let warning = given.visit.browser.find(".cited-bar .badge.bad").text();
    assert!(warning.contains("không còn ở vị trí này"), "{warning}");
    given.visit.step("source");
}

#[test]
fn quote_that_moved_with_its_provision_is_found_there() {
    let Some(mut given) = Given::ask(PHONE, "moved") else {
        return;
    };
    given.change(&guidance(QUOTE).replace("Cấp thẻ", "Việc cấp thẻ"));
    let (marks, told) = given.audited();
    assert_eq!(marks, [QUOTE]);
    assert!(told.contains("Khớp nguyên văn"), "{told}");

    given.visit.open(&given.viewer);
    assert_eq!(given.visit.browser.find("mark#cited").text(), QUOTE);
    let above = given.visit.browser.run(
        "return document.getElementById('cited').parentElement.previousElementSibling.innerText",
        &[],
    );
    assert_eq!(above, "1. Hồ sơ nộp tại Ủy ban nhân dân xã.");
    let warning = given.visit.browser.find(".cited-bar .badge.bad").text();
    assert!(warning.contains("đã thay đổi"), "{warning}");
    given.visit.step("source");
}

#[test]
fn provision_or_document_that_is_gone_is_said_to_be() {
    let Some(mut given) = Given::ask(DESK, "gone") else {
        return;
    };
    given.change(&guidance(QUOTE).replace("Điều 2.", "Điều 4."));
    let (marks, told) = given.audited();
    assert_eq!(marks, [QUOTE]);
    let gone = "Văn bản trong kho hiện không có khoản 2 Điều 2.";
    assert!(told.contains(gone), "{told}");
    given.visit.open(&given.viewer);
    let warning = given.visit.browser.find(".cited-bar .badge.bad").text();
    assert!(warning.starts_with("Không còn tìm thấy"), "{warning}");
    assert_eq!(given.visit.count("mark"), 0);
    given.visit.step("source");

    given.visit.served.remove(FILE);
    given.visit.served.index();
    let (marks, told) = given.audited();
    assert_eq!(marks, [QUOTE]);
    assert!(told.contains("Văn bản này không còn trong kho."), "{told}");
}
