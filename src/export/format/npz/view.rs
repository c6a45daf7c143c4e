use ndarray::{ArrayView, Dimension, IntoDimension, ShapeError};

/// Row-major values as an array of this shape.
pub(super) fn view<T, S: IntoDimension>(values: &[T], shape: S) -> Result<ArrayView<'_, T, S::Dim>, ShapeError>
where
    S::Dim: Dimension,
{
    ArrayView::from_shape(shape.into_dimension(), values)
}
