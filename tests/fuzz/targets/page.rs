//! The drawing instructions of the pages of a sound PDF, divided by zeros.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: camnang_fuzz::stop_at_own_panics(), |bytes: &[u8]| {
    camnang_fuzz::extract("a.pdf", &camnang_fuzz::pdf(bytes));
});
