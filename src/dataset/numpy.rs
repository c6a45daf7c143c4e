//! Vectors as numpy writes them. A header that promises more numbers than the file has is not believed, and nothing is
//! allocated for it.

use std::{
    fs::File,
    io::{BufReader, Read, Seek},
};

use ndarray::{Array2, ArrayView1, Ix2, OwnedRepr};
use ndarray_npy::{NpzReader, ReadNpyExt, npy::header::Header};
use zip::ZipArchive;

use super::vectors::{TextVectors, only};
use crate::messages::message;

/// How much longer than packed a member of an archive may be: deflate packs no better.
const MOST_PACKED: u64 = 1100;

/// The array of an archive that `column` names, or the only one that can be vectors.
pub(super) fn npz(mut file: File, column: Option<&str>) -> Result<TextVectors, String> {
    check_archive(&mut file)?;
    let mut archive = NpzReader::new(file).map_err(|error| error.to_string())?;
    let names = archive.names().map_err(|error| error.to_string())?;
    let is_asked = |name: &String| column.is_none_or(|column| column == name.trim_end_matches(".npy"));
    let mut found = Vec::new();
    for name in names.iter().filter(|name| is_asked(name)) {
        let single = archive.by_name::<OwnedRepr<f32>, Ix2>(name).ok();
        let mut double = || archive.by_name::<OwnedRepr<f64>, Ix2>(name).ok();
        let array = single.or_else(|| double().map(|array| array.mapv(|number| number as f32)));
        found.extend(array.map(|array| (name.trim_end_matches(".npy").to_owned(), array)));
    }
    let (name, array) = only(found, column)?;
    Ok(TextVectors { texts: None, vectors: of_array(&array), column: Some(name) })
}

pub(super) fn npy(mut file: File) -> Result<TextVectors, String> {
    let system = |error: std::io::Error| error.to_string();
    let bytes = file.metadata().map_err(system)?.len();
    check(&mut file, bytes)?;
    file.rewind().map_err(system)?;
    let again = file.try_clone().map_err(system)?;
    let array = match Array2::<f32>::read_npy(BufReader::new(file)) {
        Ok(array) => array,
        Err(_) => {
            let mut again = BufReader::new(again);
            again.rewind().map_err(system)?;
            Array2::<f64>::read_npy(again).map_err(|error| error.to_string())?.mapv(|number| number as f32)
        }
    };
    Ok(TextVectors { texts: None, vectors: of_array(&array), column: None })
}

/// Whether each array of an archive can be as long as it says.
fn check_archive(file: &mut File) -> Result<(), String> {
    let bytes = file.metadata().map_err(|error| error.to_string())?.len();
    let mut archive = ZipArchive::new(BufReader::new(&*file)).map_err(|error| error.to_string())?;
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).map_err(|error| error.to_string())?;
        if !member.name().is_ok_and(|name| name.ends_with(".npy")) {
            continue;
        }
        let most = member.compressed_size().min(bytes).saturating_mul(MOST_PACKED);
        let size = member.size().min(most);
        check(&mut member, size)?;
    }
    drop(archive);
    file.rewind().map_err(|error| error.to_string())
}

/// Whether an array of so many bytes can have the numbers that its header promises. An array of anything but numbers is no
/// array of vectors, and not looked at.
fn check(array: &mut impl Read, bytes: u64) -> Result<(), String> {
    let header = Header::from_reader(&mut array.take(bytes)).map_err(|error| error.to_string())?;
    let numbers = header.shape.iter().try_fold(1u64, |all, &size| all.checked_mul(size as u64));
    let least = std::mem::size_of::<f32>() as u64;
    match numbers.and_then(|numbers| numbers.checked_mul(least)) {
        Some(needed) if needed <= bytes || header.shape.len() != 2 => Ok(()),
        _ => Err(message!("dataset-vectors-promise")),
    }
}

/// A row with NaN in it is one without a vector.
fn of_array(array: &Array2<f32>) -> Vec<Vec<f32>> {
    let vector = |row: ArrayView1<f32>| row.iter().copied().collect::<Vec<f32>>();
    let finite = |vector: Vec<f32>| if vector.iter().all(|number| number.is_finite()) { vector } else { Vec::new() };
    array.rows().into_iter().map(vector).map(finite).collect()
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, Write};

    use super::*;

    /// A file with the header of an array of this shape, and so many bytes behind it.
    fn file(shape: &str, bytes: usize) -> File {
        let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n");
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"\x93NUMPY\x01\0").unwrap();
        file.write_all(&(header.len() as u16).to_le_bytes()).unwrap();
        file.write_all(header.as_bytes()).unwrap();
        file.write_all(&vec![0; bytes]).unwrap();
        file.rewind().unwrap();
        file
    }

    #[test]
    fn a_promise_is_not_believed() {
        assert_eq!(npy(file("(2, 3)", 24)).unwrap().vectors, vec![vec![0.0; 3]; 2]);
        for shape in ["(1000000000000, 16)", "(2, 3000)", "(18446744073709551615, 18446744073709551615)"] {
            let error = npy(file(shape, 24)).unwrap_err();
            assert!(error.contains("promises") || error.contains("shape"), "{error}");
        }
    }
}
