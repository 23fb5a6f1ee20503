//! Commands of the settings file.

/// The arguments of a command line.
pub fn split_args(line: &str) -> Result<Vec<String>, String> {
    let mut args = Vec::new();
    let mut current: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\\' && quote != Some('\'') {
            match chars.next() {
                Some(next) => current.get_or_insert_with(String::new).push(next),
                None => return Err("open escape".to_string()),
            }
        } else if quote == Some(c) {
            quote = None;
        } else if quote.is_none() && (c == '"' || c == '\'') {
            quote = Some(c);
            current.get_or_insert_with(String::new);
        } else if quote.is_none() && c == ' ' {
            args.extend(current.take());
        } else {
            current.get_or_insert_with(String::new).push(c);
        }
    }
    if quote.is_some() {
        return Err("open quote".to_string());
    }
    args.extend(current);
    Ok(args)
}
