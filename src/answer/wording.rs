//! Every Vietnamese phrase of an answer that is ours and not the source's.

use crate::document::Date;
use crate::document::EventKind;
use crate::document::Locator;
use crate::document::RelationKind;

/// Parts of a text that are named where many were struck.
const N_PARTS_MAX: usize = 3;

/// Before statements that do not answer but stand near the question, with what to do next.
pub const ABSTAINED: &str = "Chưa tìm thấy nội dung trả lời câu hỏi này trong kho tài liệu. Đề nghị hỏi lại, ghi rõ tên thủ tục hoặc số, ký hiệu văn bản; hoặc tra cứu Cơ sở dữ liệu quốc gia về văn bản pháp luật, hỏi cơ quan chuyên môn cấp tỉnh có thẩm quyền.";
/// When the question names nothing that could be searched for.
pub const NOTHING_ASKED: &str = "Câu hỏi chưa nêu rõ nội dung cần tra cứu. Đề nghị ghi rõ thủ tục, văn bản hoặc vấn đề cần hỏi.";
/// When the store is empty.
pub const EMPTY_STORE: &str =
    "Kho tài liệu hiện chưa có văn bản nào. Đề nghị báo người quản trị bổ sung văn bản.";

/// That what is cited answers a question like the one asked.
pub fn precedent(question: &str) -> String {
    format!("Căn cứ dưới đây đã được xác nhận cho câu hỏi tương tự: «{question}»")
}

/// A document that is neither stored nor named in any stored text.
pub fn no_such_document(mention: &str) -> String {
    format!(
        "Kho tài liệu không có văn bản «{mention}» và không có tài liệu nào nhắc đến văn bản này. Đề nghị kiểm tra lại số, ký hiệu."
    )
}

/// A document that is not stored, but that stored texts speak of.
pub fn document_only_mentioned(mention: &str) -> String {
    format!(
        "Kho tài liệu không có toàn văn «{mention}». Nội dung dưới đây (nếu có) trích từ tài liệu khác, không phải nguyên văn của văn bản này."
    )
}

/// A document that is not stored, but whose state of force is known.
pub fn document_not_stored(mention: &str) -> String {
    format!("Kho tài liệu không có toàn văn «{mention}».")
}

/// A stored document without the provision asked for.
pub fn no_such_provision(locator: &str, document: &str) -> String {
    format!(
        "{document} trong kho không có {locator}. Đề nghị kiểm tra lại điểm, khoản, điều hoặc đối chiếu văn bản chính thức."
    )
}

/// A provision that the question names and that is too long to be quoted whole.
pub fn shortened(cited: &str) -> String {
    format!("Lưu ý: {cited} dài nên chỉ được trích một phần; đề nghị mở văn bản để xem đầy đủ.")
}

/// A provision of a stored document whose words stand in the clause that added it.
pub fn provision_added(cited: &str, clause: &str) -> String {
    format!("Lưu ý: {cited} được bổ sung bởi {clause}; nội dung được trích từ văn bản bổ sung.")
}

/// The same, where the clause put other words in its place and the store lacks those of before.
pub fn provision_changed(cited: &str, clause: &str) -> String {
    format!(
        "Lưu ý: {cited} được sửa đổi, bổ sung bởi {clause}; nội dung được trích từ văn bản sửa đổi, bổ sung."
    )
}

/// A number that fits several stored documents.
pub fn ambiguous_number(mention: &str, readings: &[String]) -> String {
    format!(
        "«{mention}» có thể là: {}. Đề nghị ghi rõ năm ban hành.",
        readings.join("; ")
    )
}

/// A number that several bodies gave to a document of theirs.
pub fn shared_number(mention: &str, readings: &[String]) -> String {
    format!(
        "«{mention}» là số, ký hiệu của nhiều văn bản: {}. Đề nghị ghi rõ cơ quan ban hành.",
        readings.join("; ")
    )
}

/// The day whose law is told, where it is not today.
pub fn as_of(day: Date) -> String {
    format!("Trả lời theo quy định áp dụng tại ngày {day}.")
}

/// A document that the question names, and what it is on the day of the question.
pub fn mentioned(document: &str, standing: &str) -> String {
    format!("{document}: {standing}.")
}

