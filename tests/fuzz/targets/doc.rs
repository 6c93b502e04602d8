//! The two streams of an old Word file; the first four bytes are the length of the first one.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: camnang_fuzz::stop_at_own_panics(), |bytes: &[u8]| {
    if let Some(file) = camnang_fuzz::doc(bytes) {
        camnang_fuzz::extract("a.doc", &file);
    }
});
