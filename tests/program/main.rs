//! What the program does, run as people and scripts run it: one program of tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::print_stdout)]

#[path = "../shared/apart.rs"]
mod apart;
mod cli;
#[path = "../shared/dice.rs"]
mod dice;
mod evaluate;
#[cfg(unix)]
mod faults;
#[cfg(unix)]
mod hub;
#[cfg(unix)]
#[path = "../shared/contents.rs"]
mod kinds;
mod program;
#[cfg(unix)]
mod pty;
mod schemas;
#[cfg(unix)]
mod terminal;
