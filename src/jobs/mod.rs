//! What is done behind the screen: what the explorer asks for ([`Job`]), what it is told ([`Report`]), and the one
//! interpreter that leads from the one to the other.
//!
//! The explorer's worker runs it in threads; pictures and tests, where nobody waits at the keys, answer
//! [at once](AtOnce).

mod at_once;
mod interpreter;
mod job;
mod report;

pub use at_once::AtOnce;
pub use interpreter::{Interpreter, JobOutcome, arrange, caught};
pub use job::{Job, JobKind, Numbered, Task, Urgency};
pub use report::{Measured, Notice, Report};
