//! A PDF, damaged anywhere.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: camnang_fuzz::stop_at_own_panics(), |bytes: &[u8]| {
    camnang_fuzz::extract("a.pdf", &[b"%PDF-1.7\n".as_slice(), bytes].concat());
});
