//! Names of contacts.

/// The upper-case first letters of all words, such as "AKL".
pub fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
}

/// "Lovelace, Ada" becomes "Ada Lovelace"; None for anything of another form.
pub fn first_name_first(name: &str) -> Option<String> {
    let parts: Vec<&str> = name.split(',').map(|part| part.trim()).collect();
    if parts.len() != 2 || parts[0].is_empty() || parts[1].is_empty() {
        return None;
    }
    Some(format!("{} {}", parts[1], parts[0]))
}
