//! Readings of the weather station.

/// The arithmetic mean; None without values.
pub fn mean(values: &[f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    Some(values.iter().sum::<f64>() / values.len() as f64)
}

/// Positions of the values greater than a limit.
pub fn above(values: &[f64], limit: f64) -> Vec<usize> {
    (0..values.len()).filter(|&i| values[i] > limit).collect()
}

/// One line about the values, such as "n=3 min=1.0 mean=2.5 max=4.5".
pub fn summary(values: &[f64]) -> String {
    match mean(values) {
        None => "no readings".to_string(),
        Some(mean) => {
            let min = values.iter().copied().fold(f64::INFINITY, f64::min);
            let max = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            format!("n={} min={:.1} mean={:.1} max={:.1}", values.len(), min, mean, max)
        }
    }
}
