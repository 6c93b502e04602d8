//! Every route of the server.

/// `/api/answers…`.
mod answers;
/// `/api/ask`, `/api/search`, `/api/documents`, `/healthz`.
mod api;
/// What is refused, and in which words.
mod errors;
/// `/api/files/…`.
mod files;
/// More questions than workers.
mod overload;
/// The pages and what they load.
mod pages;
/// What the log and the record must not hold.
mod privacy;
/// New generations that cannot be used.
mod refresh;
/// How the server ends.
#[cfg(unix)]
mod stop;

use crate::support::{Workspace, decrees};

/// Three decrees, one of them in a folder, so that its id has a slash.
fn workspace() -> Workspace {
    let workspace = Workspace::new(decrees());
    workspace.write("ho-tich/so-tay.md", "+++\ntitle = \"Sổ tay hộ tịch\"\nnumber = \"05/HD-UBND\"\n+++\nĐiều 1. Thẻ căn cước\nThẻ căn cước được cấp trong 07 ngày làm việc.\n");
    workspace
}
