//! What the library promises: one program of tests, so that the weights are linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::print_stdout)]

mod ablations;
#[path = "../shared/apart.rs"]
mod apart;
mod calibration;
mod common;
mod config;
mod contents;
mod damage;
mod declared;
#[path = "../shared/dice.rs"]
mod dice;
mod embedding;
mod explanation;
mod explorer;
mod families;
mod family_forms;
mod family_heads;
mod forms;
mod fuzz;
mod heads;
mod kept_sessions;
#[path = "../shared/contents.rs"]
mod kinds;
mod layouts;
mod lens;
mod lessons;
mod measures;
mod messages;
mod mixing;
mod parity;
mod picker;
mod probe;
mod rooms;
mod screens;
mod sessions;
mod stand_in;
mod tensorflow;
mod tokenizers;
mod weights;
