//! The parts of a Word file, divided by zeros: document, numbering, styles, footnotes.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: camnang_fuzz::stop_at_own_panics(), |bytes: &[u8]| {
    camnang_fuzz::extract("a.docx", &camnang_fuzz::docx(bytes));
});
