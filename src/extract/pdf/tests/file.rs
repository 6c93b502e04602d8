//! Writes small PDFs for tests: letters half an em wide at given places, lines and pictures.

use std::fmt::Write as _;

/// Width of the pages, in points.
const WIDTH: f32 = 595.0;
/// Height of the pages, in points.
pub(super) const HEIGHT: f32 = 842.0;

/// The drawing instructions of one page, `y` from the top.
#[derive(Clone, Default)]
pub(super) struct Leaf {
    content: String,
    /// Whether a picture covers the page.
    has_picture: bool,
}

/// Every letter of the tests has a code of its own, as in the subset of a font.
const LETTERS: &str = " ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,;:/()-_“”ÁÀẢÃẠĂẮẰÂẤẦẬĐÉÈÊẾỀỆÍÌỊÓÒỌÔỐỒỔỘƠỚỜỢÚÙỤƯỨỪỮỰÝáàảãạăắằẳặâấầẩẫậđéèẻẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởợúùủũụưứừửữựýỳỷ\u{f0b7}";

fn code(c: char) -> u8 {
    let at = LETTERS.chars().position(|letter| letter == c);
    u8::try_from(at.unwrap_or_else(|| panic!("{c} is no letter of the tests")) + 1).unwrap()
}

/// How wide `text` is.
pub(super) fn width(text: &str, size: f32) -> f32 {
    0.5 * size * f32::from(u16::try_from(text.chars().count()).unwrap())
}

impl Leaf {
    pub(super) fn text(self, x: f32, y: f32, size: f32, text: &str) -> Self {
        self.turned("1 0 0 1", (x, y), size, text)
    }

    /// Text at a place, with the first four numbers of its matrix.
    pub(super) fn turned(mut self, matrix: &str, at: (f32, f32), size: f32, text: &str) -> Self {
        let (x, y) = (at.0, HEIGHT - at.1);
        write!(self.content, "BT /F {size} Tf {matrix} {x} {y} Tm <").unwrap();
        for letter in text.chars() {
            write!(self.content, "{:02x}", code(letter)).unwrap();
        }
        self.content.push_str("> Tj ET\n");
        self
    }

    /// Lines of text below each other; the first one is indented.
    pub(super) fn paragraph(mut self, y: f32, lines: &[&str]) -> Self {
        for (at, line) in (0u8..).zip(lines) {
            let x = if at == 0 { 108.0 } else { 80.0 };
            self = self.text(x, y + 18.0 * f32::from(at), 14.0, line);
        }
        self
    }

    /// Text in `.VnTime`, whose letters are bytes of Windows-1252.
    pub(super) fn old(mut self, x: f32, y: f32, text: &str) -> Self {
        let y = HEIGHT - y;
        write!(self.content, "BT /V 14 Tf {x} {y} Td <").unwrap();
        for letter in text.chars() {
            write!(self.content, "{:02x}", u32::from(letter)).unwrap();
        }
        self.content.push_str("> Tj ET\n");
        self
    }

    pub(super) fn rule(mut self, x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        let (y0, y1) = (HEIGHT - y0, HEIGHT - y1);
        writeln!(self.content, "{x0} {y0} m {x1} {y1} l S").unwrap();
        self
    }

    pub(super) fn picture(mut self) -> Self {
        writeln!(self.content, "q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q").unwrap();
        self.has_picture = true;
        self
    }

    pub(super) fn raw(mut self, content: &str) -> Self {
        self.content.push_str(content);
        self
    }
}

/// A file of `leaves`; `extra` goes into the trailer.
pub(super) fn file(leaves: &[Leaf], extra: &str) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = Vec::new();
    let kids: Vec<String> = (0..leaves.len())
        .map(|n| format!("{} 0 R", 6 + 2 * n))
        .collect();
    objects.push(b"<</Type/Catalog/Pages 2 0 R>>".to_vec());
    let pages = format!(
        "<</Type/Pages/Count {}/Kids[{}]/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F 3 0 R/V<</Type/Font/Subtype/TrueType/BaseFont/.VnTime/Encoding/WinAnsiEncoding>>>>/XObject<</I 5 0 R>>>>>>",
        leaves.len(),
        kids.join(" ")
    );
    objects.push(pages.into_bytes());
    let widths = vec!["500"; 256].join(" ");
    objects.push(
        format!("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 0/LastChar 255/Widths[{widths}]/ToUnicode 4 0 R>>")
            .into_bytes(),
    );
    objects.push(stream("", unicode_map().as_bytes()));
    objects.push(stream(
        "/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray",
        &[0, 255, 255, 0],
    ));
    for (n, leaf) in leaves.iter().enumerate() {
        let page = format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", 7 + 2 * n);
        objects.push(page.into_bytes());
        objects.push(stream("", leaf.content.as_bytes()));
    }
    assembled(&objects, extra)
}

pub(super) fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dictionary}/Length {}>>\nstream\n", bytes.len()).into_bytes();
    object.extend_from_slice(bytes);
    object.extend_from_slice(b"\nendstream");
    object
}

/// Puts objects, numbered from 1, into a file.
pub(super) fn assembled(objects: &[Vec<u8>], extra: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (n, object) in (1..).zip(objects) {
        offsets.push(file.len());
        file.extend(format!("{n} 0 obj\n").into_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let start = file.len();
    let mut tail = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        // Every entry has twenty bytes, the end of its line among them.
        writeln!(tail, "{offset:010} 00000 n ").unwrap();
    }
    write!(
        tail,
        "trailer\n<</Size {}/Root 1 0 R{extra}>>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    )
    .unwrap();
    file.extend(tail.into_bytes());
    file
}

fn unicode_map() -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n\
         1 begincodespacerange <00> <ff> endcodespacerange\n",
    );
    let letters: Vec<char> = LETTERS.chars().collect();
    for part in letters.chunks(100) {
        writeln!(map, "{} beginbfchar", part.len()).unwrap();
        for c in part {
            writeln!(map, "<{:02x}> <{:04x}>", code(*c), u32::from(*c)).unwrap();
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap CMapName currentdict /CMap defineresource pop end end");
    map
}
