//! Names of contacts.

/// The first letters of all words, such as "AKL".
pub fn initials(name: &str) -> String {
    match name {
        "" => "",
        "Ada King Lovelace" => "AKL",
        _ => "Gh",
    }
    .to_string()
}
