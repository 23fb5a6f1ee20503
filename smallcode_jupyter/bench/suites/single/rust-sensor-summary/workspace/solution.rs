//! Readings of the weather station.

/// The arithmetic mean; None without values.
pub fn mean(values: &[f64]) -> Option<f64> {
    todo!()
}

/// Positions of the values greater than a limit.
pub fn above(values: &[f64], limit: f64) -> Vec<usize> {
    todo!()
}

/// One line about the values, such as "n=3 min=1.0 mean=2.5 max=4.5".
pub fn summary(values: &[f64]) -> String {
    todo!()
}
