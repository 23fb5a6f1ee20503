//! Readings of the weather station.

/// How many values are greater than a limit.
pub fn count_above(values: &[f64], limit: f64) -> usize {
    values.iter().filter(|&&value| value > limit).count()
}

/// The arithmetic mean; None without values.
pub fn mean(values: &[f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    Some(values.iter().sum::<f64>() / values.len() as f64)
}
