//! Mails from templates.

/// The template with its placeholders filled in.
pub fn render(template: &str, values: &[(&str, &str)]) -> String {
    todo!()
}
