//! Headers of an HTTP response.

/// Names (in lower case) and values, up to the first empty line.
pub fn parse_headers(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut headers = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            break;
        }
        let wrong = format!("bad header in line {}", index + 1);
        let (name, value) = match line.split_once(':') {
            Some(parts) => parts,
            None => return Err(wrong),
        };
        if name.trim().is_empty() {
            return Err(wrong);
        }
        headers.push((name.trim().to_lowercase(), value.trim().to_string()));
    }
    Ok(headers)
}

/// The value of the last header of a name.
pub fn find(headers: &[(String, String)], name: &str) -> Option<String> {
    let wanted = name.to_lowercase();
    headers.iter().rev().find(|header| header.0.to_lowercase() == wanted).map(|header| header.1.clone())
}
