//! The two streams of an old Word file; the first two bytes are the length of the first one.
#![no_main]

use std::io::Cursor;
use std::io::Write;

use cfb::CompoundFile;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((length, rest)) = bytes.split_at_checked(2) else {
        return;
    };
    let length = usize::from(u16::from_le_bytes([length[0], length[1]]));
    let (document, table) = rest.split_at(length.min(rest.len()));
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    for (name, bytes) in [
        ("/WordDocument", document),
        ("/1Table", table),
        ("/0Table", table),
    ] {
        let mut stream = file.create_stream(name).expect("a stream");
        stream.write_all(bytes).expect("a stream");
    }
    file.flush().expect("a file");
    let bytes = file.into_inner().into_inner();
    if let Err(error) = camnang::extract::extract("a.doc", &bytes) {
        assert!(!error.to_string().contains("broke down"));
    }
});
