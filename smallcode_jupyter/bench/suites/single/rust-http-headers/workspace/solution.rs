//! Headers of an HTTP response.

/// Names (in lower case) and values, up to the first empty line.
pub fn parse_headers(text: &str) -> Result<Vec<(String, String)>, String> {
    todo!()
}

/// The value of the last header of a name.
pub fn find(headers: &[(String, String)], name: &str) -> Option<String> {
    todo!()
}
