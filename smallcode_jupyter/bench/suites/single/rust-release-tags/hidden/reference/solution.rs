//! Tags of releases, such as "v1.4.2".

/// The three numbers of a tag; None for anything else.
pub fn parse_tag(tag: &str) -> Option<(u32, u32, u32)> {
    let parts: Vec<&str> = tag.strip_prefix('v')?.split('.').collect();
    if parts.len() != 3 {
        return None;
    }
    let major = parts[0].parse().ok()?;
    let minor = parts[1].parse().ok()?;
    let patch = parts[2].parse().ok()?;
    Some((major, minor, patch))
}