/// The first day in force of a document that the question names.
pub fn in_force_since(document: &str, day: Date) -> String {
    format!("{document} có hiệu lực từ ngày {day}.")
}

/// The day on which a document was issued that the question names.
pub fn issued_on(document: &str, day: Date) -> String {
    format!("{document} được ban hành ngày {day}.")
}

/// A cited text that is no law on the day of the question; `standing` says why.
pub fn not_in_force(cited: &str, standing: &str) -> String {
    format!(
        "Lưu ý: {cited} {standing}; chỉ dùng để đối chiếu hoặc giải quyết hồ sơ chuyển tiếp theo quy định."
    )
}

/// When nothing cited is law on the day of the question.
pub const ONLY_PAST: &str = "Chỉ tìm thấy quy định không có hiệu lực tại thời điểm được hỏi; không dùng làm căn cứ giải quyết, trừ trường hợp chuyển tiếp theo quy định.";

/// A cited text that is not in force yet on the day of the question.
pub fn not_yet_in_force(cited: &str, from: &str) -> String {
    format!("Lưu ý: {cited} chưa có hiệu lực; có hiệu lực từ ngày {from}.")
}

/// A document that a quote gives as its base and that is no law on the day of the question.
pub fn base_not_in_force(base: &str, standing: &str) -> String {
    format!(
        "Lưu ý: căn cứ nêu trong đoạn trích ({base}) {standing}; đề nghị xác định căn cứ có hiệu lực trước khi áp dụng."
    )
}

/// A cited text of a later day, which tells how it was on the day of the question.
pub fn retold(cited: &str, _standing: &str) -> String {
    format!(
        "Lưu ý: {cited} có hiệu lực sau thời điểm được hỏi; đoạn trích nêu lại quy định áp dụng tại thời điểm đó."
    )
}

/// A cited text that a body of another province issued.
pub fn other_province(cited: &str, _standing: &str) -> String {
    format!(
        "Lưu ý: {cited} do cơ quan của tỉnh, thành phố khác ban hành, không áp dụng tại tỉnh, thành phố này."
    )
}

/// A cited text that was law on the day of the question and is not today.
pub fn since_changed(cited: &str, standing: &str) -> String {
    format!("Lưu ý: đến nay, {cited} {standing}.")
}

/// A cited provision whose words are changed by a text that stands in the answer too.
pub fn amended_shown(cited: &str, standing: &str) -> String {
    format!(
        "Lưu ý: {cited} {standing}; đề nghị đọc cùng đoạn trích từ văn bản đó trong câu trả lời này."
    )
}

/// A cited provision whose words are changed by a text that does not stand in the answer.
pub fn amended_elsewhere(cited: &str, standing: &str) -> String {
    format!(
        "Lưu ý: {cited} {standing}; câu trả lời chưa trích nội dung của văn bản đó, đề nghị đối chiếu văn bản chính thức."
    )
}

/// A cited text that names a body of the district level, abolished on 1 July 2025, where the store
/// does not say who has its power now.
pub fn district_unknown(cited: &str) -> String {
    format!(
        "Lưu ý: {cited} còn nêu cơ quan cấp huyện. Từ ngày 01/7/2025 không còn cấp huyện và kho chưa có quy định chuyển thẩm quyền đối với nội dung này; đề nghị xác định cơ quan có thẩm quyền trước khi áp dụng."
    )
}

/// The same, where the store says who has its power now.
pub fn district_transferred(cited: &str, clause: &str) -> String {
    format!("Lưu ý: {cited} còn nêu cơ quan cấp huyện; thẩm quyền đã được chuyển theo {clause}.")
}

/// Text that was recognised from a picture.
pub const RECOGNISED: &str = "nhận dạng từ bản quét, có thể sai chữ";

/// The page of the file that a citation stands on.
pub fn page(number: u32) -> String {
    format!("trang {number} của tệp")
}

/// In force.
pub const IN_FORCE: &str = "còn hiệu lực";
/// When the documents do not say whether a text is in force.
pub const UNKNOWN_FORCE: &str = "chưa xác định được tình trạng hiệu lực";

