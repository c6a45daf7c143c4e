//! How far a download is, and the switch that ends it.

use std::{
    collections::VecDeque,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use crate::messages::message;

/// How far a download is. Displays as `189 of 440 MB · 43% · 5.2 MB/s · 48 s left`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// Bytes here, of those that are needed.
    pub done: u64,
    /// Bytes of all files needed; 0 while that is not known.
    pub total: u64,
    /// Bytes a second over the last seconds; none before there is anything to measure.
    pub rate: Option<f64>,
    /// What is being waited for, when it is not bytes.
    pub waiting: Option<String>,
}

impl Progress {
    /// The part that is here, in 0..=1; none while the whole is not known.
    pub fn fraction(&self) -> Option<f64> {
        (self.total > 0).then(|| self.done as f64 / self.total as f64)
    }

    fn left(&self) -> Option<Duration> {
        let rate = self.rate.filter(|rate| *rate >= 1.0)?;
        Duration::try_from_secs_f64(self.total.saturating_sub(self.done) as f64 / rate).ok()
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let here = self.fraction().map(|fraction| {
            let (done, total) = (Bytes(self.done).to_string(), Bytes(self.total).to_string());
            message!("progress-here", done = done, total = total, percent = (fraction * 100.0) as u64)
        });
        let now = match (&self.waiting, self.rate, self.left()) {
            (Some(waiting), ..) => Some(waiting.clone()),
            (None, Some(rate), Some(left)) => {
                let (rate, left) = (Bytes(rate as u64).to_string(), TimeLeft(left).to_string());
                Some(message!("progress-rate", rate = rate, left = left))
            }
            (None, Some(_), None) => Some(message!("progress-waiting")),
            (None, None, _) => None,
        };
        let parts: Vec<String> = here.into_iter().chain(now).collect();
        formatter.write_str(&parts.join(" · "))
    }
}

/// How long something will still take, for reading: `48 s left`, `7 min 21 s left`; a begun second counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLeft(pub Duration);

impl fmt::Display for TimeLeft {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let left = self.0.as_secs() + 1;
        let (hours, minutes, seconds) = (left / 3600, left / 60 % 60, left % 60);
        let text = match (hours, minutes) {
            (0, 0) => message!("progress-seconds-left", seconds = seconds),
            (0, _) => message!("progress-minutes-left", minutes = minutes, seconds = format!("{seconds:02}")),
            _ => message!("progress-hours-left", hours = hours, minutes = format!("{minutes:02}")),
        };
        formatter.write_str(&text)
    }
}

/// A number of bytes for reading: `440 MB`, `5.2 MB`, powers of ten as the Hub's pages count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes(pub u64);

impl fmt::Display for Bytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.0 as f64;
        let (scaled, unit) = match self.0 {
            0..1_000 => return formatter.pad(&format!("{} B", self.0)),
            1_000..999_500 => (value / 1e3, "kB"),
            999_500..999_500_000 => (value / 1e6, "MB"),
            _ => (value / 1e9, "GB"),
        };
        let digits = usize::from(scaled < 9.95);
        formatter.pad(&format!("{scaled:.digits$} {unit}"))
    }
}

/// Ends a download from another thread. Clones are the same switch.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Ends it, within a tenth of a second.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was ended.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Measures the rate of a download over the last seconds, and how long nothing has come.
#[derive(Debug)]
pub(super) struct Rate {
    window: VecDeque<(Instant, u64)>,
    moved: Instant,
}

impl Rate {
    const WINDOW: Duration = Duration::from_secs(5);

    pub(super) fn new(now: Instant) -> Self {
        Self { window: VecDeque::new(), moved: now }
    }

    /// Takes in how many bytes there are now.
    pub(super) fn observe(&mut self, now: Instant, done: u64) {
        match self.window.back() {
            // Files that were there already, or a download begun anew: no measure of the network.
            Some((_, before)) if done < *before => self.window.clear(),
            Some((_, before)) if done == *before => {}
            _ => self.moved = now,
        }
        self.window.push_back((now, done));
        while self.window.len() > 2 && self.window.front().is_some_and(|(then, _)| now - *then > Self::WINDOW) {
            self.window.pop_front();
        }
    }

    /// Bytes a second; none before half a second has been measured.
    pub(super) fn rate(&self) -> Option<f64> {
        let ((start, before), (end, after)) = (self.window.front()?, self.window.back()?);
        let seconds = (*end - *start).as_secs_f64();
        (seconds >= 0.5).then(|| (after - before) as f64 / seconds)
    }

    /// How long nothing has come.
    pub(super) fn silence(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.moved)
    }

    /// Something else than bytes has happened.
    pub(super) fn reset(&mut self, now: Instant) {
        self.moved = now;
        self.window.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_read_well() {
        let shown = |bytes| Bytes(bytes).to_string();
        assert_eq!(
            [0, 999, 1_000, 9_960, 65_432, 999_499, 999_500, 5_240_000, 439_997_000, 999_499_999, 1_340_000_000]
                .map(shown),
            ["0 B", "999 B", "1.0 kB", "10 kB", "65 kB", "999 kB", "1.0 MB", "5.2 MB", "440 MB", "999 MB", "1.3 GB"]
        );
    }

    #[test]
    fn progress_reads_well() {
        let progress = |done, rate| Progress { done, total: 440_000_000, rate, waiting: None }.to_string();
        assert_eq!(progress(189_000_000, Some(5.2e6)), "189 MB of 440 MB · 42% · 5.2 MB/s · 49 s left");
        assert_eq!(progress(0, Some(1e6)), "0 B of 440 MB · 0% · 1.0 MB/s · 7 min 21 s left");
        assert_eq!(progress(0, Some(1e4)), "0 B of 440 MB · 0% · 10 kB/s · 12 h 13 min left");
        assert_eq!(progress(1_000_000, Some(0.0)), "1.0 MB of 440 MB · 0% · waiting for data");
        assert_eq!(progress(439_999_999, None), "440 MB of 440 MB · 99%");
        let asking = Progress { waiting: Some("asking the Hub".to_owned()), ..Progress::default() };
        assert_eq!(asking.to_string(), "asking the Hub");
    }

    #[test]
    fn the_rate_is_that_of_the_last_seconds() {
        let start = Instant::now();
        let mut rate = Rate::new(start);
        assert_eq!(rate.rate(), None);
        for second in 0..20 {
            rate.observe(
                start + Duration::from_secs(second),
                if second < 10 { second * 100 } else { 900 + second * 10 },
            );
        }
        let measured = rate.rate().unwrap();
        assert!((9.9..10.1).contains(&measured), "{measured}");
        assert_eq!(rate.silence(start + Duration::from_secs(19)), Duration::ZERO);
        rate.observe(start + Duration::from_secs(25), 900 + 190);
        assert_eq!(rate.silence(start + Duration::from_secs(25)), Duration::from_secs(6));
    }
}
