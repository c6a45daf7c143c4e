//! Damaged checkpoints are refused in one line that names the file.

use super::*;

pub(super) fn copy(from: &str, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// A copy of a tiny checkpoint with one file changed: none for a file that is missing.
fn damaged(file: &str, contents: Option<&[u8]>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(TINY, folder.path());
    match contents {
        Some(contents) => fs::write(folder.path().join(file), contents).unwrap(),
        None => fs::remove_file(folder.path().join(file)).unwrap(),
    }
    folder
}

fn refused(model: &TempDir) -> String {
    refusal(&["similarity", "a", "b", "--model", model.path().to_str().unwrap()])
}

#[test]
fn a_file_that_is_there_and_cannot_be_read_is_not_said_to_be_missing() {
    for file in ["config.json", "tokenizer.json", "model.safetensors"] {
        let folder = damaged(file, None);
        let path = folder.path().join(file);
        std::os::unix::fs::symlink("../../blobs/gone", &path).unwrap();
        let line = refused(&folder);
        assert!(line.contains(file) && line.contains("a link to nothing; download the model again"), "{line}");
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        let line = refused(&folder);
        assert!(line.contains(file) && line.contains("it is not a file"), "{line}");
    }
}

#[test]
fn a_damaged_model_is_refused_in_one_line_that_names_the_file() {
    let read = |model: &str, file: &str| fs::read(Path::new(model).join(file)).unwrap();
    let minilm = repository("models/all-MiniLM-L6-v2");
    let minilm = minilm.to_str().unwrap();
    for (file, subject) in [("config.json", "config"), ("tokenizer.json", "tokenizer"), ("model.safetensors", "model")]
    {
        let about = |folder: &TempDir| assert!(refused(folder).contains(subject), "{}", refused(folder));
        about(&damaged(file, None));
        for contents in [&b""[..], b"\0", b"{}", b"[1, 2", b"\xff\xfe garbage", b"null"] {
            about(&damaged(file, Some(contents)));
        }
        let folder = damaged(file, None);
        fs::create_dir(folder.path().join(file)).unwrap();
        about(&folder);
    }

    let weights = read(TINY, "model.safetensors");
    for length in [1, 7, 8, 9, 100, 3000, weights.len() / 2, weights.len() - 1] {
        assert!(refused(&damaged("model.safetensors", Some(&weights[..length]))).contains("model.safetensors"));
    }
    for length in [0, 1, weights.len() as u64, 1 << 40, u64::MAX] {
        let lying = [&length.to_le_bytes(), &weights[8..]].concat();
        assert!(refused(&damaged("model.safetensors", Some(&lying))).contains("model.safetensors"));
    }

    let other = |model, file| refused(&damaged(file, Some(&read(model, file))));
    assert!(other(NO_POOLER, "config.json").contains("belong to different models"));
    assert!(other(minilm, "config.json").contains("belong to different models"));
    assert!(other(NO_POOLER, "model.safetensors").contains("belong to different models"));
    assert!(other(minilm, "tokenizer.json").contains("belong to different models"));

    let config = String::from_utf8(read(TINY, "config.json")).unwrap();
    for (from, to, wanted) in [
        ("\"bert\"", "\"gpt2\"", "gpt2"),
        ("\"hidden_size\": 16", "\"hidden_size\": 16000000000", "hidden_size"),
        ("\"hidden_size\": 16", "\"hidden_size\": -16", "config.json"),
        ("\"num_attention_heads\": 2", "\"num_attention_heads\": 3", "num_attention_heads"),
        ("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 200", "encoder.layer.2."),
        ("\"hidden_act\": \"gelu\"", "\"hidden_act\": \"prelu\"", "prelu"),
    ] {
        assert!(config.contains(from));
        let line = refused(&damaged("config.json", Some(config.replace(from, to).as_bytes())));
        assert!(line.contains(wanted), "{line}");
    }
}

#[test]
fn a_flipped_bit_in_the_header_is_refused_or_harmless() {
    let weights = fs::read(Path::new(TINY).join("model.safetensors")).unwrap();
    let header = 8 + u64::from_le_bytes(weights[..8].try_into().unwrap()) as usize;
    let folder = damaged("model.safetensors", None);
    let mut refusals = 0;
    // Every bit of the length, then bits here and there.
    let bits = (0..64).chain((64..header * 8).step_by(header * 8 / 150));
    for bit in bits {
        let mut flipped = weights.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        fs::write(folder.path().join("model.safetensors"), flipped).unwrap();
        let ended = run(&mut clscope(&["similarity", "a", "b", "--model", folder.path().to_str().unwrap()]));
        if ended.status != Some(0) {
            one_line(&ended, 1);
            refusals += 1;
        }
    }
    assert!(refusals > 150, "{refusals}");
}
