// Every Vietnamese string that the scripts show, in one place, so that the
// wording can be read, corrected and kept consistent without reading code.
// (Fixed text of a page stands in its .html file; the wording of answers
// comes from the server.) Functions are used where a value goes inside.

export const words = {
  errors: {
    network: "Không kết nối được với máy chủ. Đề nghị kiểm tra mạng rồi thử lại.",
    timeout: "Máy chủ trả lời quá lâu. Đề nghị thử lại.",
    unreadable: "Máy chủ trả về dữ liệu không đọc được. Đề nghị báo người quản trị.",
    status: (status) => {
      if (status === 404) return "Không tìm thấy nội dung này; có thể đường dẫn sai hoặc văn bản không còn trong kho.";
      if (status === 503 || status === 429) return "Máy chủ đang bận. Đề nghị thử lại sau ít giây.";
      return `Máy chủ báo lỗi (mã ${status}). Đề nghị thử lại hoặc báo người quản trị.`;
    },
    retryIn: (seconds) => `Có thể thử lại sau ${seconds} giây.`,
    retry: "Thử lại",
  },

  ask: {
    empty: "Đề nghị nhập câu hỏi.",
    badDay: "Ngày không hợp lệ. Đề nghị nhập đủ ngày, tháng, năm hoặc bỏ trống.",
    busy: "Đang tra cứu…",
    answered: (n) => `Đã có câu trả lời, ${n} trích dẫn.`,
    abstained: "Chưa tìm thấy câu trả lời trong kho tài liệu.",
    question: "Câu hỏi",
    understood: (text) => `Câu hỏi được hiểu là: «${text}»`,
    precedent: (text) => `Căn cứ dưới đây đã được xác nhận cho câu hỏi tương tự: «${text}»`,
    abstainedTitle: "Chưa tìm thấy câu trả lời trong kho tài liệu",
    missing: "Từ ngữ trong câu hỏi chưa thấy trong các đoạn đã xem xét",
    related: "Nội dung có liên quan trong kho",
    sources: "Căn cứ",
    relatedSources: "Nguồn của nội dung liên quan",
    withheld: "Có câu không kèm trích dẫn hợp lệ nên không hiển thị.",
    quote: "Đoạn trích nguyên văn",
    passages: (n) => `Các đoạn đã xem xét (${n})`,
    copy: "Sao chép",
    copied: "Đã sao chép.",
    copyFailed: "Không sao chép được. Đề nghị bôi đen nội dung rồi sao chép.",
    toAudit: "Xem ở mục Kiểm tra",
    edit: "Sửa câu hỏi",
    page: (number) => `Trang ${number} của tệp gốc`,
    recognised: "Nhận dạng từ bản quét, có thể sai chữ",
    chip: (c) => `[${c.index}] ${c.locator}, ${c.number ?? c.title}: mở văn bản trong kho`,
    made: (when, generation) => `Tra cứu lúc ${when} · phiên bản kho số ${generation}`,
    took: (ms) => ` · ${ms < 1 ? "dưới 1" : Math.round(ms).toLocaleString("vi-VN")} mili giây`,
    notAnswered: "Câu hỏi này chưa được trả lời.",
    caution: "Trợ lý tra cứu tự động – đề nghị đối chiếu văn bản chính thức và kiểm tra hiệu lực trước khi áp dụng.",
  },

  validity: {
    from: (day) => `Có hiệu lực từ ngày ${day}`,
    notYet: (day) => `Chưa có hiệu lực – có hiệu lực từ ngày ${day}`,
    until: (day) => `Sẽ hết hiệu lực từ ngày ${day}`,
    expired: (day) => `Hết hiệu lực từ ngày ${day}`,
  },

  documents: {
    loading: "Đang tải danh sách…",
    count: (total) => `${total.toLocaleString("vi-VN")} văn bản`,
    found: (total, q) => `${total.toLocaleString("vi-VN")} văn bản có số, ký hiệu hoặc tên khớp với «${q}»`,
    none: "Kho chưa có văn bản nào.",
    noneFor: (q) => `Không có văn bản nào có số, ký hiệu hoặc tên khớp với «${q}».`,
    issued: (day) => `ban hành ngày ${day}`,
    untitled: "Văn bản không có tên",
  },

  document: {
    loading: "Đang mở văn bản…",
    title: (name) => `${name} – Cẩm nang`,
    kind: "Loại văn bản",
    issuer: "Cơ quan ban hành",
    issued: "Ngày ban hành",
    effective: "Hiệu lực",
    source: "Tệp nguồn",
    openFile: "Mở tệp gốc",
    openPage: (number) => `Mở tệp gốc tại trang ${number}`,
    noDay: "chưa rõ ngày",
    cited: "Đoạn được trích dẫn",
    now: "Nội dung đang có trong kho",
    goToCited: "Tới đoạn này",
    audit: "Kiểm tra",
    back: "← Quay lại",
    changed: "Văn bản trong kho đã thay đổi từ khi có câu trả lời này; đề nghị đọc kỹ đoạn được tô.",
    differs: "Đoạn được trích không còn ở vị trí này; phần được tô là nội dung đang có trong kho.",
    lost: "Không còn tìm thấy đúng đoạn được trích trong văn bản hiện có.",
    empty: "Văn bản không có nội dung.",
  },

  audit: {
    loading: "Đang tải danh sách…",
    none: "Chưa có câu trả lời nào được ghi lại.",
    noneSuch: "Không có câu trả lời nào phù hợp với điều kiện lọc.",
    unfiltered: "Bỏ lọc",
    count: (total) => `${total.toLocaleString("vi-VN")} câu trả lời`,
    status: { answered: "Đã trả lời", abstained: "Chưa tìm thấy câu trả lời" },
    citations: (n) => `${n} trích dẫn`,
    judged: (n, all) => (n === 0 ? "Chưa đánh giá" : n === all ? "Đã đánh giá" : `Đã đánh giá ${n}/${all} trích dẫn`),
  },

  answer: {
    loading: "Đang mở câu trả lời…",
    again: "Hỏi lại câu này",
    noCitations: "Câu trả lời này không có trích dẫn nào để đánh giá.",
    citation: (n) => `Trích dẫn ${n}`,
    said: "Trong câu trả lời",
    inSource: "Trong văn bản ở kho",
    notUsed: "Không câu nào trong câu trả lời dùng trích dẫn này.",
    gone: "Văn bản này không còn trong kho. Đoạn trích đã ghi lại:",
    provisionGone: (locator) => `Văn bản trong kho hiện không có ${locator}. Đoạn trích đã ghi lại:`,
    now: (locator) => `Nội dung đang có trong kho (${locator}):`,
    same: "Khớp nguyên văn với văn bản trong kho",
    differs: "Đoạn trích không khớp với văn bản trong kho",
    changed: "Văn bản trong kho đã thay đổi từ khi có câu trả lời",
    open: "Xem trong văn bản",
    legend: (n) => `Đánh giá trích dẫn ${n}`,
    comment: "Nhận xét",
    save: "Lưu đánh giá",
    saving: "Đang lưu…",
    saved: "Đã lưu đánh giá.",
    choose: "Đề nghị chọn một mức đánh giá.",
    earlier: "Đánh giá đã ghi",
    anonymous: "Không ghi tên",
    score: "Điểm xếp hạng",
    verdicts: {
      correct: { name: "Đúng", hint: "Đúng vị trí và là căn cứ cho câu trả lời." },
      wrong_place: { name: "Sai vị trí", hint: "Ghi sai điểm, khoản, điều hoặc sai văn bản." },
      unsupported: { name: "Không đủ căn cứ", hint: "Đoạn trích có thật nhưng không làm căn cứ được cho câu trả lời." },
      outdated: { name: "Không còn hiệu lực", hint: "Tại ngày được hỏi, quy định đã được sửa đổi, thay thế, bãi bỏ hoặc chưa có hiệu lực." },
    },
  },

  pager: {
    previous: "← Trang trước",
    next: "Trang sau →",
    range: (from, to, total) => `${from}–${to} trong ${total.toLocaleString("vi-VN")}`,
  },

  // Names for document kinds should the server send a code; other values are shown as they come.
  kinds: {
    law: "Luật", code: "Bộ luật", ordinance: "Pháp lệnh", decree: "Nghị định", circular: "Thông tư",
    joint_circular: "Thông tư liên tịch", resolution: "Nghị quyết", decision: "Quyết định", directive: "Chỉ thị",
    plan: "Kế hoạch", official_letter: "Công văn", guidance: "Hướng dẫn", handbook: "Cẩm nang", article: "Bài viết",
    other: "Văn bản khác",
  },
};
