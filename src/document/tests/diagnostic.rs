//! One text per diagnostic.

use super::*;

#[test]
fn every_diagnostic_has_a_text() {
    let odd = |text| move |kind| check_diagnostic(text, kind);
    odd("Điều 1. A\nĐiều 2. B\nĐiều 4. C\nĐiều 5. D")(DiagnosticKind::ArticleGap);
    odd("Điều 1. A\n1. Một\n2. Hai\n4. Bốn\n5. Năm")(DiagnosticKind::NumberSkipped);
    odd("Điều 1. A\nĐiều 2. B\nĐiều 2. C\nĐiều 3. D")(DiagnosticKind::NumberRepeated);
    odd("Điều 1. A\nĐiều 2. B\nĐiều 1. C\nĐiều 2. D\nĐiều 3. E")(
        DiagnosticKind::NumberingRestarts,
    );
    odd("Điều 1. Sửa đổi\n1. Sửa đổi như sau:\n“2. Hai:\na) A.\nĐiều 2. Sửa đổi Luật B")(
        DiagnosticKind::QuoteUnclosed,
    );
    odd("Điều 1. A\nĐiều 2.\nĐiều 3. B")(DiagnosticKind::HeadingEmpty);
    odd("Điều 1. A\nĐiều 47. B\nĐiều 2. C")(DiagnosticKind::HeadingIgnored);
    odd("Một câu.")(DiagnosticKind::NoStructure);
}

#[test]
fn diagnostics_print_in_english() {
    let diagnostic = Diagnostic {
        kind: DiagnosticKind::ArticleGap,
        span: Span::new(3, 9),
    };
    assert_eq!(
        diagnostic.to_string(),
        "bytes 3..9: article number does not follow the one before it"
    );
}
