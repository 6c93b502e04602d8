//! Why nothing of a file could be read.

/// Why nothing of a file could be read, and what its sender or the operator can do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExtractError {
    /// It wants a password.
    #[error("is encrypted; remove the password and save it again")]
    Encrypted,
    /// It breaks off, or its parts contradict each other.
    #[error("is damaged: {reason}; ask for it again or save it anew")]
    Damaged {
        /// What is wrong with it.
        reason: String,
    },
    /// It, or what is packed in it, is beyond a limit.
    #[error("{what} is too large: the limit is {limit}")]
    TooLarge {
        /// What is too large: `the file`, `what it unpacks to`, `the number of its entries`.
        what: &'static str,
        /// The limit, in bytes or entries.
        limit: u64,
    },
    /// A program that is not installed would read it.
    #[error("needs `{program}`; install it with `{install}`")]
    Needs {
        /// Name of the program.
        program: &'static str,
        /// The command that installs it on Debian.
        install: &'static str,
    },
    /// There is no reader for what it is.
    #[error("is {found}")]
    Unsupported {
        /// What it is and what to do: `an RTF file; save it as .docx`.
        found: &'static str,
    },
    /// It is neither UTF-8 nor of any other encoding that can be told for certain.
    #[error("is not UTF-8 (byte {at}) and of no encoding that is recognised; save it as UTF-8")]
    UnknownEncoding {
        /// Offset of the first byte that is not UTF-8.
        at: usize,
    },
}
