//! `clscope screenshot`, and the pictures of the documents.

use super::*;

fn draw(arguments: &[&str]) -> Picture {
    Picture::parse(&text(&with(&["screenshot", "--model", TINY], arguments)))
}

#[test]
fn every_view_is_drawn_at_every_size() {
    for view in ["layers", "heads", "matrix", "pooling", "help"] {
        let sentences = ["--text", "the 猫 sat on <the> \"mat\" & ran", "--pair", "it was é🙂"];
        let pictures: Vec<Picture> =
            [&[][..], &sentences[..2], &sentences].map(|sentences| draw(&with(&[view], sentences))).into();
        assert!(pictures[0].difference(&pictures[1]).is_some(), "{view}: the sentence shows");
        assert!(pictures[1].difference(&pictures[2]).is_some(), "{view}: the pair shows");
        for size in ["1x1", "59x15", "60x16", "80x24", "200x60", "300x5"] {
            draw(&with(&[view, "--size", size], &sentences));
        }
    }
    let same = |a: &[&str], b: &[&str]| draw(a).difference(&draw(b)).is_none();
    assert!(same(&["attention", "--text", "a"], &["layers", "--text", "a"]), "its name before there were others");
    let attention = ["layers", "--text", "the cat sat"];
    let after = |keys| with(&attention, &["--keys", keys]);
    assert!(same(&attention, &after("")) && same(&attention, &with(&attention, &["--size", "120x36"])));
    assert!(same(&after("right"), &after(" right  left l ")));
    assert!(!same(&after("right"), &attention));
    for (keys, view) in [
        ("tab", "heads"),
        ("tab tab", "matrix"),
        ("f6", "sweep"),
        ("f7", "pooling"),
        ("f8", "sentences"),
        ("f9", "map"),
    ] {
        assert!(same(&after(keys), &[view, "--text", "the cat sat"]), "{view}");
    }
    assert!(same(&after("?"), &["help", "--text", "the cat sat"]));
}

#[test]
fn a_list_is_drawn_from_a_file_and_from_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list.txt");
    fs::write(&file, "the cat sat\r\na dog\n").unwrap();
    let draw = ["screenshot", "sentences", "--model", TINY, "--size", "100x24"];
    let drawn = text(&with(&draw, &["--file", file.to_str().unwrap()]));
    assert!(drawn.contains("2 sentences") && drawn.contains("the cat sat"), "{drawn}");
    assert_eq!(
        drawn,
        text(&with(&draw, &["--keys", "esc a t h e space c a t space s a t enter a space d o g enter esc g right"]))
    );
    let table = folder.path().join("list.csv");
    fs::write(&table, "id,text\n1,\"the cat\nsat\"\n2,\n3,a dog\n").unwrap();
    let ended = run(&mut clscope(&with(&draw, &["--text-column", "text", "--file", table.to_str().unwrap()])));
    assert_eq!((ended.status, String::from_utf8(ended.stdout).unwrap()), (Some(0), drawn));
    assert!(ended.stderr.contains("text column: text") && ended.stderr.contains("is left out"), "{}", ended.stderr);
    let missing = one_line(&run(&mut clscope(&with(&draw, &["--file", "/nowhere/list.txt"]))), 1);
    assert!(missing.contains("cannot read /nowhere/list.txt as text"), "{missing}");
    let map = text(&["screenshot", "map", "--model", TINY, "--file", file.to_str().unwrap()]);
    assert!(map.contains("two sentences: they lie on a line"), "{map}");
}

#[test]
fn pictures_have_the_colours_asked_for() {
    let base = ["attention", "--text", "the cat sat on the mat", "--keys", "down right"];
    let drawn = |more: &[&str]| text(&with(&with(&["screenshot", "--model", TINY], &base), more));
    let ground = |picture: &str| {
        let (_, rest) = picture.split_once(" rx=\"7\" fill=\"").unwrap();
        color(rest.split('"').next().unwrap())
    };
    let dark = drawn(&[]);
    assert_eq!(dark, drawn(&["--theme", "dark", "--color", "truecolor"]));
    assert_eq!([ground(&dark), ground(&drawn(&["--theme", "light"]))], [[13, 17, 23], [255, 255, 255]]);

    for theme in ["dark", "light", "mono"] {
        let plain = drawn(&["--color", "never", "--theme", theme]);
        let (_, root) = plain.split_once(" fill=\"").unwrap();
        let allowed = [color(root.split('"').next().unwrap()), ground(&plain)];
        assert!(Picture::parse(&plain).colors().all(|color| allowed.contains(&color)), "{theme}");
    }
    let count = |picture: &str| Picture::parse(picture).colors().collect::<BTreeSet<_>>().len();
    let counts = ["16", "256", "truecolor"].map(|depth| count(&drawn(&["--color", depth])));
    assert!(counts[0] <= 16 && counts[0] > 4 && counts[1] >= counts[0] && counts[2] >= counts[1], "{counts:?}");
}

/// `name | arguments` with quotes, as in `screenshots/commands.txt`.
fn pictures() -> Vec<(String, Vec<String>)> {
    let list = fs::read_to_string(repository("screenshots/commands.txt")).unwrap();
    let entry = |line: &str| {
        let (name, arguments) = line.split_once(" | ").expect(line);
        let pieces = arguments.split('"').enumerate().flat_map(|(i, piece)| match i % 2 {
            0 => piece.split_whitespace().map(str::to_owned).collect(),
            _ => vec![piece.to_owned()],
        });
        (name.to_owned(), pieces.collect())
    };
    list.lines().filter(|line| !line.starts_with('#')).map(entry).collect()
}

#[test]
fn the_committed_pictures_are_what_the_program_draws() {
    let update = std::env::var_os("CLSCOPE_UPDATE_SCREENSHOTS").is_some();
    let entries = pictures();
    for (name, arguments) in &entries {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let drawn = text(&with(&["screenshot"], &arguments));
        let file = repository("screenshots").join(name);
        if update {
            fs::write(&file, &drawn).unwrap();
        }
        let committed = fs::read_to_string(&file).unwrap_or_default();
        let difference = match committed.is_empty() {
            true => Some("it is missing".to_owned()),
            false => Picture::parse(&committed).difference(&Picture::parse(&drawn)),
        };
        if let Some(difference) = difference {
            panic!(
                "screenshots/{name} is not what clscope draws:\n{difference}\nIf it should now look so, write it again with\n    \
                 CLSCOPE_UPDATE_SCREENSHOTS=1 cargo test --release --test program cli\nand look at it."
            );
        }
    }
    let listed: BTreeSet<_> = entries.into_iter().map(|(name, _)| name).collect();
    let found =
        fs::read_dir(repository("screenshots")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(found.filter(|name| name.ends_with(".svg")).collect::<BTreeSet<_>>(), listed);
}
