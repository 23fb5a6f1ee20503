//! Tags of releases, such as "v1.4.2".

/// The three numbers of a tag; None for anything else.
pub fn parse_tag(tag: &str) -> Option<(u32, u32, u32)> {
    todo!()
}

/// The tag with the highest version.
pub fn latest(tags: &[&str]) -> Option<String> {
    todo!()
}

/// The tag after the latest; part is "major", "minor" or "patch".
pub fn next_tag(tags: &[&str], part: &str) -> Option<String> {
    todo!()
}
