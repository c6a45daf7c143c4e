//! Disks that are full or cannot be written, and ends in the middle of writing: what was there before is whole.

mod outputs;

use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use clscope::{
    app::{App, Session},
    bert::Input,
    session::{self, KeptSessions},
};

use crate::{
    dice::Dice,
    program::{Ended, TINY, clscope, one_line, run, with},
};

const TEXT: &str = "the cat sat on the mat";

/// Runs it where no file may grow beyond so many blocks of 512 bytes, as on a disk that is full.
fn on_a_full_disk(command: &Command, blocks: u32) -> Ended {
    let mut limited = Command::new("sh");
    limited.args(["-c", &format!("ulimit -f {blocks} && exec \"$@\""), "sh"]);
    limited.arg(command.get_program()).args(command.get_args()).stdin(Stdio::null());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    run(&mut limited)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_full_disk_leaves_the_file_that_was_there() {
    let room = tempfile::tempdir().unwrap();
    let output = room.path().join("output");
    let long = vec![TEXT; 100].join("\n");
    let list = room.path().join("list.txt");
    fs::write(&list, long).unwrap();
    let list = list.to_str().unwrap();
    let commands: [&[&str]; 9] = [
        &["trace", TEXT, "--format", "json"],
        &["trace", TEXT, "--format", "npz"],
        &["attention", TEXT, "--view", "matrix", "--format", "json"],
        &["similarity", "--file", list, "--format", "json"],
        &["similarity", "--file", list, "--format", "html"],
        &["embed", "--file", list, "--format", "jsonl"],
        &["embed", "--file", list, "--format", "npz"],
        &["embed", "--file", list, "--format", "parquet"],
        &["screenshot", "layers", "--text", TEXT],
    ];
    for command in commands {
        let arguments = [command, &["--model", TINY, "--output", output.to_str().unwrap()]].concat();
        fs::write(&output, "what was there").unwrap();
        let ended = on_a_full_disk(&clscope(&arguments), 1);
        assert_eq!((ended.status, ended.stdout.len()), (Some(1), 0), "{command:?}: {}", ended.stderr);
        let line = ended.stderr.lines().last().unwrap();
        assert!(line.contains("output") && line.contains("too large"), "{command:?}: {line}");
        assert_eq!(fs::read_to_string(&output).unwrap(), "what was there", "{command:?}");
        assert_eq!(names(room.path()), ["list.txt", "output"], "{command:?}");
        // With room it is replaced.
        let ended = run(&mut clscope(&arguments));
        assert_eq!(ended.status, Some(0), "{command:?}: {}", ended.stderr);
        assert!(fs::metadata(&output).unwrap().len() > 512);
    }
}

#[test]
fn vectors_that_found_no_room_are_worked_out_again() {
    let room = tempfile::tempdir().unwrap();
    let list = room.path().join("list.txt");
    let texts: Vec<String> = (0..60).map(|number| format!("the cat {number} sat on the mat")).collect();
    fs::write(&list, texts.join("\n")).unwrap();
    let embed = |cache: &str| {
        let mut command = clscope(&["embed", "--file", list.to_str().unwrap(), "--model", TINY, "--format", "jsonl"]);
        command.env("XDG_CACHE_HOME", room.path().join(cache));
        command
    };
    let whole = run(&mut embed("whole")).stdout;
    assert_eq!(whole.iter().filter(|byte| **byte == b'\n').count(), 60);
    for blocks in [1, 3, 8] {
        let cache = format!("full-{blocks}");
        // Standard output is a pipe, which has no limit; only what is kept has none.
        let ended = on_a_full_disk(&embed(&cache), blocks);
        assert_eq!(ended.status, Some(0), "{}", ended.stderr);
        assert!(ended.stderr.contains("vectors are not kept"), "{}", ended.stderr);
        assert!(ended.stdout == whole, "{blocks} blocks");
        for _ in 0..2 {
            assert!(run(&mut embed(&cache)).stdout == whole, "after {blocks} blocks");
        }
    }
}

#[test]
fn everything_works_where_nothing_can_be_written() {
    for command in [&["trace", TEXT][..], &["embed", TEXT], &["sessions"], &["models"]] {
        let mut command = clscope(&[command, &["--model", TINY]].concat());
        for variable in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "HF_HOME"] {
            command.env(variable, "/dev/null/home");
        }
        let ended = run(&mut command);
        assert!(ended.status == Some(0) || one_line(&ended, 1).contains("session"), "{command:?}: {}", ended.stderr);
    }
}

