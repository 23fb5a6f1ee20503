//! Readings of the weather station.

/// Positions of the values greater than a limit.
pub fn above(values: &[f64], limit: f64) -> Vec<usize> {
    todo!()
}

/// The arithmetic mean; None without values.
pub fn mean(values: &[f64]) -> Option<f64> {
    todo!()
}
