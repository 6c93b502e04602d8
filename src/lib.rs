//! Cẩm nang: cited answers from Vietnamese guidance documents.
//!
//! A commune officer asks in Vietnamese, formally, in slang or without diacritics; the answer is
//! made of verbatim spans of the stored documents, each with its điểm – khoản – điều, or it says
//! that the store has none. Every answer is recorded before it is shown, so that a trainer can
//! judge it later. New documents are taken in while questions keep being answered.
//!
//! # Three journeys
//!
//! 1. **Ask** ([`qa`]): [`rank::Question`] understands the words, [`rank::rank`] finds passages,
//!    [`answer::compose`] chooses spans, [`answer::verify`] proves them, [`audit::Record`] keeps the
//!    answer.
//! 2. **Audit** ([`audit`], [`http`]): open an answer, compare each citation with its source, record
//!    a verdict, export. What was found right becomes a gold question ([`corpus::Gold`]), and the next
//!    question like it is answered by the same provisions ([`answer::Precedent`]).
//! 3. **Rebuild** ([`rebuild`]): [`corpus::scan`] reads the folder through [`extract::extract`],
//!    [`document::parse`] finds the structure, [`index::Builder`] writes a generation beside the live one and swaps it in.
//!
//! # Layers
//!
//! A module imports only modules on a lower layer; a test enforces the table.
//!
//! | layer | modules |
//! |---|---|
//! | 0 | [`text`] canonical and search form, abbreviations, sentences, masking · [`config`] settings |
//! | 1 | [`document`] structure, locators, numbers, facts, passages, relations, validity · [`extract`] files to canonical text |
//! | 2 | [`corpus`] sources · [`index`] tantivy and generations · [`embed`] sentence vectors · [`answer`] composing and proving · [`audit`] the record |
//! | 3 | [`doctor`] what looks wrong in a source · [`rank`] question to hits · [`wire`] JSON shapes |
//! | 4 | [`rebuild`] corpus to generation · [`qa`] question to recorded answer |
//! | 5 | [`eval`] labelled questions to figures · [`http`] interface and pages |
//! | 6 | [`cli`] commands |
//!
//! # From a text to a cited provision
//!
//! ```
//! use camnang::document;
//! use camnang::text::canonicalise;
//!
//! let text = canonicalise("Điều 5. Thời hạn\r\n1. Đăng ký khai sinh trong 60 ngày.\r\n2. Khai tử trong 15 ngày.");
//! let document = document::parse(&text);
//! let clause = document.resolve(&"khoản 1 Điều 5".parse()?).ok_or("no such provision")?;
//! let span = document.provisions[clause].span;
//! assert_eq!(document.slice(span).trim(), "1. Đăng ký khai sinh trong 60 ngày.");
//! assert_eq!(document.locator(clause).to_string(), "khoản 1 Điều 5");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod answer;
pub mod audit;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod doctor;
pub mod document;
pub mod embed;
pub mod eval;
pub mod extract;
pub mod http;
pub mod index;
pub mod qa;
pub mod rank;
pub mod rebuild;
pub mod text;
pub mod wire;
