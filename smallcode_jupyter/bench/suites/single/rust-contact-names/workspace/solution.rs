//! Names of contacts.

/// The upper-case first letters of all words, such as "AKL".
pub fn initials(name: &str) -> String {
    todo!()
}

/// "Lovelace, Ada" becomes "Ada Lovelace"; None for anything of another form.
pub fn first_name_first(name: &str) -> Option<String> {
    todo!()
}
