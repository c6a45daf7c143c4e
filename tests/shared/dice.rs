//! Random choices that are the same for the same seed, which a failing test prints.

pub struct Dice {
    random: fastrand::Rng,
    seed: u64,
}

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self { random: fastrand::Rng::with_seed(seed), seed }
    }

    /// Of this seed, or of the one that CLSCOPE_RANDOM_SEED asks for.
    pub fn asked_for(seed: u64) -> Self {
        let asked = std::env::var("CLSCOPE_RANDOM_SEED").ok();
        Self::new(asked.map_or(seed, |seed| seed.parse().expect("CLSCOPE_RANDOM_SEED is a number")))
    }

    /// A number from 0 to below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.random.usize(..end)
    }

    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

impl Drop for Dice {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the seed of the random choices was {}", self.seed);
        }
    }
}
