//! Headers of an HTTP response.

/// Name and value of a header line; None without a colon.
pub fn parse_header(line: &str) -> Option<(String, String)> {
    todo!()
}
