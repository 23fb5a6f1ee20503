//! Mails from templates.

/// The template with its placeholders filled in.
pub fn render(template: &str, values: &[(&str, &str)]) -> String {
    let mut result = template.to_string();
    for (name, text) in values {
        result = result.replace(&format!("{{{}}}", name), text);
    }
    result
}
