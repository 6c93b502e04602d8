//! Kinds of documents: Nghị định, Thông tư, Luật …

use crate::text::fold_word;
use crate::text::words;

/// What kind of document a text is.
///
/// The legal normative kinds follow the Law on Promulgation of Legal Documents (64/2025/QH15), the
/// administrative ones Decree 30/2020/NĐ-CP, Article 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentKind {
    /// Bộ luật.
    Code,
    /// Luật.
    Law,
    /// Pháp lệnh.
    Ordinance,
    /// Nghị quyết.
    Resolution,
    /// Nghị định.
    Decree,
    /// Quyết định.
    Decision,
    /// Thông tư liên tịch.
    JointCircular,
    /// Thông tư.
    Circular,
    /// Chỉ thị.
    Directive,
    /// Văn bản hợp nhất: a text with its amendments worked in.
    Consolidation,
    /// Kế hoạch.
    Plan,
    /// Hướng dẫn.
    Guidance,
    /// Công văn.
    OfficialLetter,
    /// Công điện.
    Dispatch,
    /// Thông báo.
    Notice,
    /// Kết luận.
    Conclusion,
    /// Báo cáo.
    Report,
    /// Quy chế.
    Rules,
    /// Quy định.
    Regulation,
}

/// One row per kind: its name, its name in bare search form, the codes in document numbers and the
/// short forms in questions (bare search form).
type Row = (
    DocumentKind,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

/// Longer names stand before those they contain.
const ROWS: [Row; 19] = [
    (
        DocumentKind::Consolidation,
        "Văn bản hợp nhất",
        &["van", "ban", "hop", "nhat"],
        &["vbhn"],
    ),
    (
        DocumentKind::JointCircular,
        "Thông tư liên tịch",
        &["thong", "tu", "lien", "tich"],
        &["ttlt"],
    ),
    (
        DocumentKind::Circular,
        "Thông tư",
        &["thong", "tu"],
        &["tt"],
    ),
    (
        DocumentKind::Decree,
        "Nghị định",
        &["nghi", "dinh"],
        &["nd"],
    ),
    (
        DocumentKind::Resolution,
        "Nghị quyết",
        &["nghi", "quyet"],
        &["nq"],
    ),
    (
        DocumentKind::Decision,
        "Quyết định",
        &["quyet", "dinh"],
        &["qd"],
    ),
    (DocumentKind::Code, "Bộ luật", &["bo", "luat"], &["bl"]),
    (DocumentKind::Law, "Luật", &["luat"], &["l"]),
    (
        DocumentKind::Ordinance,
        "Pháp lệnh",
        &["phap", "lenh"],
        &["pl"],
    ),
    (DocumentKind::Directive, "Chỉ thị", &["chi", "thi"], &["ct"]),
    (DocumentKind::Plan, "Kế hoạch", &["ke", "hoach"], &["kh"]),
    (
        DocumentKind::Guidance,
        "Hướng dẫn",
        &["huong", "dan"],
        &["hd"],
    ),
    (
        DocumentKind::OfficialLetter,
        "Công văn",
        &["cong", "van"],
        &["cv"],
    ),
    (
        DocumentKind::Dispatch,
        "Công điện",
        &["cong", "dien"],
        &["cd"],
    ),
    (
        DocumentKind::Notice,
        "Thông báo",
        &["thong", "bao"],
        &["tb"],
    ),
    (
        DocumentKind::Conclusion,
        "Kết luận",
        &["ket", "luan"],
        &["kl"],
    ),
    (DocumentKind::Report, "Báo cáo", &["bao", "cao"], &["bc"]),
    (DocumentKind::Rules, "Quy chế", &["qui", "che"], &["qc"]),
    (
        DocumentKind::Regulation,
        "Quy định",
        &["qui", "dinh"],
        &["qyd"],
    ),
];

impl DocumentKind {
    /// The Vietnamese name.
    pub fn name(self) -> &'static str {
        ROWS.iter()
            .find(|row| row.0 == self)
            .map_or("", |row| row.1)
    }

    /// The kind whose full name is `name`.
    ///
    /// # Example
    /// ```
    /// use camnang::document::DocumentKind;
    /// assert_eq!(DocumentKind::of_name("Nghị định"), Some(DocumentKind::Decree));
    /// ```
    pub fn of_name(name: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// The kind that a text names at its very start, with or without marks, and how many words the
    /// name has.
    pub fn named_at_start(text: &str) -> Option<(Self, usize)> {
        Self::starting(text)
    }

    /// As [`Self::named_at_start`].
    pub(super) fn starting(text: &str) -> Option<(Self, usize)> {
        let bare: Vec<String> = words(text)
            .take(4)
            .map(|(word, _)| fold_word(word).bare)
            .collect();
        let names = |row: &&Row| {
            row.2
                .iter()
                .enumerate()
                .all(|(at, word)| bare.get(at).is_some_and(|b| b == word))
        };
        ROWS.iter().find(names).map(|row| (row.0, row.2.len()))
    }

    /// The kind that the last of `words` name, as full name or short form.
    pub(super) fn ending(words: &[String]) -> Option<Self> {
        let names = |row: &&Row| {
            let full = row.2.len() <= words.len()
                && words[words.len() - row.2.len()..]
                    .iter()
                    .zip(row.2)
                    .all(|(a, b)| a == b);
            let is_short = |short: &&str| words.last().is_some_and(|word| word == short);
            full || row.3.iter().any(|short| short.len() > 1 && is_short(short))
        };
        ROWS.iter().find(names).map(|row| row.0)
    }

    /// The kind that a code in a document number stands for (`NĐ` of `NĐ-CP`).
    pub(super) fn of_code(code: &str) -> Option<Self> {
        let bare = fold_word(code).bare;
        ROWS.iter()
            .find(|row| row.3.contains(&bare.as_str()))
            .map(|row| row.0)
    }
}
