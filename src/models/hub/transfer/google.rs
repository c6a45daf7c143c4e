use std::path::PathBuf;

use super::{Commit, HubError, Transfer};
use crate::{
    bert::BertConfig,
    models::{
        ModelError,
        google::{self, GoogleFiles},
    },
};

impl Transfer {
    /// Fetches a model that is there only as Google's checkpoint; returns its directory.
    pub(super) fn fetch_google(
        &self,
        commit: &Commit,
        files: &GoogleFiles,
        directory: PathBuf,
    ) -> Result<PathBuf, ModelError> {
        if let (false, Some(index)) = (files.is_whole(), files.weights().next()) {
            return Err(self.error(HubError::NotWhole { index: index.to_owned() }));
        }
        for name in files.small() {
            self.fetch(commit, [name])?;
        }
        let bert = |source| ModelError::Bert { model: self.model.to_string(), source };
        let config = google::config(&directory, files)?;
        BertConfig::from_json(&config).map_err(bert)?;
        google::tokenizer(&directory, files)?.check(&config).map_err(bert)?;
        let files = self.announce(commit, files.weights())?;
        self.receive_all(commit, &files, 0)?;
        self.point_branch_to(commit).map_err(|error| self.error(self.disk(&error)))?;
        Ok(directory)
    }
}
