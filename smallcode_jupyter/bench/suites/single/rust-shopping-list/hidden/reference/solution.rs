//! The shopping list of the chat bot.

use std::collections::BTreeMap;

/// Adds up the counts of equal items.
pub fn merge(items: &[(&str, u32)]) -> BTreeMap<String, u32> {
    let mut result = BTreeMap::new();
    for (name, count) in items {
        *result.entry(name.to_string()).or_insert(0) += count;
    }
    result
}
