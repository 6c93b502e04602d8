//! Where a document holds: bodies of a province bind that province alone (Law 72/2025/QH15).

use crate::text::fold_text;

/// How bodies of local government are called, in search form without marks.
const LOCAL: [&str; 5] = ["uy ban nhan dan", "hoi dong nhan dan", "ubnd", "hdnd", "so"];
/// Cities that are provinces; other cities lie in one.
const CITIES: [&str; 6] = [
    "ha noi",
    "ho chi minh",
    "hai phong",
    "da nang",
    "can tho",
    "hue",
];

/// The province of the body that is called `issuer`, in search form without marks; none for bodies of
/// the state and for those that do not name their province.
///
/// # Example
/// ```
/// use camnang::document::province;
/// assert_eq!(province("Ủy ban nhân dân tỉnh Gia Lai").as_deref(), Some("gia lai"));
/// assert_eq!(province("UBND Thành phố Hồ Chí Minh").as_deref(), Some("ho chi minh"));
/// assert_eq!(province("Bộ Tư pháp"), None);
/// ```
pub fn province(issuer: &str) -> Option<String> {
    let folded = |text: &str| fold_text(text, false);
    let issuer = folded(issuer);
    let is_local = LOCAL
        .iter()
        .any(|body| issuer == folded(body) || issuer.starts_with(&format!("{} ", folded(body))));
    if !is_local {
        return None;
    }
    let behind = |word: &str| {
        let (_, rest) = issuer.rsplit_once(&format!(" {} ", folded(word)))?;
        let name = rest.split([',', '(', '-', '–']).next()?.trim();
        (!name.is_empty()).then(|| name.to_owned())
    };
    behind("tỉnh")
        .or_else(|| behind("thành phố").filter(|city| CITIES.iter().any(|c| folded(c) == *city)))
}

/// A province as somebody calls it, in the form that [`province`] gives: `tỉnh Gia Lai`, `Gia Lai`.
pub fn province_named(name: &str) -> String {
    let folded = fold_text(name.trim(), false);
    let bare = ["tỉnh", "thành phố", "tp"]
        .iter()
        .find_map(|kind| folded.strip_prefix(&format!("{} ", fold_text(kind, false))));
    bare.unwrap_or(&folded).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provinces_are_read_from_local_bodies_alone() {
        for (issuer, expected) in [
            ("ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK", Some("dak lak")),
            ("Ủy ban nhân dân xã Tân An, tỉnh An Phú", Some("an phu")),
            ("Hội đồng nhân dân thành phố Đà Nẵng", Some("da nang")),
            ("Ủy ban nhân dân xã Tân An", None),
            ("Chính phủ", None),
            ("Sở Tư pháp tỉnh Gia Lai", Some("gia lai")),
            ("Ủy ban nhân dân thành phố Thủ Đức", None),
        ] {
            assert_eq!(province(issuer).as_deref(), expected, "{issuer}");
        }
        assert_eq!(province_named("Tỉnh Gia Lai"), "gia lai");
        assert_eq!(province_named("TP Huế"), "hue");
    }
}
