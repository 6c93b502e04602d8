//! Automatic numbers: lists, their levels, and the label that each paragraph in one gets.

use std::collections::HashMap;

use roxmltree::Document;
use roxmltree::Node;

use super::style::Styles;
use super::style::font;
use super::xml::attribute;
use super::xml::child;
use super::xml::name;
use super::xml::value;
use crate::extract::limit;
use crate::extract::list::LEVELS;
use crate::extract::list::List;
use crate::extract::list::Lists;
use crate::extract::number::Level;
use crate::text::Legacy;

/// All lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: Lists,
    /// The level that a definition ties to a style.
    by_style: HashMap<(String, String), usize>,
}

impl Numbering {
    pub(super) fn read(part: &Document<'_>, styles: &Styles) -> Self {
        let root = part.root_element();
        let mut numbering = Self::default();
        let definitions: HashMap<&str, Node<'_, '_>> = root
            .children()
            .filter(|node| name(*node) == "abstractNum")
            .filter_map(|node| Some((attribute(node, "abstractNumId")?, node)))
            .collect();
        let lists: HashMap<&str, Node<'_, '_>> = root
            .children()
            .filter(|node| name(*node) == "num")
            .filter_map(|node| Some((attribute(node, "numId")?, node)))
            .collect();
        for (id, list) in &lists {
            let Some(definition) = value(*list, "abstractNumId") else {
                continue;
            };
            // A definition may only point to the style whose list has the levels.
            let linked = definitions
                .get(definition)
                .and_then(|node| value(*node, "numStyleLink"))
                .and_then(|style| styles.list(Some(style)))
                .and_then(|(list, _)| value(*lists.get(list)?, "abstractNumId"));
            let definition = linked.unwrap_or(definition);
            if let Some(node) = definitions.get(definition) {
                numbering.add(id, definition, *node, *list);
            }
        }
        numbering
    }

    fn add(&mut self, id: &str, definition: &str, node: Node<'_, '_>, list: Node<'_, '_>) {
        let mut levels: Vec<Level> = (0..LEVELS).map(Level::plain).collect();
        for level in node.children().filter(|node| name(*node) == "lvl") {
            if let Some((at, read)) = read_level(level) {
                if let Some(style) = value(level, "pStyle") {
                    self.by_style
                        .insert((definition.to_owned(), style.to_owned()), at);
                }
                levels.splice(at..=at, [read]);
            }
        }
        let mut starts = Vec::new();
        for over in list.children().filter(|node| name(*node) == "lvlOverride") {
            let at = attribute(over, "ilvl").and_then(|at| at.parse::<usize>().ok());
            let Some(at) = at.filter(|&at| at < LEVELS) else {
                continue;
            };
            if let Some((at, read)) = child(over, "lvl").and_then(read_level) {
                levels.splice(at..=at, [read]);
            }
            let start = value(over, "startOverride").and_then(|start| start.parse().ok());
            starts.extend(start.map(|start| (at, start)));
        }
        let list = List {
            definition: definition.to_owned(),
            levels,
            starts,
        };
        self.lists.add(id.to_owned(), list);
    }

    /// The level that the list `id` ties to `style`.
    pub(super) fn level_of_style(&self, id: &str, style: &str) -> Option<usize> {
        let key = (self.lists.definition(id)?.to_owned(), style.to_owned());
        self.by_style.get(&key).copied()
    }

    /// Counts one paragraph on `level` of the list `id` and gives its label, with the encoding of
    /// the font it is set in.
    pub(super) fn next(&mut self, id: &str, level: usize) -> Option<(String, Option<Legacy>)> {
        self.lists.next(id, level)
    }
}

/// The level of a definition and what it says.
fn read_level(node: Node<'_, '_>) -> Option<(usize, Level)> {
    let at: usize = attribute(node, "ilvl")?.parse().ok()?;
    let number = |name: &str| value(node, name).and_then(|text| text.parse::<u32>().ok());
    let level = Level {
        format: value(node, "numFmt").unwrap_or("decimal").into(),
        text: value(node, "lvlText")
            .unwrap_or_default()
            .chars()
            .take(limit::LABEL)
            .collect(),
        start: number("start").unwrap_or(0),
        restart: number("lvlRestart"),
        is_decimal: super::xml::switch(node, "isLgl").unwrap_or(false),
        encoding: child(node, "rPr")
            .and_then(font)
            .and_then(|font| Legacy::of_font(&font)),
    };
    (at < LEVELS).then_some((at, level))
}
