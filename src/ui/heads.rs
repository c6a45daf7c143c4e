//! All heads of all layers at once: under each its number, coloured by it.

use ratatui::{buffer::Buffer, layout::Rect};

use super::Look;
use crate::app::{App, Readings};

pub(super) fn draw(_app: &App, _readings: &Readings, _look: &Look, _area: Rect, _buffer: &mut Buffer) {}
