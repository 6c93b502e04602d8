//! The small words around the names of documents.

use crate::document::relation::verb::Words;

/// Words between a locator and the name of its document, and before either; search form.
const FILLERS: [&str; 30] = [
    "cac", "nhung", "qui", "dinh", "tai", "cua", "thuoc", "toan", "bo", "noi", "dung", "ban",
    "hanh", "kem", "theo", "doi", "voi", "va", "hoac", "mot", "so", "tu", "nghi", "quyet", "thong",
    "luat", "lien", "tich", "van", "cho",
];

/// What the part of a document is called that has no address; search form.
const NOUNS: [&str; 21] = [
    "qui dinh",
    "qui trinh",
    "qui che",
    "noi dung",
    "danh muc",
    "phu luc",
    "bieu mau",
    "mau",
    "chuong trinh",
    "dieu le",
    "chuong",
    "muc",
    "phan",
    "cac",
    "toan bo",
    "mot phan",
    "cum tu",
    "tu",
    "nhung",
    "van ban",
    "bieu",
];

/// Words that end a description with `theo`, before which nothing is acted on.
const SOURCES: [&str; 9] = [
    "theo",
    "boi",
    "can cu",
    "theo qui dinh tai",
    "theo qui dinh cua",
    "theo qui dinh",
    "qui dinh tai qui dinh",
    "thuc hien theo",
    "cung voi",
];

/// Whether only filling words and list signs stand in `text`.
pub(in crate::document) fn links(text: &str) -> bool {
    let words = Words::of(text, 0);
    let no_stop = !text.contains(['.', ':', '~']);
    no_stop
        && words
            .bare
            .iter()
            .all(|word| FILLERS.contains(&word.as_str()))
}

/// Whether the words before a name only tell where something is laid down: `theo Nghị định …`.
pub(in crate::document) fn is_source(gap: &str) -> bool {
    let bare = Words::of(gap, 0).bare.join(" ");
    !bare.ends_with("kem theo")
        && SOURCES.iter().any(|source| {
            bare.strip_suffix(source)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        })
}

/// Whether the words before a name join it to the one before: `, `, ` và `.
pub(in crate::document) fn joins(gap: &str) -> bool {
    let words = Words::of(gap, 0);
    let mut bare = words.bare.as_slice();
    while let Some((last, rest)) = bare.split_last()
        && matches!(
            last.as_str(),
            "cac" | "tai" | "dinh" | "qui" | "nhung" | "toan" | "bo"
        )
        && rest.len() + 4 > words.bare.len()
    {
        bare = rest;
    }
    let sign = words
        .spans
        .get(bare.len().wrapping_sub(1))
        .map_or(gap, |span| gap.get(span.end..).unwrap_or_default());
    let is_signed = sign.trim_start().starts_with([',', ';']);
    is_signed
        || bare
            .last()
            .is_some_and(|word| matches!(word.as_str(), "va" | "hoac"))
}

/// Whether the words before a name say that a part of the document is meant.
pub(in crate::document) fn names_part(gap: &str) -> bool {
    let words = Words::of(gap, 0).bare;
    let is_some = words
        .windows(2)
        .any(|pair| pair == ["mot", "so"] || pair == ["mot", "phan"]);
    let is_named = words.iter().any(|word| !FILLERS.contains(&word.as_str()));
    is_some || is_named
}

/// Whether a clause may begin with these words before the first document it names.
pub(in crate::document) fn may_open(gap: &str) -> bool {
    if links(gap) {
        return true;
    }
    let bare = Words::of(gap, 0).bare.join(" ");
    NOUNS.iter().any(|noun| {
        bare.strip_prefix(noun)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// Whether the words speak of one content and not of provisions: `các nội dung quy định về thuế tại các
/// khoản sau đây`.
pub(in crate::document) fn names_content(words: &[String]) -> bool {
    let is_about =
        |pair: &[String]| matches!(pair.join(" ").as_str(), "qui dinh ve" | "noi dung ve");
    let about = words.windows(3).position(is_about);
    let behind = about.and_then(|at| words.get(at + 3..)).unwrap_or_default();
    behind.iter().any(|word| word == "tai" || word == "trong")
}

/// Whether the words announce a list of other documents: `các văn bản sau đây`.
pub(in crate::document) fn lists(words: &[String]) -> bool {
    let kinds = ["van ban", "nghi dinh", "thong tu", "quyet dinh"];
    let names = |pair: &[String]| kinds.contains(&pair.join(" ").as_str());
    words.windows(2).any(names)
}

/// Whether the words speak of documents or provisions that are listed below.
pub(in crate::document) fn announces(words: &[String]) -> bool {
    let has = |phrase: &[&str]| words.windows(phrase.len()).any(|window| window == phrase);
    let names = [
        &["van", "ban"][..],
        &["qui", "dinh"],
        &["nghi", "dinh"],
        &["thong", "tu"],
        &["quyet", "dinh"],
        &["nghi", "quyet"],
        &["hieu", "luc"],
        &["dieu", "khoan"],
    ];
    names.iter().any(|name| has(name))
}
