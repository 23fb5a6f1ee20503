//! Headers of an HTTP response.

/// Name and value of a header line; None without a colon.
pub fn parse_header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_string(), value.trim().to_string()))
}
