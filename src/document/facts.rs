//! Facts: what a text says about itself.

use crate::document::Date;
use crate::document::DocumentKind;
use crate::document::DocumentNumber;

/// What a document says about itself; a field that it does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Số ký hiệu.
    pub number: Option<DocumentNumber>,
    /// The kind of document.
    pub kind: Option<DocumentKind>,
    /// Cơ quan ban hành, as printed.
    pub issuer: Option<String>,
    /// The day it was issued.
    pub issued: Option<Date>,
    /// Trích yếu, as printed, on one line.
    pub title: Option<String>,
    /// The first day it is in force.
    pub effective: Option<Date>,
}

impl Facts {
    /// Takes from `other` what is missing.
    pub(super) fn fill(&mut self, other: Self) {
        self.number = self.number.take().or(other.number);
        self.kind = self.kind.or(other.kind);
        self.issuer = self.issuer.take().or(other.issuer);
        self.issued = self.issued.or(other.issued);
        self.title = self.title.take().or(other.title);
        self.effective = self.effective.or(other.effective);
    }
}
