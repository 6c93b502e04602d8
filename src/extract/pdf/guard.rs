//! Streams that unpack to far more than they are, found before anything unpacks them.
//!
//! The library unpacks a stream whole, at once and filter by filter. So every stream is measured
//! first: what is small enough at the worst ratio passes, and only the others are unpacked here,
//! into nothing, up to the limit.

use std::io::Read;

use flate2::read::DeflateDecoder;
use flate2::read::ZlibDecoder;
use hayro::hayro_syntax::Filter;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::Array;
use hayro::hayro_syntax::object::Name;
use hayro::hayro_syntax::object::Object;
use hayro::hayro_syntax::object::Stream;
use hayro::hayro_syntax::page::Page;

use crate::extract::ExtractError;
use crate::extract::pdf::limit;
use crate::extract::pdf::unpack;

/// A byte of a deflated stream gives at most this many.
const DEFLATE_RATIO: u64 = 1032;
/// Filters of one stream that are tried.
const FILTERS_MAX: usize = 4;
/// How far before a stream its dictionary may start.
const DICTIONARY_BYTES_MAX: usize = 2048;
/// Parts of a page that cannot unpack to more are not measured, since a page has few parts.
const SMALL: u64 = 1 << 20;
/// Where the dictionary of a stream says what it is, and what a picture is called there.
const SUBTYPE: &[u8] = b"Subtype";
const IMAGE: &[u8] = b"Image";
/// Where the dictionary of a page names its instructions.
const CONTENTS: &[u8] = b"Contents";

/// Measures the streams that are unpacked while the file is opened: lists of objects, and whatever
/// else is deflated. What is encrypted cannot be measured yet.
///
/// Nothing passes unmeasured for what its dictionary says: the library unpacks what is used as a list
/// of objects, whatever it calls itself.
pub(super) fn before_opening(bytes: &[u8]) -> Result<(), ExtractError> {
    let mut at = 0;
    while let Some(found) = find(bytes, b"stream", at) {
        at = found + b"stream".len();
        let start = found.saturating_sub(DICTIONARY_BYTES_MAX);
        let before = bytes.get(start..found).unwrap_or_default();
        let object = memchr::memmem::rfind(before, b"obj").unwrap_or_default();
        let dictionary = before.get(object..).unwrap_or_default();
        if before.ends_with(b"end") {
            continue;
        }
        let end = find(bytes, b"endstream", at).unwrap_or(bytes.len());
        let packed = bytes.get(at..end).unwrap_or_default();
        let packed = packed.strip_prefix(b"\r").unwrap_or(packed);
        let packed = packed.strip_prefix(b"\n").unwrap_or(packed);
        let n_filters = memchr::memmem::find_iter(dictionary, b"/Fl").count();
        let limit = limit_of(says_picture(dictionary));
        measure(packed, n_filters.clamp(1, FILTERS_MAX), limit, limit)?;
        at = end;
    }
    Ok(())
}

/// Whether a dictionary says in plain words that its stream is a picture and no list of objects.
fn says_picture(dictionary: &[u8]) -> bool {
    let is_list = [b"/ObjStm".as_slice(), b"/XRef"]
        .iter()
        .any(|name| find(dictionary, name, 0).is_some());
    let is_picture = memchr::memmem::find_iter(dictionary, SUBTYPE).any(|at| {
        let value = dictionary.get(at + SUBTYPE.len()..).unwrap_or_default();
        value
            .trim_ascii_start()
            .strip_prefix(b"/")
            .and_then(|name| name.strip_prefix(IMAGE))
            .is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_alphanumeric))
    });
    is_picture && !is_list
}

/// What a stream may unpack to, drawn as a picture or not.
fn limit_of(is_picture: bool) -> u64 {
    if is_picture {
        limit::PICTURE_BYTES
    } else {
        limit::STREAM_BYTES
    }
}

/// Measures all streams.
pub(super) fn streams(pdf: &Pdf) -> Result<(), ExtractError> {
    for object in pdf.objects() {
        if let Object::Stream(stream) = object {
            let subtype = stream.dict().get::<Name<'_>>(SUBTYPE);
            let limit = limit_of(subtype.is_some_and(|name| *name == *IMAGE));
            stream_size(&stream, limit, limit)?;
        }
    }
    Ok(())
}

/// Measures what the instructions of `page` unpack to: one small stream may be named a thousand
/// times, and all of them are put together.
pub(super) fn page(page: &Page<'_>) -> Result<(), ExtractError> {
    let limit = limit::STREAM_BYTES;
    // Whatever they say of themselves: a picture may stand in the place of instructions.
    if let Some(stream) = page.raw().get::<Stream<'_>>(CONTENTS) {
        return stream_size(&stream, limit, limit).and_then(content);
    }
    let Some(parts) = page.raw().get::<Array<'_>>(CONTENTS) else {
        return Ok(());
    };
    let mut size = 0u64;
    for stream in parts.iter::<Stream<'_>>() {
        size = size.saturating_add(stream_size(&stream, SMALL, limit)?);
        content(size)?;
    }
    Ok(())
}

/// Refuses instructions of `size` bytes in all if they are too many.
pub(super) fn content(size: u64) -> Result<(), ExtractError> {
    if size > limit::CONTENT_BYTES {
        return Err(ExtractError::TooLarge {
            what: "what its pages unpack to",
            limit: limit::CONTENT_BYTES,
        });
    }
    Ok(())
}

