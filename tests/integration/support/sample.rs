//! Small texts with known provisions.

/// Answered by khoản 1 Điều 23 of a [`decree`], with its number of days.
pub(crate) const BIRTH: &str = "Thời hạn đăng ký khai sinh là bao lâu?";
/// Answered by khoản 1 Điều 22 of a [`decree`].
pub(crate) const FEE: &str = "Lệ phí cấp bản sao trích lục hộ tịch là bao nhiêu?";

/// A decree with the number `number` in which the time for registering a birth is `days` days.
pub(crate) fn decree(number: &str, days: u32) -> String {
    let year = number.split('/').nth(1).unwrap_or_default();
    format!(
        "CHÍNH PHỦ\nSố: {number}\nHà Nội, ngày 11 tháng 6 năm {year}\nNGHỊ ĐỊNH\n\
         Quy định về phân định thẩm quyền trong lĩnh vực hộ tịch\n\n\
         Điều 22. Lệ phí hộ tịch\n\
         1. Lệ phí cấp bản sao trích lục hộ tịch là 8.000 đồng mỗi bản.\n\
         2. Người thuộc hộ nghèo được miễn lệ phí hộ tịch.\n\
         Điều 23. Thời hạn đăng ký khai sinh\n\
         1. Trong thời hạn {days} ngày kể từ ngày sinh con, cha hoặc mẹ có trách nhiệm đăng ký khai sinh cho con.\n\
         2. Trường hợp cha, mẹ không thể đăng ký thì ông, bà hoặc người thân thích khác đăng ký khai sinh cho trẻ em.\n\
         3. Hồ sơ đăng ký khai sinh gồm:\n\
         a) Tờ khai theo mẫu;\n\
         b) Giấy chứng sinh;\n\
         c) Giấy tờ chứng minh nơi cư trú.\n"
    )
}

/// Three decrees whose numbers are easily taken for one another, and the days each of them gives.
pub(crate) fn decrees() -> [(&'static str, String); 3] {
    [
        ("nd-120-2025.txt", decree("120/2025/NĐ-CP", 60)),
        ("nd-1200-2025.txt", decree("1200/2025/NĐ-CP", 90)),
        ("nd-120-2020.txt", decree("120/2020/NĐ-CP", 30)),
    ]
}
