//! Comments of generated code.

/// The lines of a comment, each at most `width` characters long.
pub fn wrap_comment(text: &str, width: usize) -> Vec<String> {
    let mut result: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut is_new_paragraph = false;
    for source in text.lines() {
        if source.trim().is_empty() {
            is_new_paragraph = true;
        }
        for word in source.split_whitespace() {
            if line.is_empty() {
                line = format!("// {}", word);
            } else if is_new_paragraph {
                result.push(line);
                result.push("//".to_string());
                line = format!("// {}", word);
            } else if line.len() + 1 + word.len() <= width {
                line.push(' ');
                line.push_str(word);
            } else {
                result.push(line);
                line = format!("// {}", word);
            }
            is_new_paragraph = false;
        }
    }
    if !line.is_empty() {
        result.push(line);
    }
    result
}