/// What `stream` unpacks to, `limit` at most. A guess from above is enough up to `small`.
fn stream_size(stream: &Stream<'_>, small: u64, limit: u64) -> Result<u64, ExtractError> {
    let mut packed = stream.raw_data();
    let mut filters = stream.filters().to_vec();
    // Streams that were made to pass through mail.
    while let Some(shrunk) = filters.first().and_then(|filter| match filter {
        Filter::Ascii85Decode => Some(unpack::ascii_85(&packed)),
        Filter::AsciiHexDecode => Some(unpack::ascii_hex(&packed)),
        Filter::Crypt => Some(packed.to_vec()),
        _ => None,
    }) {
        packed = shrunk.into();
        filters.remove(0);
    }
    // What a code for pictures gives is bounded by the size of the picture, in pixels.
    let is_of_pictures = |filter: &Filter| {
        matches!(
            filter,
            Filter::DctDecode | Filter::JpxDecode | Filter::Jbig2Decode | Filter::CcittFaxDecode
        )
    };
    if filters.last().is_some_and(is_of_pictures) {
        filters.pop();
    }
    match filters[..] {
        [] => Ok(packed.len() as u64),
        [Filter::LzwDecode] => within(unpack::lzw_size(&packed, limit), limit),
        [Filter::RunLengthDecode] => within(unpack::run_length_size(&packed), limit),
        ref all if all.iter().all(|filter| *filter == Filter::FlateDecode) => {
            measure(&packed, all.len(), small, limit)
        }
        // Nobody packs a stream in two ways but to hide what it unpacks to.
        _ => within(packed.len() as u64 * DEFLATE_RATIO, limit),
    }
}

fn within(size: u64, limit: u64) -> Result<u64, ExtractError> {
    (size <= limit)
        .then_some(size)
        .ok_or(ExtractError::TooLarge {
            what: "what a stream in it unpacks to",
            limit,
        })
}

/// Inflates `packed` up to `times` in a row and counts; no step may pass `limit`.
fn measure(packed: &[u8], times: usize, small: u64, limit: u64) -> Result<u64, ExtractError> {
    let mut size = packed.len() as u64;
    for step in 1..=times {
        // What is small enough at the worst ratio need not be tried.
        let is_small = step == 1 && size * DEFLATE_RATIO <= small;
        size = if is_small {
            size * DEFLATE_RATIO
        } else {
            within(inflated(packed, step, limit), limit)?
        };
    }
    Ok(size)
}

fn inflated(packed: &[u8], times: usize, limit: u64) -> u64 {
    let mut zlib: Box<dyn Read + '_> = Box::new(packed);
    let mut bare: Box<dyn Read + '_> = Box::new(packed);
    for _ in 0..times.min(FILTERS_MAX) {
        zlib = Box::new(ZlibDecoder::new(zlib));
        bare = Box::new(DeflateDecoder::new(bare));
    }
    drain(zlib, limit).max(drain(bare, limit))
}

/// How much `reader` gives before it ends, breaks off or passes `limit`.
fn drain(reader: impl Read, limit: u64) -> u64 {
    let mut reader = reader.take(limit + 1);
    let mut buffer = [0; 16 << 10];
    let mut n = 0;
    while let Ok(read @ 1..) = reader.read(&mut buffer) {
        n += read as u64;
    }
    n
}

fn find(bytes: &[u8], word: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    memchr::memmem::find(rest, word).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn bomb() -> Vec<u8> {
        deflated(&vec![
            b' ';
            usize::try_from(limit::STREAM_BYTES).unwrap() + 10
        ])
    }

    fn object(dictionary: &str, packed: &[u8]) -> Vec<u8> {
        let mut file = format!("1 0 obj\n<<{dictionary}>>\nstream\n").into_bytes();
        file.extend_from_slice(packed);
        file.extend_from_slice(b"\nendstream\nendobj\n");
        file
    }

    const TOO_LARGE: ExtractError = ExtractError::TooLarge {
        what: "what a stream in it unpacks to",
        limit: limit::STREAM_BYTES,
    };

    #[test]
    fn a_stream_that_unpacks_to_too_much_is_found() {
        let file = object("/Type/ObjStm/Filter/FlateDecode", &bomb());
        assert_eq!(before_opening(&file), Err(TOO_LARGE));
    }

    #[test]
    fn what_only_looks_like_a_picture_is_measured_like_any_stream() {
        let bomb = bomb();
        for claim in [
            "/X/Image/Width 1",
            "/Subtype/ImageMap",
            "/Type/ObjStm/Subtype/Image/N 1/First 5",
        ] {
            let file = object(&format!("{claim}/Filter/FlateDecode"), &bomb);
            assert_eq!(before_opening(&file), Err(TOO_LARGE), "{claim}");
        }
        let picture = object("/Subtype /Image/Filter/FlateDecode", &bomb);
        assert_eq!(before_opening(&picture), Ok(()));
        let size = limit::STREAM_BYTES + 10;
        assert_eq!(measure(&bomb, 1, 0, size), Ok(size));
        assert!(measure(&bomb, 1, 0, size - 1).is_err());
    }

    #[test]
    fn a_bomb_in_a_bomb_is_found() {
        let inner = bomb();
        let outer = deflated(&inner);
        assert!(outer.len() < 2000, "{}", outer.len());
        let file = object("/Filter[/FlateDecode/FlateDecode]", &outer);
        assert_eq!(before_opening(&file), Err(TOO_LARGE));
    }

    #[test]
    fn ordinary_streams_pass() {
        let mut file = object("/Filter/FlateDecode", &deflated(b"BT ET"));
        file.extend(object("/Filter/FlateDecode", b"no deflated bytes"));
        file.extend(object("", b"plain"));
        file.extend_from_slice(b"2 0 obj stream");
        assert_eq!(before_opening(&file), Ok(()));
        let large = deflated(&vec![b' '; 8 << 20]);
        assert_eq!(
            before_opening(&object("/Filter/FlateDecode", &large)),
            Ok(())
        );
    }
}
