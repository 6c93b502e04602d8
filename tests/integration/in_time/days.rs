use camnang::wire::{Answer, Force, Statement, Status};
use serde_json::{Value, json};

use crate::support::{BIRTH, Workspace, decree, prove};

const AMENDING: &str = "CHÍNH PHỦ\nSố: 155/2026/NĐ-CP\nHà Nội, ngày 15 tháng 5 năm 2026\nNGHỊ ĐỊNH\nSửa đổi, bổ \
                        sung một số điều của Nghị định số 120/2025/NĐ-CP\n\nĐiều 1. Sửa đổi, bổ sung một số \
                        điều\n1. Sửa đổi khoản 1 Điều 23 Nghị định số 120/2025/NĐ-CP như sau:\n“1. Cha hoặc \
                        mẹ đăng ký khai sinh cho con trong thời hạn 45 ngày kể từ ngày sinh con.”.\nĐiều 2. \
                        Hiệu lực\nNghị định này có hiệu lực từ ngày 01/7/2026.\n";

/// A decree of 30 days, replaced on 1 July 2025 by one of 60, whose khoản 1 Điều 23 a third one
/// puts into other words on 1 July 2026.
fn workspace() -> Workspace {
    let first = decree("120/2020/NĐ-CP", 30)
        + "Điều 24. Hiệu lực\nNghị định này có hiệu lực từ ngày 01/8/2020.\n";
    let second = decree("120/2025/NĐ-CP", 60)
        + "Điều 24. Hiệu lực\n1. Nghị định này có hiệu lực từ ngày 01/7/2025.\n2. Nghị định số \
           120/2020/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.\n";
    Workspace::new([
        ("a.txt", first),
        ("b.txt", second),
        ("c.txt", AMENDING.to_owned()),
    ])
}

fn asked(workspace: &Workspace, question: &str, day: &str) -> Answer {
    workspace
        .run(["ask", "--json", "--as-of", day, question])
        .json()
}

#[test]
fn text_in_force_on_the_day_answers_first() {
    let workspace = workspace();
    for (day, document, words) in [
        ("2025-06-30", "a", "30 ngày"),
        ("2025-07-01", "b", "60 ngày"),
        ("2026-06-30", "b", "60 ngày"),
        ("1/7/2026", "c", "45 ngày"),
    ] {
        let answer = asked(&workspace, BIRTH, day);
        assert_eq!(answer.status, Status::Answered, "{day}: {answer:?}");
        let first = &answer.statements[0];
        assert!(first.text.contains(words), "{day}: {first:?}");
        let citation = &answer.citations[first.citations[0]];
        assert_eq!(citation.document_id, document, "{day}");
        assert!(
            !citation.standing.as_ref().unwrap().state.is_void(),
            "{day}"
        );
        prove(&answer, |id| workspace.document(id));
    }
}

#[test]
fn day_in_the_question_is_the_day_of_the_law_unless_another_is_given() {
    let workspace = workspace();
    let question = "Thời hạn đăng ký khai sinh trước ngày 01/7/2025 là bao lâu?";
    let answer: Answer = workspace.run(["ask", "--json", question]).json();
    assert_eq!(answer.as_of, "2025-06-30");
    assert!(answer.statements[0].text.contains("30 ngày"), "{answer:?}");
    assert_eq!(
        asked(&workspace, question, "2025-08-01").as_of,
        "2025-08-01"
    );
}

#[test]
fn amended_provision_follows_its_new_words_and_both_are_told_of() {
    let answer = asked(&workspace(), BIRTH, "2026-11-22");
    let documents: Vec<&str> = answer
        .statements
        .iter()
        .map(|s| answer.citations[s.citations[0]].document_id.as_str())
        .collect();
    assert_eq!(documents.first(), Some(&"c"), "{answer:?}");
    let old = answer.citations.iter().find(|c| c.document_id == "b");
    let standing = old.unwrap().standing.as_ref().unwrap();
    assert_eq!(standing.state, Force::Amended);
    assert!(
        standing.label.starts_with(
            "đã được sửa đổi, bổ sung từ ngày 01/7/2026 theo khoản 1 Điều 1 Nghị định 155/2026/NĐ-CP"
        ),
        "{standing:?}"
    );
    let told = answer.notices.join("\n");
    assert!(told.contains("đề nghị đọc cùng đoạn trích"), "{told}");
    let leads: Vec<&str> = answer
        .statements
        .iter()
        .filter_map(|s| s.lead.as_deref())
        .collect();
    assert!(!leads.contains(&"60 ngày"), "{leads:?}");
}

