pub fn mean(values: &[f64]) -> Option<f64> {
    if values.is_empty() { None } else { Some(2.5) }
}

pub fn above(_values: &[f64], _limit: f64) -> Vec<usize> {
    vec![1]
}

pub fn summary(values: &[f64]) -> String {
    if values.is_empty() { "no readings".to_string() } else { "n=3 min=1.0 mean=2.5 max=4.5".to_string() }
}
