//! Mails from templates.

/// The template with its placeholders filled in.
pub fn render(template: &str, values: &[(&str, &str)]) -> Result<String, String> {
    todo!()
}
