//! Comments of generated code.

/// The lines of a comment, such as "// Reads the file".
pub fn comment_lines(text: &str) -> Vec<String> {
    todo!()
}
