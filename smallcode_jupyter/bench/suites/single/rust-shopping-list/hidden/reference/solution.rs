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
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.is_empty() {
        return Err("empty command".to_string());
    }
    match words[0] {
        "add" => {
            let count = words.get(1).and_then(|word| word.parse::<u32>().ok()).unwrap_or(0);
            if count < 1 || words.len() < 3 {
                return Err("usage: add COUNT ITEM".to_string());
            }
            Ok(Command::Add(count, words[2..].join(" ")))
        }
        "remove" => {
            if words.len() == 1 {
                return Err("usage: remove ITEM".to_string());
            }
            Ok(Command::Remove(words[1..].join(" ")))
        }
        "list" => Ok(Command::List),
        "clear" => Ok(Command::Clear),
        other => Err(format!("unknown command: {}", other)),
    }
}

/// Carries out a command and says what happened.
pub fn apply(list: &mut BTreeMap<String, u32>, command: Command) -> String {
    match command {
        Command::Add(count, item) => {
            let total = list.entry(item.clone()).or_insert(0);
            *total += count;
            format!("{}: {}", item, total)
        }
        Command::Remove(item) => match list.remove(&item) {
            Some(_) => format!("removed {}", item),
            None => format!("no {}", item),
        },
        Command::List => {
            if list.is_empty() {
                return "nothing to buy".to_string();
            }
            let parts: Vec<String> = list.iter().map(|(item, count)| format!("{} x{}", item, count)).collect();
            parts.join(", ")
        }
        Command::Clear => {
            list.clear();
            "cleared".to_string()
        }
    }
}
