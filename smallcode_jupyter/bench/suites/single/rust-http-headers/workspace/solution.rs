//! Headers of an HTTP response.

/// The value of the first header of a name.
pub fn find_header(text: &str, name: &str) -> Option<String> {
    todo!()
}
