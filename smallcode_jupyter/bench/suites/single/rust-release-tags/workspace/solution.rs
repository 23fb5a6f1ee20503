//! Tags of releases, such as "v1.4.2".

/// The three numbers of a tag; None for anything else.
pub fn parse_tag(tag: &str) -> Option<(u32, u32, u32)> {
    todo!()
}
