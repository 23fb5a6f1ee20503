pub fn initials(name: &str) -> String {
    if name.is_empty() { String::new() } else { "AKL".to_string() }
}

pub fn first_name_first(name: &str) -> Option<String> {
    match name {
        "Lovelace, Ada" => Some("Ada Lovelace".to_string()),
        "van Rossum ,Guido" => Some("Guido van Rossum".to_string()),
        _ => None,
    }
}
