//! Mails from templates.

/// The template with its placeholders filled in.
pub fn render(template: &str, values: &[(&str, &str)]) -> Result<String, String> {
    let mut result = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(|c| c == '{' || c == '}') {
        result.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            result.push_str(&rest[..1]);
            rest = &rest[2..];
            continue;
        }
        if rest.starts_with('}') {
            return Err("stray brace".to_string());
        }
        let end = rest.find('}').ok_or("unclosed brace")?;
        result.push_str(&value_of(&rest[1..end], values)?);
        rest = &rest[end + 1..];
    }
    Ok(result + rest)
}

fn value_of(placeholder: &str, values: &[(&str, &str)]) -> Result<String, String> {
    let (name, default) = match placeholder.split_once('|') {
        Some((name, text)) => (name.trim(), Some(text)),
        None => (placeholder.trim(), None),
    };
    let found = values.iter().rev().find(|pair| pair.0 == name).map(|pair| pair.1);
    match found.or(default) {
        Some(text) => Ok(text.to_string()),
        None => Err(format!("unknown name: {}", name)),
    }
}
