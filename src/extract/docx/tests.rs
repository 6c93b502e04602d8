use std::io::Cursor;
use std::io::Write;

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::extract::ExtractError;
use crate::extract::Finding;
use crate::extract::Format;
use crate::extract::extract;
use crate::text::Legacy;
use crate::text::LegacyFound;

const RELATIONS: &str = r#"<Relationships xmlns="r"><Relationship Id="1" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#;
const PARTS: &str = r#"<Relationships xmlns="r"><Relationship Id="1" Type="http://x/numbering" Target="numbering.xml"/><Relationship Id="2" Type="http://x/styles" Target="/word/styles.xml"/><Relationship Id="3" Type="http://x/footnotes" Target="footnotes.xml"/></Relationships>"#;
const NUMBERING: &str = r#"<w:numbering xmlns:w="w">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Dieu"/><w:lvlText w:val="Điều %1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:pStyle w:val="Chuong"/><w:lvlText w:val="Chương %1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="DieuThuoc"/><w:lvlText w:val="Điều %2."/></w:lvl>
</w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
</w:numbering>"#;
const STYLES: &str = r#"<w:styles xmlns:w="w">
<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="Dieu"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="DieuCon"><w:name w:val="Dieu con"/><w:basedOn w:val="Dieu"/></w:style>
<w:style w:type="paragraph" w:styleId="Chuong"><w:name w:val="Chuong"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="DieuThuoc"><w:name w:val="Dieu thuoc"/><w:basedOn w:val="Chuong"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="MucLuc"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="character" w:styleId="Cu"><w:name w:val="cu"/><w:rPr><w:rFonts w:hAnsi="VNI-Times"/></w:rPr></w:style>
</w:styles>"#;
const FOOTNOTES: &str = r#"<w:footnotes xmlns:w="w"><w:footnote w:id="7"><w:p><w:r><w:t>Sửa đổi</w:t></w:r></w:p><w:p><w:r><w:t>năm 2024.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;

