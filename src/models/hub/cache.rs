//! The Hub's files on this machine, where Python keeps them too: `models--ORG--NAME/{blobs,refs,snapshots}`.
//!
//! <https://huggingface.co/docs/huggingface_hub/guides/manage-cache>

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::HubModel;

/// Whether it is a commit's full hash rather than the name of a branch.
pub(super) fn is_commit(revision: &str) -> bool {
    revision.len() == 40 && revision.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// The directory that holds the files of a model in its revision, if any of them are here.
pub(super) fn snapshot(root: &Path, model: &HubModel) -> Option<PathBuf> {
    let found = |id: String| {
        let folder = folder(root, &id);
        let commit = match is_commit(&model.revision) {
            true => model.revision.clone(),
            false => commit(&folder.join("refs").join(&model.revision))?,
        };
        Some(folder.join("snapshots").join(commit)).filter(|snapshot| snapshot.is_dir())
    };
    spellings(&model.id).into_iter().find_map(found)
}

/// The directory of a model of which some files are here, perhaps of a download that was broken off.
pub(super) fn begun(root: &Path, model: &HubModel) -> Option<PathBuf> {
    let any = |id: String| entries(&folder(root, &id).join("snapshots")).pop();
    snapshot(root, model).or_else(|| spellings(&model.id).into_iter().find_map(any))
}

/// Every snapshot here, under its branch where it has one.
pub(super) fn models(root: &Path) -> Vec<(HubModel, PathBuf)> {
    let mut models = Vec::new();
    for folder in entries(root) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(id) = name.strip_prefix("models--").map(|name| name.replacen("--", "/", 1)) else { continue };
        let branches = branches(&folder.join("refs"), "");
        for snapshot in entries(&folder.join("snapshots")) {
            let commit = snapshot.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let named: Vec<&str> =
                branches.iter().filter(|(_, of)| *of == commit).map(|(branch, _)| branch.as_str()).collect();
            // main wins; a snapshot without a branch goes by its hash.
            let revision = match named.as_slice() {
                [] => commit.as_str(),
                named => named.iter().find(|name| **name == "main").unwrap_or(&named[0]),
            };
            if let Ok(model) = HubModel::new(&id, Some(revision)) {
                models.push((model, snapshot.clone()));
            }
        }
    }
    models
}

/// `models--ORG--NAME`.
fn folder(root: &Path, id: &str) -> PathBuf {
    root.join(format!("models--{}", id.replace('/', "--")))
}

/// The models of the BERT paper are on the Hub under two names each.
fn spellings(id: &str) -> Vec<String> {
    let other = match id.strip_prefix("google-bert/") {
        Some(short) => Some(short.to_owned()),
        None if id.starts_with("bert-") && !id.contains('/') => Some(format!("google-bert/{id}")),
        None => None,
    };
    std::iter::once(id.to_owned()).chain(other).collect()
}

/// The commit a branch stands for.
fn commit(reference: &Path) -> Option<String> {
    let text = fs::read_to_string(reference).ok()?;
    Some(text.trim().to_owned()).filter(|commit| is_commit(commit))
}

/// Branches and their commits; a name with slashes is a path.
fn branches(refs: &Path, prefix: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for path in entries(refs) {
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        // pr/12 is as deep as it goes.
        if path.is_dir() && prefix.len() < 100 {
            found.extend(branches(&path, &format!("{name}/")));
        } else if let Some(commit) = commit(&path).filter(|_| !is_commit(&name)) {
            found.push((name, commit));
        }
    }
    found
}

/// What is in a directory, in order; nothing where it cannot be read.
fn entries(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// Whether a file is there and as long as it should be.
pub(super) fn has_size(path: &Path, size: u64) -> bool {
    fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == size)
}

/// `snapshots/COMMIT/NAME` → `../../blobs/ETAG`, and one `../` more for each folder in the name, as Python and hf-hub link;
/// a broken link is replaced.
pub(super) fn link(blob: &Path, pointer: &Path, name: &str) -> io::Result<()> {
    if let Some(parent) = pointer.parent() {
        fs::create_dir_all(parent)?;
    }
    if pointer.symlink_metadata().is_ok() {
        fs::remove_file(pointer)?;
    }
    let up = "../".repeat(2 + name.matches('/').count());
    let target = Path::new(&up).join("blobs").join(blob.file_name().unwrap_or_default());
    std::os::unix::fs::symlink(target, pointer)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIN: &str = "0123456789abcdef0123456789abcdef01234567";
    const LONE: &str = "fedcba9876543210fedcba9876543210fedcba98";

    fn model(id: &str, revision: &str) -> HubModel {
        HubModel::new(id, Some(revision)).unwrap()
    }

    #[test]
    fn finds_what_python_left() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("models--google-bert--bert-base-uncased");
        for commit in [MAIN, LONE] {
            fs::create_dir_all(folder.join("snapshots").join(commit)).unwrap();
        }
        fs::create_dir_all(folder.join("refs/pr")).unwrap();
        fs::write(folder.join("refs/main"), MAIN).unwrap();
        fs::write(folder.join("refs/pr/1"), format!("{MAIN}\n")).unwrap();
        fs::write(folder.join("refs/hostile"), "../../..").unwrap();

        let path = |commit: &str| folder.join("snapshots").join(commit);
        let find = |id, revision| snapshot(root.path(), &model(id, revision));
        assert_eq!(find("google-bert/bert-base-uncased", "main"), Some(path(MAIN)));
        assert_eq!(find("bert-base-uncased", "main"), Some(path(MAIN)), "under its old short name");
        assert_eq!(find("google-bert/bert-base-uncased", "pr/1"), Some(path(MAIN)));
        assert_eq!(find("google-bert/bert-base-uncased", LONE), Some(path(LONE)));
        assert_eq!(find("google-bert/bert-base-uncased", "hostile"), None);
        assert_eq!(find("google-bert/bert-base-cased", "main"), None);

        let id = "google-bert/bert-base-uncased";
        assert_eq!(models(root.path()), [(model(id, "main"), path(MAIN)), (model(id, LONE), path(LONE))]);
        assert_eq!(models(Path::new("/nowhere")), []);
    }
}