/// Issued, not in force yet.
pub fn in_force_from(day: Date) -> String {
    format!("chưa có hiệu lực, có hiệu lực từ ngày {day}")
}

/// Applied from another day than the first in force, such as amounts that are paid back.
pub fn applied_from(day: Date) -> String {
    format!("quy định được áp dụng kể từ ngày {day}")
}

/// Ended by itself.
pub fn expired(on: Date) -> String {
    format!("đã hết hiệu lực từ ngày {on}")
}

/// Another text has taken its place.
pub fn replaced(on: Date, by: &str) -> String {
    format!("đã được thay thế từ ngày {on} theo {by}")
}

/// Put out of force; laws say `bãi bỏ` and `hết hiệu lực` of the same thing.
pub fn repealed(on: Date, by: &str) -> String {
    format!("đã hết hiệu lực từ ngày {on} theo {by}")
}

/// In force in other words.
pub fn amended(on: Date, by: &str) -> String {
    format!("đã được sửa đổi, bổ sung từ ngày {on} theo {by}")
}

/// In force, but for a part.
pub fn repealed_in_part(on: Date, by: &str) -> String {
    format!("đã hết hiệu lực một phần từ ngày {on} theo {by}")
}

/// Not applied for a time.
pub fn suspended(until: Option<Date>, by: &str) -> String {
    until.map_or_else(
        || format!("đang ngưng hiệu lực theo {by}"),
        |until| format!("đang ngưng hiệu lực đến hết ngày {until} theo {by}"),
    )
}

/// Changed in parts that have no address.
pub fn amended_in_parts(by: &[String]) -> String {
    format!(
        "văn bản đã được sửa đổi, bổ sung một phần bởi {}",
        by.join(", ")
    )
}

/// An end that is known beforehand: another text takes its place.
pub fn to_be_replaced(on: Date, by: &str) -> String {
    format!("sẽ được thay thế từ ngày {on} theo {by}")
}

/// An end that is known beforehand; the day is the last one in force.
pub fn until(last: Date) -> String {
    format!("có hiệu lực đến hết ngày {last}")
}

/// What happened to a text, in a timeline; `by` is the clause that did it.
pub fn event(kind: &EventKind, by: &str) -> String {
    match kind {
        EventKind::Issued => "Ban hành".to_owned(),
        EventKind::InForce => "Bắt đầu có hiệu lực".to_owned(),
        EventKind::Expired => "Hết hiệu lực".to_owned(),
        EventKind::Changed {
            kind,
            is_partial,
            parts,
            is_void,
            ..
        } => {
            let (done, link) = changed(*kind);
            let extent = if *is_partial {
                extent(parts)
            } else {
                String::new()
            };
            let void = if *is_void {
                " (không phát sinh hiệu lực do văn bản quy định việc này đã hết hiệu lực trước đó)"
            } else {
                ""
            };
            format!("{done}{extent} {link} {by}{void}")
        }
    }
}

/// How much of a text was struck, where not all of it was: ` một phần (khoản 1 Điều 5)`.
fn extent(parts: &[Locator]) -> String {
    let named: Vec<String> = parts
        .iter()
        .take(N_PARTS_MAX)
        .map(Locator::to_string)
        .collect();
    match parts.len() - named.len() {
        _ if named.is_empty() => " một phần".to_owned(),
        0 => format!(" một phần ({})", named.join(", ")),
        more => format!(" một phần ({} và {more} nội dung khác)", named.join(", ")),
    }
}

/// What was done, and the word before the clause that did it.
fn changed(kind: RelationKind) -> (&'static str, &'static str) {
    match kind {
        RelationKind::Replaces => ("Được thay thế", "theo"),
        RelationKind::Amends => ("Được sửa đổi, bổ sung", "theo"),
        RelationKind::Repeals => ("Hết hiệu lực", "theo"),
        RelationKind::Suspends => ("Ngưng hiệu lực", "theo"),
        RelationKind::Guides => ("Được quy định chi tiết, hướng dẫn", "tại"),
        RelationKind::Corrects => ("Được đính chính", "theo"),
        RelationKind::Consolidates => ("Được hợp nhất", "tại"),
        RelationKind::TransfersCompetence => ("Thẩm quyền được chuyển", "theo"),
    }
}
