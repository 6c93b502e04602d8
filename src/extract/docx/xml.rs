//! Looking things up in a part, by local names: the transitional and the strict form of the
//! format differ in their name spaces only.

use roxmltree::Node;

/// The local name of an element; empty for text.
pub(super) fn name<'a>(node: Node<'a, '_>) -> &'a str {
    node.tag_name().name()
}

/// The first child element of that name.
pub(super) fn child<'a, 'd>(node: Node<'a, 'd>, wanted: &str) -> Option<Node<'a, 'd>> {
    node.children().find(|child| name(*child) == wanted)
}

/// The value of an attribute, whatever its name space.
pub(super) fn attribute<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| attribute.name() == wanted)
        .map(|attribute| attribute.value())
}

/// The `val` of the first child of that name: `<w:ilvl w:val="0"/>`.
pub(super) fn value<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    attribute(child(node, wanted)?, "val")
}

/// Whether a switch such as `<w:vanish/>` is there and on; `None` where it is not there.
pub(super) fn switch(node: Node<'_, '_>, wanted: &str) -> Option<bool> {
    let child = child(node, wanted)?;
    Some(!matches!(
        attribute(child, "val"),
        Some("0" | "false" | "off" | "none")
    ))
}