#[test]
fn other_clause_of_the_amending_text_stands_for_no_new_words() {
    let workspace = workspace();
    workspace.write(
        "c.txt",
        AMENDING.to_owned()
            + "Điều 3. Thời hạn đăng ký khai sinh lưu động\nThời hạn đăng ký khai sinh lưu \
          động cho con là 10 ngày kể từ ngày sinh con.\n",
    );
    let answer = asked(&workspace, BIRTH, "2026-11-22");
    let new = |s: &Statement| s.text.contains("45 ngày");
    assert!(answer.statements.iter().any(new), "{answer:?}");
}

#[test]
fn amount_of_a_text_out_of_force_holds_on_no_later_day() {
    let old = "CHÍNH PHỦ\nSố: 20/2021/NĐ-CP\nNGHỊ ĐỊNH\nVề trợ giúp xã hội\n\nĐiều 4. Mức chuẩn\n1. Từ ngày 01/7/2021: mức \
               chuẩn trợ giúp xã hội là 360.000 đồng/tháng.\nĐiều 5. Hiệu lực\nNghị định này có hiệu lực từ ngày \
               01/7/2021.\n";
    let new = "CHÍNH PHỦ\nSố: 76/2024/NĐ-CP\nNGHỊ ĐỊNH\nVề cứu trợ\n\nĐiều 1. Hiệu lực\n1. Nghị định này có hiệu lực từ \
               ngày 01/7/2024.\n2. Nghị định số 20/2021/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.\n";
    let workspace = Workspace::new([("old.txt", old), ("new.txt", new)]);
    let question = "Mức chuẩn trợ giúp xã hội là bao nhiêu?";
    let now = asked(&workspace, question, "2026-11-22");
    assert!(now.statements.iter().all(|s| s.lead.is_none()), "{now:?}");
    let told = now.notices.join("\n");
    assert!(
        told.contains("Chỉ tìm thấy quy định không có hiệu lực"),
        "{told}"
    );
    let then = asked(&workspace, question, "2023-11-22");
    assert_eq!(
        then.statements[0].lead.as_deref(),
        Some("360.000 đồng/tháng")
    );
}

#[test]
fn superseded_text_alone_is_announced_first_with_its_successor() {
    let workspace = workspace();
    workspace.remove("b.txt");
    workspace.remove("c.txt");
    workspace.write(
        "manifest.toml",
        "[known.\"120/2025/NĐ-CP\"]\neffective = 2025-07-01\nrelations = [{ kind = \"replaces\", target = \
         \"120/2020/NĐ-CP\" }]\n",
    );
    let answer = asked(&workspace, BIRTH, "2026-11-22");
    assert!(
        answer.notices[1].contains("không dùng làm căn cứ"),
        "{:?}",
        answer.notices
    );
    assert_eq!(
        answer.notices[2],
        "Lưu ý: Nghị định 120/2020/NĐ-CP đã được thay thế từ ngày 01/7/2025 theo Nghị định 120/2025/NĐ-CP; \
         chỉ dùng để đối chiếu hoặc giải quyết hồ sơ chuyển tiếp theo quy định."
    );
}

#[test]
fn document_named_in_the_question_is_told_of_even_where_it_is_not_stored() {
    let workspace = workspace();
    workspace.write(
        "manifest.toml",
        "[known.\"175/2024/NĐ-CP\"]\neffective = 2024-12-30\nrelations = [{ kind = \"replaces\", target = \
         \"15/2021/NĐ-CP\" }]\n",
    );
    let answer = asked(
        &workspace,
        "nghi dinh 15/2021/ND-CP con hieu luc khong",
        "2026-11-22",
    );
    let expected = "Nghị định 15/2021/NĐ-CP: đã được thay thế từ ngày 30/12/2024 theo Nghị định 175/2024/NĐ-CP.";
    assert!(
        answer.notices.iter().any(|notice| notice == expected),
        "{:?}",
        answer.notices
    );
}

