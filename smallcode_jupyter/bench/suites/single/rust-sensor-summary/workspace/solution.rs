//! Readings of the weather station.

/// How many values are greater than a limit.
pub fn count_above(values: &[f64], limit: f64) -> usize {
    todo!()
}

/// The arithmetic mean; None without values.
pub fn mean(values: &[f64]) -> Option<f64> {
    todo!()
}