fn package(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", RELATIONS),
        ("word/_rels/document.xml.rels", PARTS),
        ("word/document.xml", &document),
        ("word/numbering.xml", NUMBERING),
        ("word/styles.xml", STYLES),
        ("word/footnotes.xml", FOOTNOTES),
    ];
    let parts = parts.iter().map(|(name, text)| (*name, text.as_bytes()));
    for (name, bytes) in parts.chain(more.iter().copied()) {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A paragraph with these properties.
fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn item(list: u8, level: u8, text: &str) -> String {
    let list = format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#);
    p(&list, text)
}

#[track_caller]
fn check(body: &str, expected: &str, findings: &[Finding]) {
    let mut texts = extract("a.docx", &package(body, &[])).unwrap();
    let text = texts.remove(0);
    assert_eq!(text.text, expected);
    assert_eq!(
        (text.format, text.findings.as_slice()),
        (Format::Docx, findings)
    );
}

#[test]
fn automatic_numbers_are_written_out() {
    let body = [
        item(1, 0, "Phạm vi"),
        item(1, 1, "Một"),
        item(1, 2, "Tờ khai"),
        item(1, 2, "Giấy"),
        item(1, 1, "Hai"),
        p(r#"<w:pStyle w:val="DieuCon"/>"#, "Hồ sơ"),
        item(2, 2, "Ảnh"),
        p(
            r#"<w:pStyle w:val="Dieu"/><w:numPr><w:numId w:val="0"/></w:numPr>"#,
            "Không số",
        ),
        item(1, 0, ""),
        item(1, 0, "Hiệu lực"),
    ];
    check(
        &body.concat(),
        "Điều 1. Phạm vi\n1. Một\na) Tờ khai\nb) Giấy\n2. Hai\nĐiều 2. Hồ sơ\nd) Ảnh\nKhông số\n\nĐiều 4. Hiệu lực",
        &[],
    );
}

#[test]
fn level_is_that_of_the_nearest_style_that_a_definition_names() {
    let body = [
        p(r#"<w:pStyle w:val="Chuong"/>"#, "Quy định chung"),
        p(r#"<w:pStyle w:val="DieuThuoc"/>"#, "Phạm vi"),
        p(r#"<w:pStyle w:val="DieuThuoc"/>"#, "Đối tượng"),
    ];
    check(
        &body.concat(),
        "Chương I Quy định chung\nĐiều 1. Phạm vi\nĐiều 2. Đối tượng",
        &[],
    );
}

#[test]
fn deleted_paragraphs_use_up_no_number() {
    let list = r#"<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>"#;
    let mark = |change: &str| format!("{list}<w:rPr><w:{change}/></w:rPr>");
    let deleted = format!(
        "<w:p><w:pPr>{}</w:pPr><w:del><w:r><w:delText>Hai cũ</w:delText></w:r></w:del></w:p>",
        mark("del")
    );
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p(&mark("del"), text));
    let body = [
        item(1, 1, "Một"),
        deleted,
        // Of these only the marks are deleted or moved.
        p(&mark("del"), "Ba"),
        p(&mark("moveFrom"), " và bốn"),
        item(1, 1, ", năm"),
        p(&mark("del"), "Sáu"),
        format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("a"), cell("b")),
        item(1, 1, "Bảy"),
    ];
    check(
        &body.concat(),
        "1. Một\n2. Ba và bốn, năm\nSáu\na\nb\n3. Bảy",
        &[Finding::Revisions(1)],
    );
}

#[test]
fn page_break_does_not_part_a_number_from_its_text() {
    let list = r#"<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>"#;
    let body = format!(
        r#"<w:p><w:pPr>{list}</w:pPr><w:r><w:br w:type="page"/></w:r><w:r><w:t>Một</w:t></w:r></w:p>"#
    );
    check(&body, "1. Một", &[]);
}

#[test]
fn changes_are_accepted_and_hidden_text_is_left_out() {
    let body = r#"<w:p><w:ins><w:r><w:t xml:space="preserve">Thời hạn </w:t></w:r></w:ins><w:del><w:r><w:delText>30</w:delText></w:r></w:del>
<w:r><w:t>60</w:t><w:noBreakHyphen/><w:t>90 ngày</w:t><w:br/><w:t>làm</w:t><w:tab/><w:t>việc</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>.</w:t></w:r></w:p>"#;
    check(
        body,
        "Thời hạn 60-90 ngày\nlàm việc.",
        &[Finding::Revisions(1), Finding::Hidden(1)],
    );
}

#[test]
fn notes_stand_at_the_end_with_their_marks() {
    let body = r#"<w:p><w:r><w:t>Điều 1. Phạm vi</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r></w:p><w:p><w:r><w:t>Hết</w:t></w:r></w:p>"#;
    check(body, "Điều 1. Phạm vi[1]\nHết\n[1] Sửa đổi năm 2024.", &[]);
}

#[test]
fn tables_text_boxes_and_fields_are_read() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p("", text));
    let row = |a: &str, b: &str| {
        format!(
            "<w:tr>{}<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:tr>",
            cell(a),
            cell(b)
        )
    };
    let table = format!(
        "<w:tbl>{}{}</w:tbl>",
        row("Việc", "Mức"),
        row("Khai sinh", "0 đồng")
    );
    let field = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF x</w:instrText><w:fldChar w:fldCharType="separate"/></w:r><w:hyperlink><w:r><w:t>khoản 1</w:t></w:r></w:hyperlink><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:sym w:font="Wingdings" w:char="F0A7"/></w:r></w:p>"#;
    let text_box = format!(
        r#"<w:p><w:r><mc:AlternateContent xmlns:mc="mc"><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent><w:drawing/></w:r></w:p>"#,
        p("", "Trong khung")
    );
    check(
        &[table.as_str(), field, &text_box].concat(),
        "| Việc | Mức |\n| Khai sinh | 0 đồng |\n\nkhoản 1▪\n\nTrong khung",
        &[Finding::Pictures(1)],
    );
}

#[test]
fn headings_carry_marks_and_contents_are_left_out() {
    let body = [
        p(r#"<w:pStyle w:val="MucLuc"/>"#, "Hồ sơ 3"),
        p(r#"<w:pStyle w:val="H2"/>"#, "Hồ sơ"),
        p("", "Tờ khai"),
    ];
    check(&body.concat(), "## Hồ sơ\nTờ khai", &[]);
}

#[test]
fn runs_in_old_fonts_are_converted() {
    let body = r#"<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/></w:rPr><w:t>chÝnh phñ</w:t></w:r><w:r><w:t xml:space="preserve"> số </w:t></w:r><w:r><w:rPr><w:rStyle w:val="Cu"/></w:rPr><w:t>Nghò ñ</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Cu"/></w:rPr><w:t>ònh</w:t></w:r><w:r><w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr><w:t xml:space="preserve"> của tỉnh</w:t></w:r></w:p>"#;
    let found = |encoding| {
        Finding::Legacy(LegacyFound {
            encoding,
            n_lines: 1,
            repaired: true,
        })
    };
    check(
        body,
        "CHÍNH PHỦ số Nghị định của tỉnh",
        &[found(Legacy::Tcvn3), found(Legacy::Vni)],
    );
}

#[test]
fn soft_hyphens_and_words_in_unicode_leave_an_old_font_readable() {
    let run = |content: &str| {
        format!(
            r#"<w:r><w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr><w:t xml:space="preserve">{content}</w:r>"#
        )
    };
    let body = [
        "<w:p>",
        &run("Th«ng t</w:t><w:softHyphen/>"),
        "</w:p><w:p>",
        &run("NghÞ ®Þnh cña ChÝnh phñ </w:t>"),
        &run("của năm</w:t>"),
        "</w:p><w:p><w:r><w:t>liên</w:t><w:softHyphen/><w:t> tịch</w:t></w:r></w:p>",
    ];
    let found = Finding::Legacy(LegacyFound {
        encoding: Legacy::Tcvn3,
        n_lines: 2,
        repaired: true,
    });
    let expected = "Thông tư\nNghị định của Chính phủ của năm\nliên tịch";
    check(&body.concat(), expected, &[found]);
}

#[test]
fn macros_and_wrong_names_are_found() {
    let bytes = package(&p("", "a"), &[("word/vbaProject.bin", b"x")]);
    let texts = extract("a.doc", &bytes).unwrap();
    assert_eq!(
        texts[0].findings,
        [
            Finding::Macros,
            Finding::Renamed {
                extension: "doc".to_owned(),
                format: Format::Docx
            }
        ]
    );
}

#[test]
fn damaged_files_say_so() {
    let whole = package(&p("", "a"), &[]);
    for bytes in [&whole[..whole.len() / 2], b"PK\x03\x04 [Content_Types].xml"] {
        let error = extract("a.docx", bytes).unwrap_err();
        assert!(matches!(error, ExtractError::Damaged { .. }), "{error}");
    }
    let entities = package("", &[("word/styles2.xml", b"")]);
    assert!(extract("a.docx", &entities).is_ok());
    let bad = package("<w:p>", &[]);
    assert!(matches!(
        extract("a.docx", &bad),
        Err(ExtractError::Damaged { .. })
    ));
}

#[test]
fn parts_that_take_too_long_to_parse_are_refused() {
    let attributes: Vec<String> = (0..2000).map(|n| format!(" a{n}=''")).collect();
    let body = format!("<w:p{}/>", attributes.concat());
    let error = extract("a.docx", &package(&body, &[])).unwrap_err();
    assert!(matches!(error, ExtractError::TooLarge { .. }), "{error}");
}

#[test]
fn text_is_measured_while_it_is_read() {
    let line = p("", &"Hồ sơ ".repeat(1 << 10));
    let body = line.repeat(crate::extract::limit::CANONICAL_BYTES >> 13);
    // Not by the one who asked for it, when all of it is there.
    let read = super::read(&package(&body, &[]));
    assert!(matches!(read, Err(ExtractError::TooLarge { .. })));
}

#[test]
fn elements_may_nest_without_end() {
    let deep = format!(
        "{}{}",
        "<w:tbl><w:tr><w:tc>".repeat(5000),
        "</w:tc></w:tr></w:tbl>".repeat(5000)
    );
    assert!(extract("a.docx", &package(&deep, &[])).is_ok());
    let deep = format!(
        "{}{}",
        "<w:smartTag>".repeat(5000),
        "</w:smartTag>".repeat(5000)
    );
    let body = format!("<w:p>{deep}</w:p>");
    assert!(extract("a.docx", &package(&body, &[])).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn changed_bytes_never_break_the_reader(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let body = [item(1, 0, "Phạm vi"), item(2, 2, "Ảnh")].concat();
        let mut bytes = package(&body, &[]);
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        if let Err(error) = extract("a.docx", &bytes) {
            prop_assert!(!error.to_string().contains("broke down"));
        }
    }

    #[test]
    fn any_body_is_read(pieces in prop::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:t>Điều</w:t>",
        "<w:numPr><w:ilvl w:val=\"99\"/><w:numId w:val=\"2\"/></w:numPr>", "<w:pPr>", "</w:pPr>", "<w:br/>", "<w:footnoteReference w:id=\"7\"/>",
    ]), 0..30)) {
        if let Err(error) = extract("a.docx", &package(&pieces.concat(), &[])) {
            prop_assert!(!error.to_string().contains("broke down"));
        }
    }
}
