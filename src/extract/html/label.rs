//! Numbers of lists: they are in no text, and only the attributes of a list say how they look.

use scraper::ElementRef;

use crate::extract::number::NumberFormat;

/// How a list or an item of one says that its numbers are written, if it does.
pub(super) fn stated(element: ElementRef<'_>) -> Option<NumberFormat> {
    let style = element.value().attr("style").and_then(styled);
    // A style goes before the attribute that it took the place of.
    style.or_else(|| match element.value().attr("type")?.trim() {
        "1" => Some(NumberFormat::Decimal),
        "a" => Some(NumberFormat::LowerLetter),
        "A" => Some(NumberFormat::UpperLetter),
        "i" => Some(NumberFormat::LowerRoman),
        "I" => Some(NumberFormat::UpperRoman),
        _ => None,
    })
}

/// From `list-style-type: lower-alpha` or `list-style: none inside`; of several the last counts.
fn styled(style: &str) -> Option<NumberFormat> {
    let style = style.to_ascii_lowercase();
    let of = |declaration: &str| {
        let (name, value) = declaration.split_once(':')?;
        matches!(name.trim(), "list-style" | "list-style-type")
            .then(|| value.split([' ', '\t', '\n', '!']).find_map(named))?
    };
    style.rsplit(';').find_map(of)
}

/// By its name in a style.
fn named(name: &str) -> Option<NumberFormat> {
    Some(match name {
        "decimal" => NumberFormat::Decimal,
        "decimal-leading-zero" => NumberFormat::DecimalZero,
        "lower-alpha" | "lower-latin" => NumberFormat::LowerLetter,
        "upper-alpha" | "upper-latin" => NumberFormat::UpperLetter,
        "lower-roman" => NumberFormat::LowerRoman,
        "upper-roman" => NumberFormat::UpperRoman,
        "disc" | "circle" | "square" => NumberFormat::Bullet,
        "none" => NumberFormat::None,
        _ => return None,
    })
}

/// The number that the attribute `name` gives: where a list starts, or that of an item.
pub(super) fn number(element: ElementRef<'_>, name: &str) -> Option<u32> {
    element.value().attr(name)?.trim().parse().ok()
}

/// What stands before an item: `1. `, `a) `; nothing where a page shows no number.
pub(super) fn written(format: NumberFormat, number: u32) -> String {
    let end = match format {
        NumberFormat::None | NumberFormat::Bullet => return String::new(),
        NumberFormat::LowerLetter => ')',
        _ => '.',
    };
    format!("{}{end} ", format.write(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_tell_how_numbers_look() {
        for (style, expected) in [
            ("list-style-type:lower-alpha", NumberFormat::LowerLetter),
            ("margin: 0; LIST-STYLE: inside None", NumberFormat::None),
            (
                "list-style-type: disc; list-style-type: upper-roman!important",
                NumberFormat::UpperRoman,
            ),
        ] {
            assert_eq!(styled(style), Some(expected), "{style}");
        }
        for style in [
            "",
            "list-style-type: inherit",
            "list-style-image: none",
            "color",
        ] {
            assert_eq!(styled(style), None, "{style}");
        }
    }

    #[test]
    fn only_numbers_that_are_shown_are_written() {
        assert_eq!(written(NumberFormat::Decimal, 4), "4. ");
        assert_eq!(written(NumberFormat::LowerLetter, 2), "b) ");
        assert_eq!(written(NumberFormat::None, 1), "");
        assert_eq!(written(NumberFormat::Bullet, 1), "");
    }
}
