use camnang::wire::Answer;

use crate::support::{Workspace, pdf};

#[test]
fn citation_of_a_pdf_names_its_page() {
    let workspace = Workspace::new([(
        "huong-dan.pdf",
        pdf(&[
            "1. Huong dan nay dung cho cong chuc tiep nhan va tra ket qua.",
            "2. Thoi han dang ky khai sinh la 60 ngay ke tu ngay sinh con.",
        ]),
    )]);
    let question = "thoi han dang ky khai sinh la bao lau";
    let answer: Answer = workspace.run(["ask", "--json", question]).json();
    let citation = &answer.citations[0];
    assert!(citation.quote.contains("60 ngay"), "{answer:?}");
    assert_eq!((citation.page, citation.is_recognised), (Some(2), false));
    let text = workspace.run(["ask", question]).stdout;
    assert!(text.contains("trang 2 của tệp"), "{text}");
}