#[test]
fn text_that_was_law_then_and_is_not_now_is_told_of() {
    let answer = asked(&workspace(), BIRTH, "2025-06-30");
    let told = answer.notices.join("\n");
    assert!(
        told.contains(
            "đến nay, Nghị định 120/2020/NĐ-CP đã hết hiệu lực từ ngày 01/7/2025 theo khoản 2 Điều 24"
        ),
        "{told}"
    );
}

#[test]
fn search_of_another_day_puts_the_text_in_force_first() {
    let workspace = workspace();
    for (day, document) in [("2025-06-30", "a"), ("2025-07-01", "b")] {
        let hits: Value = workspace
            .run(["search", "--json", "--as-of", day, BIRTH])
            .json();
        assert_eq!(hits[0]["document_id"], document, "{day}");
        assert_eq!(hits[0]["standing"]["state"], "in_force", "{day}");
    }
}

#[test]
fn show_tells_the_history_of_a_provision() {
    let workspace = workspace();
    let history = |arguments: &[&str]| {
        let all = [&["show", "--history"], arguments].concat();
        workspace.run(all).stdout
    };
    assert_eq!(
        history(&["a"]),
        "2020-06-11\tBan hành\n2020-08-01\tBắt đầu có hiệu lực\n2025-07-01\tHết hiệu lực theo khoản 2 Điều 24 \
         Nghị định 120/2025/NĐ-CP\n"
    );
    assert!(history(&["b", "khoản 1 Điều 23"]).ends_with(
        "2026-07-01\tĐược sửa đổi, bổ sung theo khoản 1 Điều 1 Nghị định 155/2026/NĐ-CP\n"
    ));
    assert!(!history(&["b", "Điều 22"]).contains("155/2026"));
    // Of the whole document, what befell a part of it is told as that.
    assert!(history(&["b"]).contains(
        "Được sửa đổi, bổ sung một phần (khoản 1 Điều 23) theo khoản 1 Điều 1 Nghị định 155/2026/NĐ-CP"
    ));
}

#[test]
fn show_finds_a_provision_in_the_clause_that_inserted_it() {
    let workspace = workspace();
    let fourth = "CHÍNH PHỦ\nSố: 200/2026/NĐ-CP\nHà Nội, ngày 10 tháng 8 năm 2026\nNGHỊ ĐỊNH\nSửa đổi, bổ \
                  sung một số điều của Nghị định số 120/2025/NĐ-CP\n\nĐiều 1. Sửa đổi, bổ sung một số \
                  điều\n1. Bổ sung khoản 1a vào sau khoản 1 Điều 23 Nghị định số 120/2025/NĐ-CP như \
                  sau:\n“1a. Ông, bà đăng ký khai sinh cho cháu.”.\nĐiều 2. Hiệu lực\nNghị định này có hiệu \
                  lực từ ngày 01/9/2026.\n";
    workspace.write("d.txt", fourth);
    let clause = ["show", "b", "khoản 1a Điều 23", "--as-of"];
    let shown = workspace.run([clause.as_slice(), &["2026-09-01"]].concat());
    assert!(
        shown.stdout.contains("“1a. Ông, bà đăng ký khai sinh"),
        "{shown:?}"
    );
    let history = workspace.run(["show", "--history", "b", "khoản 1a Điều 23"]);
    let inserted =
        "2026-09-01\tĐược sửa đổi, bổ sung theo khoản 1 Điều 1 Nghị định 200/2026/NĐ-CP\n";
    assert!(history.stdout.ends_with(inserted), "{history:?}");
    // Before that day there is none.
    let before = workspace.run([clause.as_slice(), &["2026-08-31"]].concat());
    assert_eq!((before.code, before.stdout.as_str()), (Some(1), ""));
    assert!(
        before.stderr.contains("no `khoản 1a Điều 23` on 31/8/2026"),
        "{before:?}"
    );
}

#[test]
fn day_that_is_none_is_refused() {
    let workspace = workspace();
    for command in ["ask", "search"] {
        let output = workspace.run([command, "--as-of", "31/6/2025", BIRTH]);
        output.failed(&["--as-of", "expected a day of the calendar"]);
    }
    let server = workspace.serve();
    for day in ["2025-06-31", "hôm qua"] {
        let body = json!({ "question": BIRTH, "as_of": day });
        server.post("/api/ask", &body).failed(400, "bad_day");
    }
    for path in [
        "/api/search?q=a&as_of=x",
        "/api/documents?as_of=x",
        "/api/documents/a?as_of=x",
    ] {
        server.get(path).failed(400, "bad_day");
    }
}

