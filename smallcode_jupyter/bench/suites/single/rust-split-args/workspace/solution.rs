//! Commands of the settings file.

/// The arguments of a command line.
pub fn split_args(line: &str) -> Vec<String> {
    todo!()
}
