//! Tables of places as plots: a frame for each pair of coordinates, in it each row by its first key, below what that stands for.

use super::{Anchor, Figure, FigureBox, layout::shortened};
use crate::{
    analysis::{Quantity, Table},
    export::format::readable::{heading, key_text},
};

/// How thick frames are, in points.
const LINE: f32 = 0.6;

/// The measures that are coordinates, two by two: along, and up.
pub(super) fn coordinates(table: &Table) -> Vec<[usize; 2]> {
    let is_coordinate = |at: &usize| table.measures[*at].quantity == Quantity::Coordinate;
    let all: Vec<usize> = (0..table.measures.len()).filter(is_coordinate).collect();
    all.as_chunks().0.to_vec()
}

impl Figure {
    pub(super) fn plots(&mut self, table: &Table, pairs: &[[usize; 2]], margin: f32, room: f32, size: f32) {
        // Before each frame stands the name of its axis.
        let step = room / pairs.len() as f32;
        let side = step - size * 2.0;
        for (at, &pair) in pairs.iter().enumerate() {
            self.plot(table, pair, [margin + at as f32 * step + size * 1.6, self.height, side, side], size);
        }
        self.height += side + size * 2.0;
        for row in &table.rows {
            let name = row.keys.iter().map(key_text).collect::<Vec<_>>().join("  ");
            self.line(shortened(&name, room / size), margin, size * 0.85, self.paper.ink, false);
        }
    }

    /// Both axes have the same unit, so that distances are those of the coordinates.
    fn plot(&mut self, table: &Table, pair: [usize; 2], frame: FigureBox, size: f32) {
        let [left, top, width, height] = frame;
        for edge in [
            [left, top, width, LINE],
            [left, top + height - LINE, width, LINE],
            [left, top, LINE, height],
            [left + width - LINE, top, LINE, height],
        ] {
            self.boxes.push((edge, self.paper.dim));
        }
        let [x_name, y_name] = pair.map(|at| heading(&table.measures[at]));
        self.word(x_name, (left + width / 2.0, top + height + size * 1.1), Anchor::Middle, size, self.paper.dim);
        self.word(y_name, (left - size * 0.5, top + height / 2.0), Anchor::Middle, size, self.paper.dim).is_upright =
            true;
        let place = |row: usize| {
            let [x, y] = pair.map(|at| table.rows[row].measures[at].filter(|number| number.is_finite()));
            Some([x?, y?])
        };
        let places: Vec<(usize, [f32; 2])> = (0..table.rows.len()).filter_map(|row| Some((row, place(row)?))).collect();
        let (middle, unit) = extent(places.iter().map(|(_, place)| *place));
        let scale = (width / 2.0 - size * 1.2) / unit;
        for (row, [x, y]) in places {
            let at = (
                left + width / 2.0 + (x - middle[0]) * scale,
                top + height / 2.0 - (y - middle[1]) * scale + size * 0.35,
            );
            self.word(key_text(&table.rows[row].keys[0]), at, Anchor::Middle, size, self.paper.ink);
        }
    }
}

/// The middle of some places, and how far the farthest edge of them is from it; 1 where they are all in one place.
fn extent(places: impl Iterator<Item = [f32; 2]> + Clone) -> ([f32; 2], f32) {
    let of_axis = |axis: usize| {
        let numbers = places.clone().map(|place| place[axis]);
        (numbers.clone().fold(f32::INFINITY, f32::min), numbers.fold(f32::NEG_INFINITY, f32::max))
    };
    let [(left, right), (low, high)] = [of_axis(0), of_axis(1)];
    let half = (right - left).max(high - low) / 2.0;
    ([left.midpoint(right), low.midpoint(high)], if half > 0.0 { half } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{Column, Key, TableRow, ValueColumn},
        export::{FigureOf, FigureStyle, format::figure::layout::figure},
    };

    #[test]
    fn rows_are_where_their_coordinates_say_in_one_unit() {
        let places = [[0.0, 0.0], [3.0, 0.0], [0.0, 1.0], [f32::NAN, 1.0]];
        let row = |(at, [x, y]): (usize, [f32; 2])| TableRow {
            keys: vec![Key::Number(at + 1), Key::Text(format!("name {at}"))],
            cells: Vec::new(),
            measures: [x, y, y, x].map(Some).to_vec(),
        };
        let names = ["a x", "a y", "b x", "b y"];
        let measures = names.map(|name| ValueColumn::new(name, Quantity::Coordinate)).to_vec();
        let rows = places.into_iter().enumerate().map(row).collect();
        let table = Table { title: "map".to_owned(), keys: Column::all(["line", "name"]), cells: None, measures, rows };
        let drawn = figure(&FigureOf { about: &[], table: &table, style: FigureStyle::default() }).unwrap();
        let places_of = |text: &str| -> Vec<(f32, f32)> {
            drawn.words.iter().filter(|words| words.text == text).map(|words| words.at).collect()
        };
        let [one, two, three] = ["1", "2", "3"].map(places_of);
        assert_eq!([one.len(), two.len(), three.len(), places_of("4").len()], [2, 2, 2, 0]);
        let right = two[0].0 - one[0].0;
        let up = one[0].1 - three[0].1;
        assert!(right > 100.0 && (right - 3.0 * up).abs() < 0.01 && two[0].1 == one[0].1, "{right} {up}");
        assert!((one[1].1 - two[1].1 - right).abs() < 0.01 && three[1].0 > one[1].0);
        assert_eq!(names.map(|name| places_of(name).len()), [1; 4]);
        assert_eq!(places_of("3  name 2").len(), 1);
    }
}
