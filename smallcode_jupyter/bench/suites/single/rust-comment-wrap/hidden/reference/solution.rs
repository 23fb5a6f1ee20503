//! Comments of generated code.

/// The lines of a comment, such as "// Reads the file".
pub fn comment_lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| line.trim())
        .map(|line| if line.is_empty() { "//".to_string() } else { format!("// {}", line) })
        .collect()
}
