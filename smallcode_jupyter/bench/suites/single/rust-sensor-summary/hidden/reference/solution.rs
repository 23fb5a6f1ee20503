//! Readings of the weather station.

/// Positions of the values greater than a limit.
pub fn above(values: &[f64], limit: f64) -> Vec<usize> {
    (0..values.len()).filter(|&i| values[i] > limit).collect()
}

/// The arithmetic mean; None without values.
pub fn mean(values: &[f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    Some(values.iter().sum::<f64>() / values.len() as f64)
}
