/// Texts in the rows of a list or a table.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Empty for a row that is blank.
    pub texts: Vec<String>,
    /// Whether a row has no text, and so no vector.
    pub blank: Vec<bool>,
    /// The second text of each row; empty where there is none. None at all where no row can have one.
    pub pairs: Vec<String>,
    /// What each row is called, where that was asked for; none for a row without.
    pub ids: Option<Vec<Option<String>>>,
}

impl Rows {
    /// Texts, none of them blank.
    pub fn of_texts(texts: Vec<String>) -> Self {
        Self { blank: vec![false; texts.len()], texts, pairs: Vec::new(), ids: None }
    }

    /// The numbers of the rows that have a text, from 0.
    pub fn filled(&self) -> impl Iterator<Item = usize> {
        (0..self.texts.len()).filter(|&row| !self.blank[row])
    }

    /// The second text of a row, where there is one.
    pub fn pair(&self, row: usize) -> Option<&str> {
        self.pairs.get(row).map(String::as_str).filter(|pair| !pair.is_empty())
    }

    /// The id of a row, where there is one.
    pub fn id(&self, row: usize) -> Option<&str> {
        self.ids.as_ref()?.get(row)?.as_deref()
    }
}
