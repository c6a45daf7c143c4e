//! Downloads that are cut, stall, are given up and taken up again: in the end every byte is right.

use std::{
    fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use clscope::models::{Cancel, Hub, HubSettings, Progress};

use super::{
    bench::{Bench, ID, TINY, WEIGHTS, always, complaint, everything_in, expected, model},
    pty::wait_until,
    server::{Fault, Kind},
};

/// Of the weights of [`TINY`].
const SIZE: usize = 34_552;

fn once(kind: Kind) -> Fault {
    Fault::once(WEIGHTS, kind)
}

/// What comes of the weights before they are cut off again and again.
fn broken_off(bytes: usize) -> [Fault; 2] {
    [once(Kind::CutAfter(bytes)), Fault { times: 4, ..once(Kind::CutAfter(0)) }]
}

#[test]
fn a_connection_that_is_cut_is_taken_up_where_it_ended() {
    let bench = Bench::failing([once(Kind::CutAfter(10_000)), once(Kind::CutAfter(9_000))]);
    let snapshot = bench.fetch().unwrap();
    bench.assert_whole(&snapshot);
    assert_eq!(bench.downloads_of(WEIGHTS), [0, 10_000, 19_000]);
    for small in ["config.json", "tokenizer.json", "tokenizer_config.json"] {
        let bench = Bench::failing([Fault::once(small, Kind::CutAfter(100)), Fault::once(small, Kind::CutAfter(1))]);
        bench.assert_whole(&bench.fetch().unwrap());
        assert_eq!(bench.downloads_of(small), [0, 100, 101], "{small}");
    }
}

#[test]
fn a_connection_may_be_cut_any_number_of_times_while_bytes_come() {
    let bench = Bench::failing([Fault { times: 30, ..once(Kind::CutAfter(1_000)) }]);
    bench.assert_whole(&bench.fetch().unwrap());
    assert_eq!(bench.downloads_of(WEIGHTS).len(), 31);
}

#[test]
fn given_up_it_says_how_much_is_here_and_goes_on_from_there() {
    let bench = Bench::failing(broken_off(10_000));
    // 10,000 of the weights, and the tokenizer.
    bench.refused(&[ID, "the connection was lost after 15 kB of 40 kB", "run it again"]);
    assert_eq!(bench.main(), None);
    assert!(bench.hub().cached(&model(ID)).is_none());

    bench.server.forget_requests();
    bench.assert_whole(&bench.fetch().unwrap());
    assert_eq!(bench.downloads_of(WEIGHTS), [10_000]);
    assert_eq!(bench.downloads_of("tokenizer.json"), [0; 0]);
    assert!(bench.loads(ID) == expected(TINY));
}

/// Without a length, a cut looks like an end, and another page like the file: nothing of it is kept.
#[test]
fn a_file_that_ends_early_is_fetched_anew() {
    let bench = Bench::failing([once(Kind::CutSilently(9_000)), once(Kind::CutSilently(1))]);
    bench.assert_whole(&bench.fetch().unwrap());
    assert_eq!(bench.downloads_of(WEIGHTS), [0, 0, 0]);

    let bench = Bench::failing([once(Kind::CutSilently(9_000)), always(WEIGHTS, Kind::CutSilently(0))]);
    bench.refused(&[ID, "run it again"]);
    bench.assert_recovers();
}

#[test]
fn bytes_beyond_the_end_are_never_kept() {
    for kind in [Kind::Longer(1), Kind::Longer(100_000)] {
        let bench = Bench::failing([once(kind.clone())]);
        let message = bench.fetch().expect_err(&format!("{kind:?}"));
        assert!(message.contains(WEIGHTS) && message.contains("34552 bytes"), "{message}");
        assert_eq!(bench.main(), None);
        bench.assert_whole(&bench.fetch().unwrap());
        // Behind what came before the cut, too.
        let bench = Bench::failing([once(Kind::CutAfter(30_000)), once(kind)]);
        bench.refused(&[WEIGHTS]);
        bench.assert_whole(&bench.fetch().unwrap());
    }
}

#[test]
fn a_byte_that_is_not_the_hubs_is_never_kept() {
    for at in [0, 20_000, SIZE - 1] {
        let bench = Bench::failing([once(Kind::Flip(at))]);
        bench.refused(&[ID, WEIGHTS, "SHA-256", "run it again"]);
        assert_eq!(bench.main(), None);
        assert_eq!(fs::metadata(bench.part()).unwrap().len(), 0);
        bench.assert_whole(&bench.fetch().unwrap());
    }
    // Before and behind a cut, in this run and the next.
    let cut = || once(Kind::CutAfter(10_000));
    for faults in [vec![once(Kind::Flip(7)), cut()], vec![cut(), once(Kind::Flip(7))]] {
        let bench = Bench::failing(faults);
        bench.refused(&[WEIGHTS, "SHA-256"]);
        bench.assert_whole(&bench.fetch().unwrap());
    }
    let bench = Bench::failing(broken_off(10_000));
    bench.refused(&[ID, "run it again"]);
    let mut begun = fs::read(bench.part()).unwrap();
    begun[5_000] ^= 1;
    fs::write(bench.part(), begun).unwrap();
    bench.refused(&[WEIGHTS, "SHA-256"]);
    bench.assert_whole(&bench.fetch().unwrap());
}

#[test]
fn a_wrong_size_is_never_believed() {
    for size in [0, 1, 20_000, SIZE as u64 - 1, SIZE as u64 + 1, 1 << 40, u64::MAX] {
        for times in [1, 2, usize::MAX] {
            let bench = Bench::failing([Fault { times, ..once(Kind::WrongRange(size)) }]);
            match bench.fetch() {
                Ok(snapshot) => bench.assert_whole(&snapshot),
                Err(message) => {
                    assert!(message.contains(ID), "{size}, {times} times: {message}");
                    assert_eq!(bench.main(), None);
                }
            }
            bench.assert_recovers();
        }
    }
}

#[test]
fn a_server_that_knows_no_ranges_does_no_harm() {
    let bench = Bench::failing([once(Kind::CutAfter(10_000)), always(WEIGHTS, Kind::IgnoreRange)]);
    match bench.fetch() {
        Ok(snapshot) => bench.assert_whole(&snapshot),
        Err(message) => assert!(message.contains(WEIGHTS) && message.contains("run it again"), "{message}"),
    }
    // From its start it can be had there, whole.
    bench.assert_whole(&bench.fetch().unwrap());
}

/// A page that a captive portal shows is an answer with status 200, and no part of the weights; nor is the start of
/// the file, from a server that forgot the range and was cut.
#[test]
fn an_answer_that_is_no_range_is_not_appended() {
    let start = Bench::new(TINY).files[WEIGHTS][..5_000].to_vec();
    for body in [b"<html>Log in to the network of the hotel</html>".to_vec(), start] {
        for already in [0, 10_000] {
            let bench = Bench::new(TINY);
            let storage = format!("/cdn/{}/{WEIGHTS}", bench.sha);
            if already > 0 {
                bench.server.fail(Fault::once(&storage, Kind::CutAfter(already)));
            }
            bench.server.fail(Fault::once(&storage, Kind::Body(body.clone())));
            match bench.fetch() {
                Ok(snapshot) => bench.assert_whole(&snapshot),
                Err(message) => assert!(message.contains(ID), "{message}"),
            }
            bench.assert_recovers();
        }
    }
}

/// Leaves this in the cache as what came of the weights.
fn left_behind(bench: &Bench, bytes: &[u8]) {
    let part = bench.part();
    fs::create_dir_all(part.parent().unwrap()).unwrap();
    fs::write(part, bytes).unwrap();
}

#[test]
fn a_part_that_is_whole_is_completed() {
    let bench = Bench::new(TINY);
    left_behind(&bench, &bench.files[WEIGHTS]);
    bench.assert_whole(&bench.fetch().unwrap());
    assert!(bench.downloads_of(WEIGHTS).iter().all(|start| *start >= SIZE - 1), "{:?}", bench.downloads_of(WEIGHTS));
    assert!(bench.loads(ID) == expected(TINY));
}

#[test]
fn a_part_that_is_too_long_is_thrown_away() {
    let bench = Bench::new(TINY);
    left_behind(&bench, &[&bench.files[WEIGHTS][..], b"x"].concat());
    bench.assert_whole(&bench.fetch().unwrap());
    assert_eq!(bench.downloads_of(WEIGHTS), [0]);
}

#[test]
fn what_was_begun_is_gone_on_with_from_any_byte() {
    for length in [0, 1, 8_192, SIZE - 1] {
        let bench = Bench::new(TINY);
        left_behind(&bench, &bench.files[WEIGHTS][..length]);
        bench.assert_whole(&bench.fetch().unwrap());
        assert_eq!(bench.downloads_of(WEIGHTS), [length]);
    }
}

#[test]
fn a_broken_cache_is_mended() {
    let damage: [fn(&Bench, &Path); 4] = [
        |bench, _| fs::remove_file(bench.blob()).unwrap(),
        |bench, _| fs::write(bench.blob(), "cut").unwrap(),
        |_, snapshot| fs::remove_file(snapshot.join(WEIGHTS)).unwrap(),
        |bench, _| fs::remove_dir_all(bench.folder().join("blobs")).unwrap(),
    ];
    for damage in damage {
        let bench = Bench::new(TINY);
        damage(&bench, &bench.fetch().unwrap());
        bench.assert_whole(&bench.fetch().unwrap());
    }
}

#[test]
fn a_hub_that_stays_silent_is_given_up() {
    // Before the first byte of a file, and nowhere at all.
    for (path, kind) in [(WEIGHTS, Kind::Stall(0)), ("/revision/main", Kind::Stall(10))] {
        let bench = Bench::failing([always(path, kind.clone())]);
        let settings = HubSettings { patience: Duration::from_millis(400), ..bench.settings() };
        let message = bench.fetch_as(ID, settings).expect_err(&format!("{path} {kind:?}"));
        assert!(message.contains("nothing came for") && message.contains("run it again"), "{message}");
        bench.assert_recovers();
    }
}

#[test]
fn a_connection_that_falls_silent_is_taken_up_by_another() {
    let bench = Bench::failing([once(Kind::Stall(5_000))]);
    let settings = HubSettings { patience: Duration::from_millis(400), ..bench.settings() };
    bench.assert_whole(Path::new(&bench.fetch_as(ID, settings).unwrap()));
    assert_eq!(bench.downloads_of(WEIGHTS), [0, 5_000]);
}

/// Fetches until the progress is as wanted, cancels then. A stalled fetch that would not hear of it ends by the bench's
/// patience, and is not cancelled.
fn cancelled_when(bench: &Bench, mut wanted: impl FnMut(&Progress) -> bool) {
    let cancel = Cancel::default();
    let mut when = None;
    let result = bench.hub().fetch(&model(ID), &cancel, &mut |progress| {
        if wanted(progress) {
            cancel.cancel();
            when.get_or_insert_with(Instant::now);
        }
    });
    assert!(result.unwrap_err().is_cancelled());
    eprintln!("cancelled after {:.1?}", when.expect("the progress was as wanted").elapsed());
}

#[test]
fn a_stalled_download_can_be_cancelled_and_begun_again() {
    let bench = Bench::failing([once(Kind::Stall(5_000)), once(Kind::Stall(5_000))]);
    let small = (bench.files["tokenizer.json"].len() + bench.files["tokenizer_config.json"].len()) as u64;
    for stalled_at in [5_000, 10_000] {
        cancelled_when(&bench, |progress| progress.done == small + stalled_at);
        assert_eq!(bench.main(), None);
    }
    bench.assert_whole(&bench.fetch().unwrap());
    assert_eq!(bench.downloads_of(WEIGHTS), [0, 5_000, 10_000]);
}

#[test]
fn it_can_be_cancelled_before_the_hub_has_said_anything() {
    let bench = Bench::failing([Fault::once("/revision/main", Kind::Stall(0))]);
    cancelled_when(&bench, |_| true);
    bench.assert_whole(&bench.fetch().unwrap());
}

#[test]
fn progress_grows_up_to_the_whole() {
    let bench = Bench::failing([once(Kind::Slow { bytes: 1_000, every: Duration::from_millis(30) })]);
    let mut seen: Vec<Progress> = Vec::new();
    bench.hub().fetch(&model(ID), &Cancel::default(), &mut |progress| seen.push(progress.clone())).unwrap();
    let total = (bench.files.values().map(Vec::len).sum::<usize>() - bench.files["config.json"].len()) as u64;
    let coming: Vec<&Progress> = seen.iter().filter(|progress| progress.total == total).collect();
    assert!(coming.len() > 4 && coming.is_sorted_by_key(|progress| progress.done), "{seen:?}");
    assert!(coming.iter().all(|progress| progress.done <= total));
    // A thousand bytes each 30 ms at most, less on a machine that has other things to do.
    let rate = coming.iter().filter_map(|progress| progress.rate).next_back().expect("a rate");
    assert!((1.0..40_000.0).contains(&rate), "{rate} bytes a second");
}

/// Two programs at the same model, or the explorer twice: whoever waits for the other's download and gives up must not
/// let a third one write into it.
#[test]
fn one_download_is_not_disturbed_by_others() {
    let bench = Bench::failing([once(Kind::Slow { bytes: 1_000, every: Duration::from_millis(50) })]);
    let part = bench.part();
    let fetch = |hub: Hub| thread::spawn(move || hub.fetch(&model(ID), &Cancel::default(), &mut |_| {}));
    let first = fetch(bench.hub());
    wait_until("the first download to begin", || match fs::metadata(&part) {
        Ok(meta) if meta.len() > 3_000 => None,
        other => Some(format!("{other:?}")),
    });
    let mut ticks = 0;
    cancelled_when(&bench, |_| {
        ticks += 1;
        // Long enough to come to the file that the first one writes.
        ticks > 4
    });
    let third = fetch(bench.hub()).join().unwrap();
    let first = first.join().unwrap();
    bench.assert_whole(&first.expect("nobody has disturbed it"));
    // It waits, or is told of the other one.
    if let Err(error) = third {
        assert!(error.to_string().contains("another program"), "{error}");
    }
}

#[test]
fn a_download_under_way_elsewhere_is_left_alone() {
    let bench = Bench::new(TINY);
    let blob = bench.blob();
    let etag = blob.file_name().unwrap();
    let lock = bench.cache().join(".locks").join(bench.folder().file_name().unwrap()).join(etag).with_extension("lock");
    fs::create_dir_all(lock.parent().unwrap()).unwrap();
    let held = fs::File::create(&lock).unwrap();
    held.lock().unwrap();
    let hasty = HubSettings { patience: Duration::from_millis(300), ..bench.settings() };
    let message = bench.fetch_as(ID, hasty).unwrap_err();
    assert!(message.contains("another program") && message.contains(&lock.display().to_string()), "{message}");
    assert_eq!(bench.downloads_of(WEIGHTS), [0; 0]);
    drop(held);
    bench.assert_recovers();
}

#[test]
fn offline_asks_nobody() {
    let bench = Bench::new(TINY);
    let refused = |says: &[&str]| {
        let error = bench.offline().locate(&model(ID), &Cancel::default(), &mut |_| {}).unwrap_err();
        let message = complaint(&error);
        says.iter().for_each(|part| assert!(message.contains(part), "no {part:?} in {message:?}"));
    };
    refused(&[ID, "not in the cache", "offline", "clscope models fetch"]);
    assert!(bench.server.requests().is_empty());
    assert!(everything_in(bench.room()).is_empty());

    bench.fetch().unwrap();
    for (missing, name) in [(WEIGHTS, WEIGHTS), ("tokenizer.json", "tokenizer.json"), ("config.json", "config.json")] {
        fs::remove_file(bench.folder().join("snapshots").join(&bench.sha).join(missing)).unwrap();
        bench.server.forget_requests();
        refused(&[ID, "only a part", name, "offline", "clscope models fetch"]);
        assert!(bench.server.requests().is_empty());
    }

    bench.fetch().unwrap();
    bench.server.forget_requests();
    bench.offline().locate(&model(ID), &Cancel::default(), &mut |_| {}).unwrap();
    assert!(bench.server.requests().is_empty());
}

#[test]
fn offline_tells_a_download_that_was_broken_off_from_none() {
    let bench = Bench::failing(broken_off(10_000));
    bench.fetch().unwrap_err();
    let error = bench.offline().locate(&model(ID), &Cancel::default(), &mut |_| {}).unwrap_err();
    let message = complaint(&error);
    assert!(message.contains("only a part") && message.contains(WEIGHTS), "{message}");
}
