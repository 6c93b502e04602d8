//! Provisions that a document has by another one: `Bổ sung khoản 2a vào sau khoản 2 Điều 17`.
//!
//! Such a provision does not stand in the document itself; its words are quoted in the clause that
//! put it there. The same is so of a provision that the store's text of a document leaves out, where
//! a clause gives all of its words anew.

use crate::document::Cause;
use crate::document::Date;
use crate::document::Document;
use crate::document::Law;
use crate::document::Level;
use crate::document::Locator;
use crate::document::Relation;
use crate::document::RelationKind;
use crate::document::Step;
use crate::index;
use crate::index::Generation;
use crate::text::Span;
use crate::text::fold_text;

/// The clause that holds the words of such a provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inserted {
    /// Which clause.
    pub by: Cause,
    /// The provision that the clause is, in its own document.
    pub provision: usize,
    /// Where that lies.
    pub span: Span,
    /// Whether the clause adds the provision, and does not put other words in its place.
    pub is_new: bool,
}

/// Where the words of a provision stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Id of the document that has them.
    pub document: String,
    /// Which provision of that document.
    pub provision: usize,
    /// Where that lies.
    pub span: Span,
}

/// Where the words stand that the provision `locator` of `document` has on `day`: in the document
/// itself, or in the clause of another one that put it there.
///
/// # Errors
/// When the index cannot be read.
pub fn place(
    generation: &Generation,
    (id, document): (&str, &Document),
    locator: &Locator,
    day: Date,
) -> Result<Option<Place>, index::Error> {
    let own = document.resolve(locator);
    if let Some((at, own)) = own.and_then(|at| Some((at, document.provisions.get(at)?))) {
        return Ok(Some(Place {
            document: id.to_owned(),
            provision: at,
            span: own.span,
        }));
    }
    let clause = inserted(generation, id, locator, day)?;
    Ok(clause.map(|clause| Place {
        document: clause.by.id,
        provision: clause.provision,
        span: clause.span,
    }))
}

/// The clause in force on `day` that holds the words of the provision `locator` of document `id`.
///
/// # Errors
/// When the index cannot be read.
pub fn inserted(
    generation: &Generation,
    id: &str,
    locator: &Locator,
    day: Date,
) -> Result<Option<Inserted>, index::Error> {
    let law = generation.law();
    if law.state(id, locator, day).is_void() {
        return Ok(None);
    }
    let Some((by, relation)) = latest(law, id, locator, day) else {
        return Ok(None);
    };
    if law.state(&by.id, &relation.locator, day).is_void() {
        return Ok(None);
    }
    let Some((_, document)) = generation.document(&by.id)? else {
        return Ok(None);
    };
    let clause = document.provisions.get(relation.provision);
    // What is stated in the manifest may name no clause; then all of the document would be quoted.
    let clause = clause.filter(|clause| {
        relation.provision > 0 && quotes(document.slice(clause.span), locator.steps.first())
    });
    let said = fold_text(document.slice(relation.span), false);
    Ok(clause.map(|clause| Inserted {
        by,
        provision: relation.provision,
        span: clause.span,
        is_new: !said.contains("sua doi"),
    }))
}

/// The last clause before `day` that changed this very provision, whoever holds its words.
fn latest<'l>(
    law: &'l Law,
    id: &str,
    locator: &Locator,
    day: Date,
) -> Option<(Cause, &'l Relation)> {
    let changes = law.causes(id, locator, RelationKind::Amends, day);
    changes.into_iter().rev().find_map(|by| {
        let relation = law.relation(&by)?;
        let is_same = |own: &Locator| own.covers(locator) && locator.covers(own);
        let is_meant = relation.target.locators.iter().any(is_same);
        is_meant.then_some((by, relation))
    })
}

/// Whether `clause` quotes a provision that begins with the number of `step`, and does not only name it
/// above what is changed inside of it.
fn quotes(clause: &str, step: Option<&Step>) -> bool {
    let (Some(step), Some((_, quoted))) = (step, clause.split_once(['“', '"'])) else {
        return false;
    };
    let (number, ends): (String, &[char]) = match step.level {
        Level::Clause | Level::Point | Level::Subpoint => (step.label.clone(), &['.', ')']),
        _ => (step.to_string(), &['.', ':', ' ']),
    };
    quoted.lines().any(|line| {
        let line = line.trim_start_matches(['“', '"', '*', ' ']);
        line.strip_prefix(&number)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(ends))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_quoted(clause: &str, locator: &str) -> bool {
        let locator: Locator = locator.parse().unwrap();
        quotes(clause, locator.steps.first())
    }

    #[test]
    fn clause_with_the_words_of_a_provision_is_told_from_one_that_names_it() {
        let clause = "2. Bổ sung khoản 2a và khoản 2b vào sau khoản 2 Điều 17 như sau:\n“2a. Danh tính \
                      được xác thực.\n2b. Người khuyết tật được miễn.”.";
        for locator in ["khoản 2a Điều 17", "khoản 2b Điều 17"] {
            assert!(is_quoted(clause, locator), "{locator}");
        }
        for locator in ["khoản 2 Điều 17", "Điều 17", "điểm a khoản 2a Điều 17"] {
            assert!(!is_quoted(clause, locator), "{locator}");
        }
        assert!(!is_quoted(
            "2. Thay cụm từ “cấp huyện” bằng cụm từ “cấp xã” tại khoản 2 Điều 17.",
            "khoản 2 Điều 17"
        ));
        let article = "Điều 8. Sửa đổi Điều 17\n1. Bổ sung Điều 17a như sau: “Điều 17a. Xác thực\n1. Danh \
                       tính được xác thực:\na) Bằng thẻ.”.";
        assert!(is_quoted(article, "Điều 17a"));
        assert!(is_quoted(article, "điểm a khoản 1 Điều 17a"));
        assert!(!is_quoted(article, "Điều 17"));
    }
}