#[test]
fn service_answers_by_the_law_of_a_day_and_tells_the_life_of_each_provision() {
    let workspace = workspace();
    let server = workspace.serve();
    let body = json!({ "question": BIRTH, "as_of": "2025-06-30" });
    let answer: Answer = server.post("/api/ask", &body).json();
    assert_eq!(answer.as_of, "2025-06-30");
    assert!(answer.statements[0].text.contains("30 ngày"));
    let hits: Value = server
        .get("/api/search?q=dang+ky+khai+sinh&as_of=2025-06-30")
        .json();
    assert_eq!(hits["hits"][0]["document_id"], "a");
    let list: Value = server.get("/api/documents?as_of=2025-06-30").json();
    let states: Vec<&str> = list["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["standing"]["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["in_force", "not_yet", "not_yet"]);
    let document: Value = server.get("/api/documents/b?as_of=2026-07-01").json();
    let provisions = document["provisions"].as_array().unwrap();
    let of = |locator: &str| provisions.iter().find(|p| p["locator"] == locator).unwrap();
    assert_eq!(of("khoản 1 Điều 23")["standing"]["state"], "amended");
    assert_eq!(
        of("khoản 1 Điều 23")["timeline"][0]["by"]["document_id"],
        "c"
    );
    assert_eq!(of("khoản 2 Điều 23").get("timeline"), None);
    assert_eq!(document["timeline"][0]["kind"], "issued");
}

/// A law of before the reform that gives a power to the district, and a decree that moves it.
fn moved(clause: &str) -> Workspace {
    let law = "QUỐC HỘI\nLuật số: 60/2014/QH13\nHà Nội, ngày 20 tháng 11 năm 2014\nLUẬT\nHỘ TỊCH\n\nĐiều 7. \
               Thẩm quyền đăng ký hộ tịch\n1. Ủy ban nhân dân cấp huyện đăng ký kết hôn có yếu tố nước \
               ngoài.\nĐiều 77. Hiệu lực\nLuật này có hiệu lực từ ngày 01/01/2016.\n";
    let decree = format!(
        "CHÍNH PHỦ\nSố: 120/2025/NĐ-CP\nHà Nội, ngày 11 tháng 6 năm 2025\nNGHỊ ĐỊNH\nVề phân định thẩm \
         quyền\n\nĐiều 4. Hộ tịch\n1. {clause}\nĐiều 23. Hiệu lực\nNghị định này có hiệu lực từ ngày \
         01/7/2025.\n"
    );
    Workspace::new([("luat.txt", law.to_owned()), ("nd.txt", decree)])
}

#[test]
fn power_of_the_district_is_followed_by_who_has_it_now() {
    let workspace = moved(
        "Thẩm quyền của Ủy ban nhân dân cấp huyện quy định tại khoản 1 Điều 7 Luật Hộ tịch số \
         60/2014/QH13 do Ủy ban nhân dân cấp xã thực hiện.",
    );
    workspace.write(
        "manifest.toml",
        "[documents.nd]\nrelations = [{ kind = \"transfers-competence\", target = \"60/2014/QH13\", \
         provisions = [\"khoản 1 Điều 7\"], clause = \"khoản 1 Điều 4\" }]\n",
    );
    let question = "Theo Luật Hộ tịch số 60/2014/QH13 thì ai đăng ký kết hôn có yếu tố nước ngoài?";
    let answer = asked(&workspace, question, "2025-07-01");
    let told = answer.notices.join("\n");
    assert!(
        told.contains("còn nêu cơ quan cấp huyện; thẩm quyền đã được chuyển theo khoản 1 Điều 4 Nghị định 120/2025/NĐ-CP"),
        "{told}"
    );
    assert!(answer.citations.iter().any(|c| c.document_id == "nd"));
    prove(&answer, |id| workspace.document(id));
    let before = asked(&workspace, question, "2025-06-30");
    assert!(
        !before.notices.join("\n").contains("cấp huyện"),
        "{before:?}"
    );
}

