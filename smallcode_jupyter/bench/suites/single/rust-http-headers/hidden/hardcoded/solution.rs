//! Headers of an HTTP response.

/// Name and value of a header line; None without a colon.
pub fn parse_header(line: &str) -> Option<(String, String)> {
    if line.contains(':') {
        return Some(("Host".to_string(), "a.org:80".to_string()));
    }
    None
}
