//! Which examples are held out together.

/// Deals examples into folds of which each has its share of every label, exactly as scikit-learn's
/// `StratifiedKFold(n_splits=folds)` without shuffling: returns the fold in which each example is held out, from 0.
///
/// `labels` count from 0; a label with fewer examples than there are folds is missing in some.
pub fn stratified_folds(labels: &[usize], folds: usize) -> Vec<usize> {
    // scikit-learn numbers labels by where they first occur.
    let mut names: Vec<usize> = Vec::new();
    let number = |label: &usize| {
        names.iter().position(|name| name == label).unwrap_or_else(|| {
            names.push(*label);
            names.len() - 1
        })
    };
    let numbers: Vec<usize> = labels.iter().map(number).collect();
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    // Dealt like cards from the sorted pile: how many of each label a fold gets.
    let mut shares = vec![vec![0usize; folds]; names.len()];
    sorted.iter().enumerate().for_each(|(at, &label)| shares[label][at % folds] += 1);
    // Each label's examples then fill the folds in their order.
    let mut next = vec![0; names.len()];
    numbers
        .iter()
        .map(|&label| {
            let (shares, fold) = (&mut shares[label], &mut next[label]);
            while shares[*fold] == 0 {
                *fold += 1;
            }
            shares[*fold] -= 1;
            *fold
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `StratifiedKFold(3)` and `StratifiedKFold(2)` of scikit-learn 1.9.
    #[test]
    fn as_scikit_learn_deals() {
        let labels = [1, 0, 0, 2, 1, 1, 0, 2, 2, 0, 1, 0, 2, 0];
        assert_eq!(stratified_folds(&labels, 3), [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2]);
        assert_eq!(stratified_folds(&labels, 2), [0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1]);
    }
}
