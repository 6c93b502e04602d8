//! Every Vietnamese phrase of an answer that is ours and not the source's.

/// Before statements that do not answer but stand near the question.
pub const ABSTAINED: &str = "Kho tài liệu chưa có nội dung trả lời câu hỏi này.";
/// When the question names nothing that could be searched for.
pub const NOTHING_ASKED: &str = "Câu hỏi chưa nêu rõ nội dung cần tra cứu. Đề nghị ghi rõ thủ tục, văn bản hoặc vấn đề cần hỏi.";
/// What to do next.
pub const ASK_ELSEWHERE: &str = "Đề nghị tra cứu Cơ sở dữ liệu quốc gia về văn bản pháp luật hoặc hỏi cơ quan chuyên môn cấp tỉnh có thẩm quyền.";
/// When the store is empty.
pub const EMPTY_STORE: &str = "Kho tài liệu hiện chưa có văn bản nào.";

/// A document that is neither stored nor named in any stored text.
pub fn no_such_document(mention: &str) -> String {
    format!(
        "Kho tài liệu không có văn bản «{mention}» và không có tài liệu nào nhắc đến văn bản này."
    )
}

/// A document that is not stored, but that stored texts speak of.
pub fn document_only_mentioned(mention: &str) -> String {
    format!(
        "Kho tài liệu không có toàn văn «{mention}»; nội dung dưới đây lấy từ tài liệu có nhắc đến văn bản này."
    )
}

/// A stored document without the provision asked for.
pub fn no_such_provision(locator: &str, document: &str) -> String {
    format!("Văn bản {document} trong kho không có {locator}.")
}

/// A number that fits several stored documents.
pub fn ambiguous_number(mention: &str, readings: &[String]) -> String {
    format!(
        "«{mention}» có thể là: {}. Đề nghị ghi rõ năm ban hành.",
        readings.join("; ")
    )
}

/// A cited document that is out of force on the day of the question.
pub fn out_of_force(document: &str, since: &str) -> String {
    format!("Lưu ý: {document} đã hết hiệu lực từ {since}; chỉ dùng để đối chiếu.")
}

/// A cited document that is not in force yet on the day of the question.
pub fn not_yet_in_force(document: &str, from: &str) -> String {
    format!("Lưu ý: {document} chưa có hiệu lực; áp dụng từ {from}.")
}