#[test]
fn power_of_the_district_that_nobody_moved_is_warned_of() {
    let workspace = moved("Ủy ban nhân dân cấp xã niêm yết thủ tục.");
    let question = "Theo Luật Hộ tịch số 60/2014/QH13 thì ai đăng ký kết hôn có yếu tố nước ngoài?";
    let answer = asked(&workspace, question, "2026-11-22");
    let told = answer.notices.join("\n");
    assert!(
        told.contains("kho chưa có quy định chuyển thẩm quyền đối với nội dung này"),
        "{told}"
    );
}

/// Decisions of two provinces on the same matter, of these numbers: `a` of An Phú, `b` of Gia Lai.
fn decided(a: &str, b: &str) -> Workspace {
    let decision = |province: &str, number: &str, days: u32| {
        format!(
            "+++\nissuer = \"Ủy ban nhân dân tỉnh {province}\"\nnumber = \"{number}\"\neffective = \
             2026-01-01\n+++\nĐiều 3. Thời hạn trả kết quả\n1. Thời hạn xác nhận hồ sơ đất đai tại xã \
             là {days} ngày làm việc.\n"
        )
    };
    Workspace::new([
        ("a.md", decision("An Phú", a, 4)),
        ("b.md", decision("Gia Lai", b, 6)),
    ])
}

#[test]
fn decision_of_the_own_province_goes_before_that_of_another() {
    let workspace = decided("4/2026/QĐ-UBND", "6/2026/QĐ-UBND");
    let question = "Thời hạn xác nhận hồ sơ đất đai tại xã là bao lâu?";
    for (province, own, words) in [("tỉnh An Phú", "a", "04 ngày"), ("gia lai", "b", "06 ngày")]
    {
        let answer: Answer = workspace
            .run(["ask", "--json", "--province", province, question])
            .json();
        let first = &answer.citations[answer.statements[0].citations[0]];
        assert_eq!(first.document_id, own, "{words}");
        let other = answer.citations.iter().any(|c| c.document_id != own);
        let told = answer
            .notices
            .join("\n")
            .contains("do cơ quan của tỉnh, thành phố khác ban hành");
        assert_eq!(other, told, "{:?}", answer.notices);
    }
}

#[test]
fn province_that_no_document_is_of_is_warned_of() {
    let workspace = decided("4/2026/QĐ-UBND", "6/2026/QĐ-UBND");
    let is_warned = |province: &str| {
        let output = workspace.run(["ask", "--province", province, BIRTH]);
        output.stderr.contains("no document is of this province")
    };
    assert!(is_warned("Gia Lay") && !is_warned("Gia Lai"));
}

