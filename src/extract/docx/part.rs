//! The parts of the package that hold text, found by their relations and not by their names.

use crate::extract::ExtractError;
use crate::extract::limit;
use crate::extract::package::Package;

/// The XML of the parts that are read.
pub(super) struct Parts {
    pub(super) document: String,
    pub(super) styles: Option<String>,
    pub(super) numbering: Option<String>,
    pub(super) footnotes: Option<String>,
    pub(super) endnotes: Option<String>,
    pub(super) has_macros: bool,
}

impl Parts {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ExtractError> {
        let mut package = Package::open(bytes)?;
        let main = target(&mut package, "", "officeDocument")?
            .unwrap_or_else(|| "word/document.xml".to_owned());
        let document = text(&mut package, &main)?.ok_or_else(|| ExtractError::Damaged {
            reason: format!("it has no `{main}`"),
        })?;
        let mut part = |kind: &str| -> Result<Option<String>, ExtractError> {
            match target(&mut package, &main, kind)? {
                Some(path) => text(&mut package, &path),
                None => Ok(None),
            }
        };
        Ok(Self {
            styles: part("styles")?,
            numbering: part("numbering")?,
            footnotes: part("footnotes")?,
            endnotes: part("endnotes")?,
            has_macros: package
                .names()
                .iter()
                .any(|name| name.ends_with("vbaProject.bin")),
            document,
        })
    }
}

/// The path of the part that `source` is related to by `kind`; `source` is empty for the package.
fn target(
    package: &mut Package<'_>,
    source: &str,
    kind: &str,
) -> Result<Option<String>, ExtractError> {
    let (folder, file) = source.rsplit_once('/').unwrap_or(("", source));
    let prefix = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let Some(relations) = text(package, &format!("{prefix}_rels/{file}.rels"))? else {
        return Ok(None);
    };
    let tree = super::parse(&relations)?;
    let found = tree.descendants().find(|node| {
        node.attribute("Type")
            .is_some_and(|r#type| r#type.rsplit('/').next() == Some(kind))
    });
    let path = found.and_then(|node| node.attribute("Target"));
    Ok(path.map(|path| match path.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{prefix}{path}"),
    }))
}

fn text(package: &mut Package<'_>, name: &str) -> Result<Option<String>, ExtractError> {
    let Some(bytes) = package.entry(name, limit::XML_BYTES)? else {
        return Ok(None);
    };
    // UTF-16 is allowed and marked; everything else is UTF-8.
    let (text, _, malformed) = encoding_rs::UTF_8.decode(&bytes);
    if malformed {
        return Err(ExtractError::Damaged {
            reason: format!("`{name}` in it is not valid text"),
        });
    }
    Ok(Some(text.into_owned()))
}