/// Killed as it writes, it leaves nothing where the disk knows files without names, as every disk of Linux does on which tests run.
#[test]
#[cfg(target_os = "linux")]
fn whoever_is_killed_while_it_writes_leaves_nothing() {
    let room = tempfile::tempdir().unwrap();
    let list = room.path().join("list.txt");
    let texts: Vec<String> = (0..200_000).map(|number| format!("the cat {number} sat on the mat")).collect();
    fs::write(&list, texts.join("\n")).unwrap();
    let (list, output) = (list.to_str().unwrap(), room.path().join("output.jsonl"));
    let arguments = ["embed", "--file", list, "--no-cache", "--model", TINY, "--output", output.to_str().unwrap()];
    for signal in ["INT", "TERM", "HUP", "KILL"] {
        let mut child = clscope(&arguments).stderr(Stdio::null()).spawn().unwrap();
        while !is_writing_in(child.id(), room.path()) {
            thread::sleep(Duration::from_millis(1));
        }
        let killed = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        assert!(killed.success() && !child.wait().unwrap().success(), "{signal}");
        assert_eq!(names(room.path()), ["list.txt"], "{signal}");
    }
}

/// Whether a process has a file open in the folder that is not the list, whatever its name, if it has one.
fn is_writing_in(process: u32, folder: &Path) -> bool {
    let open = fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
    let open = open.filter_map(|entry| fs::read_link(entry.path()).ok());
    open.into_iter().any(|path| path.starts_with(folder) && !path.ends_with("list.txt"))
}

/// By every name it may have, of every command that reads a file.
#[test]
fn no_result_takes_the_place_of_what_it_is_made_from() {
    let room = tempfile::tempdir().unwrap();
    let path = |name: &str| room.path().join(name).to_str().unwrap().to_owned();
    let (list, linked, model, probe) = (path("list.txt"), path("linked.txt"), path("model"), path("a.probe"));
    let labelled: String = (0..12).map(|at| format!("{}\tthe cat {at} sat\n", ["yes", "no"][at % 2])).collect();
    fs::write(&list, &labelled).unwrap();
    fs::hard_link(&list, &linked).unwrap();
    std::os::unix::fs::symlink(&list, path("symbolic.txt")).unwrap();
    fs::create_dir(&model).unwrap();
    for name in names(Path::new(TINY)) {
        fs::copy(Path::new(TINY).join(&name), Path::new(&model).join(&name)).unwrap();
    }
    let train = ["probe", "train", &list, "--pooling", "cls"];
    assert_eq!(run(&mut clscope(&with(&train, &["--model", &model, "--output", &probe]))).status, Some(0));
    let dotted = format!("{model}/../model/config.json");
    let cases: [(&[&str], &str); 11] = [
        (&["embed", "--file", &list, "--format", "jsonl"], &list),
        (&["embed", "--file", &list, "--format", "jsonl"], &linked),
        (&["embed", "--file", &path("symbolic.txt"), "--format", "jsonl"], &list),
        (&["predict", "--file", &list, "--probe", &probe, "--format", "csv"], &list),
        (&["predict", TEXT, "--probe", &probe, "--format", "csv"], &probe),
        (&["similarity", "--file", &list], &list),
        (&["similarity", "a cat", "a dog", "--background", &list], &list),
        (&["mixing", "--file", &list], &list),
        (&["evaluate", &list, "--task", "classify"], &list),
        (&train, &list),
        (&["trace", TEXT, "--format", "json"], &dotted),
    ];
    for (command, output) in cases {
        let before = fs::read(output).unwrap();
        let ended = run(&mut clscope(&[command, &["--model", &model, "--output", output]].concat()[..]));
        let line = ended.stderr.lines().last().unwrap_or_default();
        assert!(ended.status == Some(2) && line.contains("would be lost; name another"), "{command:?}: {line}");
        assert_eq!(fs::read(output).unwrap(), before, "{command:?}");
    }
}

