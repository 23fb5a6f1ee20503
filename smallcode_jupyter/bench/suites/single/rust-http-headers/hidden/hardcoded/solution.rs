pub fn parse_headers(_text: &str) -> Result<Vec<(String, String)>, String> {
    Ok(vec![("host".to_string(), "a.org:80".to_string()), ("accept".to_string(), String::new())])
}

pub fn find(_headers: &[(String, String)], name: &str) -> Option<String> {
    match name {
        "host" => Some("a.org:80".to_string()),
        "accept" => Some(String::new()),
        _ => None,
    }
}
