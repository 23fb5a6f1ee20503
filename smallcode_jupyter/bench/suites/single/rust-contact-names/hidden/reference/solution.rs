//! Names of contacts.

/// The first letters of all words, such as "AKL".
pub fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .collect()
}