#[test]
fn a_link_stays_a_link_and_what_it_leads_to_is_replaced() {
    let room = tempfile::tempdir().unwrap();
    let path = |name: &str| room.path().join(name);
    fs::create_dir(path("elsewhere")).unwrap();
    fs::write(path("elsewhere/old"), "before").unwrap();
    for (link, target) in [("one", "elsewhere/old"), ("two", "one"), ("new", "elsewhere/new"), ("ring", "ring")] {
        std::os::unix::fs::symlink(target, path(link)).unwrap();
    }
    let written = |output: &Path| {
        let command = ["embed", TEXT, "--model", TINY, "--format", "jsonl", "--output", output.to_str().unwrap()];
        run(&mut clscope(&command))
    };
    for (link, target) in [("two", "elsewhere/old"), ("new", "elsewhere/new")] {
        let ended = written(&path(link));
        assert_eq!(ended.status, Some(0), "{link}: {}", ended.stderr);
        assert!(path(link).is_symlink() && fs::read_to_string(path(target)).unwrap().starts_with('{'), "{link}");
    }
    let ended = written(&path("ring"));
    assert!(ended.status == Some(1) && ended.stderr.contains("ring"), "{}", ended.stderr);
    assert_eq!(names(room.path()), ["elsewhere", "new", "one", "ring", "two"]);
    // Standard output by its name is what the shell has made it.
    let file = path("redirected");
    let mut command = clscope(&["embed", TEXT, "--model", TINY, "--format", "jsonl", "--output", "/dev/stdout"]);
    fs::write(&file, "kept\n").unwrap();
    let status = command.stdout(fs::File::options().append(true).open(&file).unwrap()).status().unwrap();
    assert!(status.success() && fs::read_to_string(&file).unwrap().starts_with("kept\n{"));
}

/// A place that cannot be written is said before the work is done: nothing is read of a model that is not there.
#[test]
fn where_nothing_can_be_written_is_said_first() {
    let room = tempfile::tempdir().unwrap();
    let list = room.path().join("list.txt");
    fs::write(&list, TEXT).unwrap();
    let list = list.to_str().unwrap();
    let nowhere = room.path().join("none/output.json");
    let commands: [&[&str]; 6] = [
        &["trace", TEXT],
        &["similarity", "--file", list],
        &["mixing", "--file", list],
        &["predict", "--file", list],
        &["screenshot", "layers"],
        &["probe", "train", list, "--pooling", "cls"],
    ];
    for command in commands {
        let more = |output| [command, &["--model", "/no/such/model", "--output", output]].concat();
        let line = one_line(&run(&mut clscope(&more(nowhere.to_str().unwrap()))), 1);
        assert!(line.contains("make its directory first"), "{command:?}: {line}");
        assert!(one_line(&run(&mut clscope(&more("-"))), 2).contains("./-"), "{command:?}");
    }
}

/// Not a test: what is killed by the one below.
#[test]
#[ignore = "run by whoever_is_killed_while_it_keeps_a_session_leaves_one_that_is_whole"]
fn keep_sessions_for_ever() {
    let Some(folder) = env::var_os(KEEP_IN) else { return };
    let kept = KeptSessions::new(folder.into());
    for number in 0usize.. {
        kept.keep(&numbered_session(number)).unwrap();
        session::save(Path::new(&env::var(KEEP_IN).unwrap()).parent().unwrap(), &numbered_session(number)).unwrap();
    }
}

const KEEP_IN: &str = "CLSCOPE_TEST_KEEP_IN";

/// Of different lengths, so that a mixture of two is seen.
fn numbered_session(number: usize) -> Session {
    let text = format!("{number} {}", "a long sentence ".repeat(1 + number * 7919 % 300));
    App::new(Input::single(text), Vec::<Input>::new()).session()
}

#[test]
fn whoever_is_killed_while_it_keeps_a_session_leaves_one_that_is_whole() {
    let room = tempfile::tempdir().unwrap();
    let folder = room.path().join("sessions");
    let mut dice = Dice::new(1);
    for _ in 0..12 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "faults::keep_sessions_for_ever", "--ignored", "--test-threads=1"])
            .env(KEEP_IN, &folder)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        while !folder.exists() {
            thread::yield_now();
        }
        thread::sleep(Duration::from_micros(dice.below(60_000) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        let saved = names(room.path()).into_iter().filter(|name| name.ends_with(".toml"));
        let saved = saved.map(|name| room.path().join(name));
        let kept = KeptSessions::new(folder.clone()).others().into_iter().map(|kept| kept.path);
        for path in kept.chain(saved).collect::<Vec<_>>() {
            let session = session::read(&path).unwrap();
            let number = session.input.text.split(' ').next().unwrap().parse().unwrap();
            assert_eq!(session, numbered_session(number));
            if path.parent() == Some(room.path()) {
                fs::remove_file(path).unwrap();
            }
        }
    }
}
