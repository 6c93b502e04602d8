//! `GET /api/files/{id}`: the file that a document came from.
//!
//! Only ids of stored documents lead to files, so that no request names a path. A PDF is shown by
//! the browser, which then follows `#page=7`; all else is saved and opened by the program for it,
//! since a web page from elsewhere must not run in the name of this server.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::IntoResponse;

use super::error::ApiError;
use super::state::App;
use crate::corpus;
use crate::extract;

/// Formats that a browser shows by itself, without running what is in them.
const SHOWN: &str = "application/pdf";

pub(super) async fn one(
    State(app): State<App>,
    id: Result<Path<String>, PathRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Path(id) = id?;
    let root = app.corpus();
    let (file, bytes) = app
        .work(move |service| {
            let generation = service.store().live();
            let entry = generation.catalogue().entry(&id);
            let file = entry.ok_or(ApiError::NotFound)?.source_file.clone();
            let bytes = corpus::original(&root, &file)
                .map_err(|error| ApiError::internal(&error))?
                .ok_or(ApiError::NotFound)?;
            Ok((file, bytes))
        })
        .await?;
    let media_type = extract::media_type(&bytes);
    Ok((headers(media_type, &file), bytes))
}

fn headers(media_type: &'static str, file: &str) -> [(HeaderName, HeaderValue); 3] {
    // In a sandbox no browser shows a PDF; what is saved is none of the browser's business.
    let (disposition, policy) = if media_type == SHOWN {
        ("inline", "default-src 'self'; frame-ancestors 'none'")
    } else {
        ("attachment", "default-src 'none'; sandbox")
    };
    let name = file.rsplit('/').next().unwrap_or_default();
    let disposition = format!("{disposition}; filename*=UTF-8''{}", encoded(name));
    [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment")),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(policy),
        ),
    ]
}

/// `name` as a header may carry it (RFC 8187).
fn encoded(name: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    name.bytes().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_cannot_break_out_of_their_header() {
        assert_eq!(encoded("a-1.pdf"), "a-1.pdf");
        assert_eq!(
            encoded("Đơn\r\n\"x\";.doc"),
            "%C4%90%C6%A1n%0D%0A%22x%22%3B.doc"
        );
    }
}
