//! Parts that would take hours to parse, found before anything parses them.
//!
//! The library compares each attribute of an element with all before it, and where an element
//! declares a name space, all that hold there with one another. Both are told here by the quotes in
//! the tags, which end up to where the library finds an error just where it ends them.

use std::collections::HashSet;

use crate::extract::ExtractError;
use crate::extract::limit;

/// How what is no tag starts behind its `<`, and how it ends.
const OTHERS: [(&str, &str); 3] = [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>")];

/// What the tags of a part declare.
#[derive(Default)]
struct Declared<'t> {
    n_times: usize,
    names: HashSet<&'t str>,
}

/// Counts the attributes of each element and the name spaces of all.
///
/// # Errors
/// When there are more than any program writes.
pub(super) fn check(text: &str) -> Result<(), ExtractError> {
    let mut declared = Declared::default();
    let mut rest = text;
    while let Some((_, inner)) = rest.split_once('<') {
        let other = OTHERS
            .into_iter()
            .find_map(|(start, end)| Some((inner.strip_prefix(start)?, end)));
        rest = match other {
            Some((inner, end)) => behind(inner, end),
            None => behind_tag(inner, &mut declared)?,
        };
    }
    Ok(())
}

/// What stands behind the first `end` in `text`.
fn behind<'t>(text: &'t str, end: &str) -> &'t str {
    text.split_once(end).map_or("", |(_, rest)| rest)
}

/// What stands behind the tag that `text` starts with.
fn behind_tag<'t>(text: &'t str, declared: &mut Declared<'t>) -> Result<&'t str, ExtractError> {
    let mut rest = text;
    for _ in 0..=limit::XML_ATTRIBUTES {
        let at = rest.find(['"', '\'', '>']);
        let Some((before, after)) = at.and_then(|at| rest.split_at_checked(at)) else {
            return Ok("");
        };
        if let Some(rest) = after.strip_prefix('>') {
            return Ok(rest);
        }
        declared.add(before)?;
        let (quote, value) = match after.strip_prefix('"') {
            Some(value) => ("\"", value),
            None => ("'", after.strip_prefix('\'').unwrap_or_default()),
        };
        rest = behind(value, quote);
    }
    Err(ExtractError::TooLarge {
        what: "the number of attributes of an element in it",
        limit: limit::XML_ATTRIBUTES as u64,
    })
}

impl<'t> Declared<'t> {
    /// Looks at what stands `before` the value of an attribute.
    fn add(&mut self, before: &'t str) -> Result<(), ExtractError> {
        let name = before.trim_end().trim_end_matches('=').trim_end();
        let name = name.rsplit(char::is_whitespace).next().unwrap_or_default();
        if !name.starts_with("xmlns") {
            return Ok(());
        }
        self.n_times += 1;
        self.names.insert(name);
        let (found, limit) = if self.names.len() > limit::XML_NAMESPACES {
            (self.names.len(), limit::XML_NAMESPACES)
        } else {
            (self.n_times, limit::XML_DECLARATIONS)
        };
        if found <= limit {
            return Ok(());
        }
        Err(ExtractError::TooLarge {
            what: "the number of name spaces in it",
            limit: limit as u64,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_of_each_element_are_counted() {
        let attributes = |n: usize| {
            let all: Vec<String> = (0..n).map(|n| format!(" a{n}='>'")).collect();
            all.concat()
        };
        let most = attributes(limit::XML_ATTRIBUTES);
        for text in [
            format!("<?xml a=\"?><a{most}><b{most}/>'\"</a>"),
            format!("<a><!-- it's <b{most} {most} --><![CDATA[<b {most} {most}>]]></a>"),
            "<a b=\"".to_owned(),
            "<a><!--".to_owned(),
            String::new(),
        ] {
            assert_eq!(check(&text), Ok(()), "{text}");
        }
        let one_more = attributes(limit::XML_ATTRIBUTES + 1);
        for text in [
            format!("<a{one_more}/>"),
            format!("<a><!-- \" --><b{one_more}"),
        ] {
            assert!(check(&text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_of_name_spaces_are_counted_in_all_elements() {
        let declared = |n_names: usize, n_times: usize| {
            let one = |n: usize| format!("<a xmlns:n{} = \"n\" b='c'/>", n % n_names);
            let all: Vec<String> = (0..n_times).map(one).collect();
            all.concat()
        };
        let (n_names, n_times) = (limit::XML_NAMESPACES, limit::XML_DECLARATIONS);
        assert_eq!(check(&declared(n_names, n_times)), Ok(()));
        assert!(check(&declared(n_names + 1, n_names + 1)).is_err());
        assert!(check(&declared(1, n_times + 1)).is_err());
    }
}
