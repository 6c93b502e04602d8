//! Styles: what a paragraph or run takes from the style it is in and from those below that.

use std::collections::HashMap;

use roxmltree::Document;
use roxmltree::Node;

use super::xml::attribute;
use super::xml::child;
use super::xml::name;
use super::xml::switch;
use super::xml::value;

/// How many styles may be based on one another.
const CHAIN_MAX: usize = 32;

/// What a style says of itself.
#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    name: String,
    num_id: Option<String>,
    level: Option<usize>,
    outline: Option<u8>,
    font: Option<String>,
    hidden: Option<bool>,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    default_paragraph: Option<String>,
    default_font: Option<String>,
}

impl Styles {
    pub(super) fn read(part: &Document<'_>) -> Self {
        let root = part.root_element();
        let defaults = child(root, "docDefaults").and_then(|d| child(d, "rPrDefault"));
        let mut styles = Self {
            default_font: defaults.and_then(|d| child(d, "rPr")).and_then(font),
            ..Self::default()
        };
        for node in root.children().filter(|node| name(*node) == "style") {
            let Some(id) = attribute(node, "styleId") else {
                continue;
            };
            let is_default = matches!(attribute(node, "default"), Some("1" | "true"));
            if is_default && attribute(node, "type") == Some("paragraph") {
                styles.default_paragraph = Some(id.to_owned());
            }
            styles.by_id.insert(id.to_owned(), Style::read(node));
        }
        styles
    }

    /// The style of that id, the one it is based on, and so on.
    fn chain<'s>(&'s self, id: Option<&str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let first = id.or(self.default_paragraph.as_deref());
        let first = first.and_then(|id| self.by_id.get_key_value(id));
        let next = |(_, style): &(&'s String, &'s Style)| {
            self.by_id.get_key_value(style.based_on.as_ref()?)
        };
        std::iter::successors(first, next)
            .take(CHAIN_MAX)
            .map(|(id, style)| (id.as_str(), style))
    }

    /// The list a style puts its paragraphs in, and the level.
    pub(super) fn list(&self, id: Option<&str>) -> Option<(&str, Option<usize>)> {
        let level = self.chain(id).find_map(|(_, style)| style.level);
        self.chain(id)
            .find_map(|(_, style)| Some((style.num_id.as_deref()?, level)))
    }

    /// The style of that id, the one it is based on, and so on down to the one that names the list:
    /// a definition may tie a level to any of them.
    pub(super) fn in_list<'s>(&'s self, id: Option<&str>) -> impl Iterator<Item = &'s str> {
        let last = self.chain(id).position(|(_, style)| style.num_id.is_some());
        let n_styles = last.map_or(0, |last| last + 1);
        self.chain(id).take(n_styles).map(|(id, _)| id)
    }

    /// The level of the heading a style makes, from 1.
    pub(super) fn outline(&self, id: Option<&str>) -> Option<u8> {
        self.chain(id).find_map(|(_, style)| style.outline)
    }

    /// Whether the paragraphs of a style are lines of a table of contents.
    pub(super) fn is_contents(&self, id: Option<&str>) -> bool {
        let number = |style: &Style| {
            let rest = style.name.strip_prefix("toc ")?;
            rest.parse::<u8>().ok()
        };
        id.is_some() && self.chain(id).any(|(_, style)| number(style).is_some())
    }

    /// The font of a run in these styles.
    pub(super) fn font(&self, run: Option<&str>, paragraph: Option<&str>) -> Option<&str> {
        let of_run = run
            .into_iter()
            .flat_map(|id| self.chain(Some(id)))
            .find_map(|(_, style)| style.font.as_deref());
        of_run
            .or_else(|| {
                self.chain(paragraph)
                    .find_map(|(_, style)| style.font.as_deref())
            })
            .or(self.default_font.as_deref())
    }

    /// Whether text in these styles is hidden.
    pub(super) fn hides(&self, run: Option<&str>, paragraph: Option<&str>) -> bool {
        let of_run = run
            .into_iter()
            .flat_map(|id| self.chain(Some(id)))
            .find_map(|(_, style)| style.hidden);
        let of_paragraph = || self.chain(paragraph).find_map(|(_, style)| style.hidden);
        of_run.or_else(of_paragraph).unwrap_or(false)
    }
}

impl Style {
    fn read(node: Node<'_, '_>) -> Self {
        let paragraph = child(node, "pPr");
        let run = child(node, "rPr");
        let list = paragraph.and_then(|p| child(p, "numPr"));
        let name = value(node, "name").unwrap_or_default().to_lowercase();
        Self {
            based_on: value(node, "basedOn").map(str::to_owned),
            num_id: list.and_then(|l| value(l, "numId")).map(str::to_owned),
            level: list
                .and_then(|l| value(l, "ilvl"))
                .and_then(|level| level.parse().ok()),
            outline: paragraph
                .and_then(outline)
                .or((name == "title").then_some(1)),
            font: run.and_then(font),
            hidden: run.and_then(|r| switch(r, "vanish")),
            name,
        }
    }
}

/// The level of the heading that paragraph properties make, from 1.
pub(super) fn outline(properties: Node<'_, '_>) -> Option<u8> {
    let level: u8 = value(properties, "outlineLvl")?.parse().ok()?;
    (level < 6).then_some(level + 1)
}

/// The font of Western letters in run properties: the old encodings are made of those.
pub(super) fn font(properties: Node<'_, '_>) -> Option<String> {
    let fonts = child(properties, "rFonts")?;
    let found = attribute(fonts, "hAnsi").or_else(|| attribute(fonts, "ascii"))?;
    Some(found.to_owned())
}
