//! The shopping list of the chat bot.

use std::collections::BTreeMap;

/// What somebody typed.
pub enum Command {
    Add(u32, String),
    Remove(String),
    List,
    Clear,
}

/// Reads a line such as "add 2 oat milk".
pub fn parse_command(line: &str) -> Result<Command, String> {
    todo!()
}

/// Carries out a command and says what happened.
pub fn apply(list: &mut BTreeMap<String, u32>, command: Command) -> String {
    todo!()
}
