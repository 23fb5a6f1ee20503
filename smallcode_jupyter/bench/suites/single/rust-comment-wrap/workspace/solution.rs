//! Comments of generated code.

/// The lines of a comment, each at most `width` characters long.
pub fn wrap_comment(text: &str, width: usize) -> Vec<String> {
    todo!()
}