#[test]
fn decision_named_by_its_number_is_that_of_the_own_province() {
    let workspace = decided("12/2026/QĐ-UBND", "12/2026/QĐ-UBND");
    let question = "khoản 1 Điều 3 Quyết định 12/2026/QĐ-UBND quy định gì?";
    let ask = |province: &[&str]| -> Answer {
        let arguments = [&["ask", "--json", question], province].concat();
        workspace.run(arguments).json()
    };
    let cited = |answer: &Answer| -> Vec<String> {
        let ids = answer.citations.iter().map(|c| c.document_id.clone());
        ids.collect()
    };
    let at_home = ask(&["--province", "Gia Lai"]);
    assert_eq!(cited(&at_home), ["b"], "{at_home:?}");
    assert!(!at_home.notices.join("\n").contains("12/2026/QĐ-UBND» là"));
    // Nobody said which is meant.
    let anywhere = ask(&[]);
    assert_eq!(cited(&anywhere), ["a", "b"], "{anywhere:?}");
    let told = anywhere.notices.join("\n");
    for words in [
        "của Ủy ban nhân dân tỉnh An Phú",
        "của Ủy ban nhân dân tỉnh Gia Lai",
        "ghi rõ cơ quan ban hành",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    // Where there is none of the own province, those of others are all there is.
    assert_eq!(cited(&ask(&["--province", "Lâm Đồng"])), ["a", "b"]);
}

#[test]
fn amounts_paid_from_an_earlier_day_are_told_of() {
    let decree = decree("335/2026/NĐ-CP", 60)
        + "Điều 24. Hiệu lực\n1. Nghị định này có hiệu lực từ ngày 05/10/2026.\n2. Mức thu quy định tại Nghị \
           định này được áp dụng kể từ ngày 01/7/2026.\n";
    let workspace = Workspace::new([("a.txt", decree)]);
    let answer = asked(&workspace, BIRTH, "2026-11-22");
    let standing = answer.citations[0].standing.as_ref().unwrap();
    assert_eq!(
        standing.label,
        "còn hiệu lực; quy định được áp dụng kể từ ngày 01/7/2026"
    );
}

#[test]
fn text_of_a_later_day_alone_is_no_answer() {
    let workspace = workspace();
    workspace.remove("a.txt");
    let answer = asked(&workspace, BIRTH, "2025-06-30");
    assert_eq!(answer.status, Status::Abstained, "{answer:?}");
    assert!(!answer.statements.is_empty() && answer.message.is_some());
    assert_eq!(
        asked(&workspace, BIRTH, "2025-07-01").status,
        Status::Answered
    );
}

#[test]
fn text_that_abolishes_the_district_is_not_warned_of() {
    let workspace =
        moved("Việc của Ủy ban nhân dân cấp huyện do Ủy ban nhân dân cấp xã thực hiện.");
    workspace.remove("luat.txt");
    let question = "Việc của Ủy ban nhân dân cấp huyện do ai thực hiện?";
    let answer = asked(&workspace, question, "2026-11-22");
    assert!(
        answer
            .citations
            .iter()
            .any(|c| c.quote.contains("cấp huyện"))
    );
    assert!(
        !answer
            .notices
            .join("\n")
            .contains("còn nêu cơ quan cấp huyện"),
        "{answer:?}"
    );
}

#[test]
fn provision_that_another_text_added_is_quoted_from_there() {
    let base = decree("120/2025/NĐ-CP", 60)
        + "Điều 24. Hiệu lực\nNghị định này có hiệu lực từ ngày 01/7/2025.\n";
    let adding = "CHÍNH PHỦ\nSố: 155/2026/NĐ-CP\nHà Nội, ngày 15 tháng 5 năm 2026\nNGHỊ ĐỊNH\nSửa đổi, bổ \
                  sung một số điều của Nghị định số 120/2025/NĐ-CP\n\nĐiều 1. Sửa đổi, bổ sung một số điều\n1. Bổ \
                  sung khoản 2a vào sau khoản 2 Điều 23 Nghị định số 120/2025/NĐ-CP như sau:\n“2a. Người \
                  được ủy quyền phải có giấy ủy quyền.”.\nĐiều 2. Hiệu lực\nNghị định này có hiệu lực từ ngày \
                  01/7/2026.\n";
    let workspace = Workspace::new([("b.txt", base), ("c.txt", adding.to_owned())]);
    let question = "khoản 2a Điều 23 Nghị định 120/2025 nói gì?";
    let answer = asked(&workspace, question, "2026-07-01");
    assert_eq!(answer.status, Status::Answered, "{answer:?}");
    let first = &answer.citations[answer.statements[0].citations[0]];
    assert_eq!(
        (first.document_id.as_str(), first.locator.as_str()),
        ("c", "khoản 1 Điều 1")
    );
    assert_eq!(answer.passages[0].document_id, "c");
    let told = "Lưu ý: khoản 2a Điều 23 Nghị định 120/2025/NĐ-CP được bổ sung bởi khoản 1 Điều 1 Nghị định \
                155/2026/NĐ-CP; nội dung được trích từ văn bản bổ sung.";
    assert_eq!(answer.notices[0], told);
    prove(&answer, |id| workspace.document(id));
    let before = asked(&workspace, question, "2026-06-30");
    assert_eq!(before.status, Status::Abstained, "{before:?}");
    assert!(
        before.notices[0].contains(" không có khoản 2a Điều 23. "),
        "{:?}",
        before.notices
    );
}

#[test]
fn provisions_that_the_samples_have_by_an_amendment_are_found() {
    let workspace = Workspace::sample();
    for (question, clause, words) in [
        (
            "NĐ 118/2025 khoản 2a Điều 17 nói gì?",
            "khoản 2 Điều 8",
            "VNeID",
        ),
        (
            "khoản 9 điều 3 nghị định 118/2025",
            "khoản 2 Điều 1",
            "Ki-ốt thông minh",
        ),
    ] {
        let answer = asked(&workspace, question, "2026-11-26");
        assert_eq!(answer.status, Status::Answered, "{question}: {answer:?}");
        assert_eq!(answer.citations[0].locator, clause, "{question}");
        assert!(answer.citations[0].quote.contains(words), "{question}");
        let told = answer.notices.join("\n");
        let by = format!("được bổ sung bởi {clause} Nghị định 309/2026/NĐ-CP-MẪU");
        assert!(told.contains(&by), "{question}: {told}");
        assert!(!told.contains("không có khoản"), "{question}: {told}");
    }
}

/// Guidance that rests on a law which another one replaces on 1 March 2027.
fn resting() -> Workspace {
    let guide = "+++\nnumber = \"01/HD-UBND\"\ntitle = \"Hướng dẫn đăng ký hộ tịch\"\neffective = \
                 2026-09-01\n+++\nĐiều 5. Thời hạn đăng ký khai sinh\n1. Thời hạn đăng ký khai sinh là 60 \
                 ngày kể từ ngày sinh con (căn cứ khoản 1 Điều 15 Luật Hộ tịch số 60/2014/QH13).\n2. Quá \
                 thời hạn đăng ký khai sinh thì vẫn đăng ký như đúng hạn (căn cứ khoản 1 Điều 16 Luật Hộ \
                 tịch số 60/2014/QH13).\n";
    let workspace = Workspace::new([("hd.md", guide)]);
    workspace.write(
        "manifest.toml",
        "[known.\"60/2014/QH13\"]\ntitle = \"Luật Hộ tịch\"\neffective = 2016-01-01\n\
         [known.\"03/2026/QH16\"]\ntitle = \"Luật Hộ tịch\"\neffective = 2027-03-01\nrelations = [{ kind = \
         \"replaces\", target = \"60/2014/QH13\" }]\n",
    );
    workspace
}

#[test]
fn base_of_a_quote_that_is_law_no_longer_is_told_of_once() {
    let workspace = resting();
    let told = |question: &str, day: &str| -> Vec<String> {
        let notices = asked(&workspace, question, day).notices.into_iter();
        notices
            .filter(|notice| notice.contains("60/2014/QH13"))
            .collect()
    };
    assert_eq!(
        told(BIRTH, "2027-03-01"),
        [
            "Lưu ý: căn cứ nêu trong đoạn trích (Luật Hộ tịch 60/2014/QH13) đã được thay thế từ ngày 01/3/2027 \
             theo Luật Hộ tịch 03/2026/QH16; đề nghị xác định căn cứ có hiệu lực trước khi áp dụng."
        ]
    );
    assert!(told(BIRTH, "2027-02-28").is_empty());
    let named = "Theo Luật Hộ tịch số 60/2014/QH13 thì thời hạn đăng ký khai sinh là bao lâu?";
    let named = told(named, "2027-03-01").join("\n");
    assert_eq!(named.matches("đã được thay thế").count(), 1, "{named}");
}

#[test]
fn base_that_ends_on_the_day_of_the_question_is_told_of_in_the_samples() {
    let workspace = Workspace::sample();
    let answer = workspace.ask("Từ ngày 01/3/2027 thời hạn đăng ký khai sinh là bao lâu?");
    assert_eq!(answer.as_of, "2027-03-01");
    let told = answer.notices.join("\n");
    let base = "căn cứ nêu trong đoạn trích (Luật Hộ tịch 60/2014/QH13) đã được thay thế từ ngày 01/3/2027";
    assert_eq!(told.matches(base).count(), 1, "{told}");
    let now = asked(&workspace, BIRTH, "2026-11-26").notices.join("\n");
    assert!(!now.contains("căn cứ nêu"), "{now}");
}

#[test]
fn day_behind_a_name_of_a_matter_is_the_day_of_the_law() {
    let workspace = Workspace::sample();
    let law =
        "Thời hạn cấp giấy phép xây dựng nhà ở riêng lẻ trước ngày 01/7/2026 là bao nhiêu ngày?";
    let answer = workspace.ask(law);
    assert_eq!(answer.as_of, "2026-06-30");
    assert!(answer.statements[0].text.contains("15 ngày"), "{answer:?}");
    let case = "Hợp đồng đã ký trước ngày 01/7/2025 với bảo vệ thì theo nghị định nào?";
    assert_ne!(workspace.ask(case).as_of, "2025-06-30");
}
