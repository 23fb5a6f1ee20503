//! Headers of an HTTP response.

/// The value of the first header of a name.
pub fn find_header(text: &str, name: &str) -> Option<String> {
    for line in text.lines() {
        if let Some((key, value)) = line.split_once(':') {
            if key == name {
                return Some(value.trim().to_string());
            }
        }
    }
    None
}
