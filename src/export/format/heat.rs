//! What the colours of a table stand for, on pages and figures.

use super::palette::{self, Shade};
use crate::analysis::{Quantity, Table, TableRow};

/// The scale of a table's colours.
#[derive(Clone, Copy)]
pub(super) struct Heat {
    quantity: Quantity,
    /// The number at the upper end of the scale, of cosines to what was before how far it is below 1.
    top: f32,
    /// Whether the lower end is the same below zero, and not zero.
    is_signed: bool,
}

impl Heat {
    /// Of the cells; where there are none of the measures, of several kinds of those that are cosines, else of those that are shares.
    pub(super) fn of(table: &Table) -> Option<Self> {
        let measured = || table.measures.iter().map(|measure| measure.quantity);
        let has = |quantity: &Quantity| measured().any(|it| it == *quantity);
        let quantity = match &table.cells {
            Some(cells) => cells.quantity,
            None => match measured().next() {
                Some(first) if measured().all(|it| it == first) => first,
                _ => [Quantity::Cosine, Quantity::CosineToBefore, Quantity::Share].into_iter().find(has)?,
            },
        };
        if quantity == Quantity::Cosine {
            return Some(Self { quantity, top: 1.0, is_signed: true });
        }
        let of_row = |row: &TableRow| -> Vec<Option<f32>> {
            let measures = row.measures.iter().zip(&table.measures).filter(|(_, measure)| measure.quantity == quantity);
            if table.cells.is_some() { row.cells.clone() } else { measures.map(|(value, _)| *value).collect() }
        };
        let numbers = table.rows.iter().flat_map(of_row).flatten().filter(|number| number.is_finite());
        let numbers = numbers.map(|number| height(quantity, number));
        let (least, most) = numbers.fold((0.0_f32, 0.0_f32), |(least, most), it| (least.min(it), most.max(it)));
        Some(Self { quantity, top: most.max(-least), is_signed: least < 0.0 })
    }

    /// Whether there is more than one colour in it.
    pub(super) fn tells(self) -> bool {
        self.top > 0.0
    }

    /// Whether it is that of such numbers.
    pub(super) fn is_of(self, quantity: Quantity) -> bool {
        self.quantity == quantity
    }

    /// The colour of a number; none where there is none. Colour grows with the square root of a share, as on screen.
    pub(super) fn shade(self, value: Option<f32>) -> Option<Shade> {
        let value = value.filter(|value| value.is_finite())?;
        let part = if self.top > 0.0 { height(self.quantity, value) / self.top } else { 0.0 };
        Some(match self.quantity {
            Quantity::Cosine => palette::diverging(part),
            _ if self.is_signed => palette::diverging(part.signum() * part.abs().sqrt()),
            _ => palette::sequential(part.max(0.0).sqrt()),
        })
    }

    /// Numbers along the scale, each with the colour between it and the next; the last has none.
    pub(super) fn legend(self) -> impl Iterator<Item = (String, Option<Shade>)> {
        let at = move |eighths: u8| {
            let part = f32::from(eighths) / 8.0;
            let part = if self.is_signed { 2.0 * part - 1.0 } else { part };
            let of_top = if self.quantity == Quantity::Cosine { part } else { part * part.abs() };
            height(self.quantity, of_top * self.top)
        };
        (0..=4_u8).map(move |quarter| {
            let number = self.quantity.readable(Some(at(quarter * 2)), 1);
            (number, if quarter < 4 { self.shade(Some(at(quarter * 2 + 1))) } else { None })
        })
    }
}

/// How high on its scale a number stands, and back: that of a cosine to what was before is how far it is below 1.
fn height(quantity: Quantity, number: f32) -> f32 {
    if quantity == Quantity::CosineToBefore { 1.0 - number } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Column, Key, ValueColumn};

    fn heat(quantity: Quantity, numbers: &[f32]) -> Heat {
        let row = |&number: &f32| TableRow {
            keys: vec![Key::Number(1)],
            cells: Vec::new(),
            measures: vec![Some(number), Some(f32::NAN)],
        };
        let measures = ["a", "b"].map(|name| ValueColumn::new(name, quantity)).to_vec();
        let rows = numbers.iter().map(row).collect();
        Heat::of(&Table { title: String::new(), keys: Column::all(["row"]), cells: None, measures, rows }).unwrap()
    }

    #[test]
    fn numbers_below_zero_have_colours_of_their_own() {
        let class = |heat: Heat, number| heat.shade(Some(number)).unwrap().class();
        let signed = heat(Quantity::Number, &[-4.0, 0.0, 1.0]);
        assert_eq!([-4.0, -1.0, 0.0, 1.0, 4.0].map(|number| class(signed, number)), ["d0", "d16", "d32", "d48", "d64"]);
        let numbers: Vec<String> = signed.legend().map(|(number, _)| number).collect();
        assert_eq!(numbers, ["−4.0000", "−1.0000", "0.0000", "1.0000", "4.0000"]);
        let shares = heat(Quantity::Share, &[0.0, 0.2]);
        assert_eq!([0.0, 0.05, 0.2].map(|number| class(shares, number)), ["s0", "s32", "s64"]);
        let cosines = heat(Quantity::Cosine, &[0.2]);
        assert_eq!([-1.0, 0.5].map(|number| class(cosines, number)), ["d0", "d48"]);
        // Of vectors that hardly changed the one that changed most has the strongest colour.
        let before = heat(Quantity::CosineToBefore, &[0.96, 0.99, 1.0]);
        assert_eq!([0.96, 0.99, 1.0].map(|number| class(before, number)), ["s64", "s32", "s0"]);
        let numbers: Vec<String> = before.legend().map(|(number, _)| number).collect();
        assert_eq!(numbers, ["1.0000", "0.9975", "0.9900", "0.9775", "0.9600"]);
        assert!(!heat(Quantity::CosineToBefore, &[1.0]).tells() && !heat(Quantity::Number, &[0.0]).tells());
    }
}
