use std::io::Write;

use camnang::wire::Answer;

use crate::support::Workspace;

/// A PDF with one line of text a page.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let n_pages = lines.len();
    let kids: Vec<String> = (0..n_pages).map(|n| format!("{} 0 R", 4 + 2 * n)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {n_pages} >>",
            kids.join(" ")
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for (n, line) in lines.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
             /Resources << /Font << /F1 3 0 R >> >> >>",
            5 + 2 * n
        ));
        let content = format!("BT /F1 12 Tf 72 700 Td ({line}) Tj ET");
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ));
    }
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = b"0000000000 65535 f \n".to_vec();
    for (n, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        writeln!(file, "{} 0 obj\n{object}\nendobj", n + 1).unwrap();
    }
    let start = file.len();
    let size = objects.len() + 1;
    writeln!(file, "xref\n0 {size}").unwrap();
    file.extend(table);
    writeln!(
        file,
        "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
    )
    .unwrap();
    file
}

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
