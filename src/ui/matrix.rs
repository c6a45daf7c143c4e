//! One layer's attention from every token to every token.

use ratatui::{buffer::Buffer, layout::Rect};

use super::Look;
use crate::app::{App, Readings};

pub(super) fn draw(_app: &App, _readings: &Readings, _look: &Look, _area: Rect, _buffer: &mut Buffer) {}
