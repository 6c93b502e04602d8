//! A web page.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: camnang_fuzz::stop_at_own_panics(), |bytes: &[u8]| {
    camnang_fuzz::extract("a.html", &[b"<html>".as_slice(), bytes].concat());
});
