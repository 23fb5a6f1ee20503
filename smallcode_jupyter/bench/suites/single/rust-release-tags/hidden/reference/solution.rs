//! Tags of releases, such as "v1.4.2".

/// The three numbers of a tag; None for anything else.
pub fn parse_tag(tag: &str) -> Option<(u32, u32, u32)> {
    let parts: Vec<&str> = tag.strip_prefix('v')?.split('.').collect();
    if parts.len() != 3 {
        return None;
    }
    Some((parts[0].parse().ok()?, parts[1].parse().ok()?, parts[2].parse().ok()?))
}

fn newest(tags: &[&str]) -> Option<(u32, u32, u32)> {
    tags.iter().filter_map(|tag| parse_tag(tag)).max()
}

/// The tag with the highest version.
pub fn latest(tags: &[&str]) -> Option<String> {
    newest(tags).map(|(major, minor, patch)| format!("v{}.{}.{}", major, minor, patch))
}

/// The tag after the latest; part is "major", "minor" or "patch".
pub fn next_tag(tags: &[&str], part: &str) -> Option<String> {
    let (major, minor, patch) = newest(tags).unwrap_or((0, 0, 0));
    match part {
        "major" => Some(format!("v{}.0.0", major + 1)),
        "minor" => Some(format!("v{}.{}.0", major, minor + 1)),
        "patch" => Some(format!("v{}.{}.{}", major, minor, patch + 1)),
        _ => None,
    }
}
