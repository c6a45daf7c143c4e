//! Tables as pages of HTML.

use super::*;

/// The names of a page's elements in their order; fails unless every one is closed where it must be and every attribute
/// is quoted.
pub(super) fn elements(page: &str) -> Vec<String> {
    let mut rest = page.strip_prefix("<!doctype html>").unwrap();
    let (mut open, mut all): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    while let Some((text, behind)) = rest.split_once('<') {
        assert!(!text.contains('>') || open.last().is_some_and(|name| name == "style"), "{text}");
        let (tag, next) = behind.split_once('>').unwrap();
        rest = next;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap();
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric()) && !name.is_empty(), "{tag}");
        // Outside quotes there are only names, `=` and blanks.
        let outside: String = tag.split('"').step_by(2).collect();
        assert!(tag.matches('"').count() % 2 == 0 && !outside.contains(['\'', '&']), "{tag}");
        all.push(name.to_owned());
        if !tag.ends_with('/') {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{open:?} {rest}");
    all
}

#[test]
fn a_page_stands_alone_and_takes_no_text_for_markup() {
    let markup = "</script><script>alert(1)</script> <img src='http://x.y/z' onerror=\"a\"> <!-- &lt; ]]> 猫 שלום";
    let page = |view: &str, text: &str| {
        let more = ["--pair", markup, "--model", TINY, "--view", view, "--format", "html"];
        // That the text is too long is said elsewhere.
        String::from_utf8(run(&mut clscope(&[&["attention", text], &more[..]].concat())).stdout).unwrap()
    };
    for view in ["layers", "heads", "matrix"] {
        for text in [markup, HOSTILE, "the cat"] {
            let page = page(view, text);
            assert!(is_printable(&page), "{page}");
            let elements = elements(&page);
            let count = |name| elements.iter().filter(|element| *element == name).count();
            assert_eq!([count("script"), count("img"), count("link"), count("a"), count("iframe")], [1, 0, 0, 0, 0]);
            assert_eq!(count("table"), if view == "matrix" { 2 } else { 1 });
            for loads in ["src=", "href=", "url(", "@import", "http:", "https:"] {
                // The sentence itself has one, as text.
                let told = page.replace("http://x.y/z", "").replace("src=&#39;", "").replace("src='", "");
                assert!(!told.contains(loads), "{loads}");
            }
        }
    }
}

// Tables that no model makes.

#[test]
fn numbers_that_are_not_finite_are_left_out() {
    let values = [Some(0.5), None, Some(f32::NAN), Some(f32::INFINITY)];
    let table = Table {
        title: "odd".to_owned(),
        keys: Column::all(["name"]),
        cells: Some(Cells {
            id: "shares",
            quantity: Quantity::Share,
            columns: ["a,b", "\"c\"", "d\te", "f"].map(str::to_owned).to_vec(),
        }),
        measures: vec![ValueColumn::new("length", Quantity::Number)],
        rows: vec![TableRow {
            keys: vec![Key::Text("x\ny".to_owned())],
            cells: values.to_vec(),
            measures: vec![Some(f32::NEG_INFINITY)],
        }],
    };
    let document = Document { tables: vec![table], ..Document::default() };
    let of = |format: Format| String::from_utf8(format.bytes(&document).unwrap()).unwrap();
    assert_eq!(of(Format::Tsv), "name\ta,b\t\"c\"\td e\tf\tlength\nx y\t0.5\t\t\t\t\n");
    assert_eq!(of(Format::Csv), "name,\"a,b\",\"\"\"c\"\"\",d e,f,length\nx y,0.5,,,,\n");
    let json: Value = serde_json::from_str(&of(Format::Json)).unwrap();
    assert_eq!(json["tables"][0]["rows"], json!([{"name": "x\ny", "shares": [0.5, null, null, null], "length": null}]));
    assert_eq!(of(Format::Table).matches('–').count(), 4);
    let page = of(Format::Html);
    elements(&page);
    assert_eq!((page.matches("–</td>").count(), page.matches("<td class").count()), (4, 5));
    let npz = arrays(Format::Npz.bytes(&document).unwrap());
    assert_eq!(npz["shares"].shape(), [1, 4]);
    assert!(npz["shares"][[0, 1]].is_nan() && npz["shares"][[0, 3]].is_infinite());
}

#[test]
fn poolings_and_a_picture_make_a_page_too() {
    let cosines = [[Some(1.0), Some(-0.25)], [Some(-0.25), Some(1.0)]].map(Vec::from);
    let table = Table::poolings("Cosines".to_owned(), &[Pooling::Cls, Pooling::Mean], &cosines, &[2.0, 3.5]);
    let picture = Some("<svg xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"1\"/></svg>\n".to_owned());
    let document = Document { tables: vec![table], picture, ..Document::default() };
    let of = |format: Format| String::from_utf8(format.bytes(&document).unwrap()).unwrap();
    assert_eq!(of(Format::Csv), "pooling,cls,mean,norm\ncls,1,-0.25,2\nmean,-0.25,1,3.5\n");
    assert!(of(Format::Table).contains("\nmean     −0.2500   1.0000  3.5000\n"));
    let page = of(Format::Html);
    assert!(elements(&page).contains(&"rect".to_owned()));
    assert!(page.contains("<td class=\"d64\" title=\"1\">1.0000</td>"));
    assert!(page.contains("<td class=\"d24\" title=\"-0.25\">−0.2500</td>"));
}
