//! The entries of an archive, divided by zeros; the first line of each is its name.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: camnang_fuzz::stop_at_own_panics(), |bytes: &[u8]| {
    camnang_fuzz::extract("a.zip", &camnang_fuzz::archive(bytes));
});
