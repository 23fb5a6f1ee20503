//! The lunch poll.

use std::collections::HashMap;

/// Answers and their votes, most votes first, equal ones alphabetically.
pub fn tally(votes: &[&str]) -> Vec<(String, usize)> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for vote in votes {
        let name = vote.trim().to_lowercase();
        if !name.is_empty() {
            *counts.entry(name).or_insert(0) += 1;
        }
    }
    let mut result: Vec<(String, usize)> = counts.into_iter().collect();
    result.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    result
}

/// The answer with most votes; None without one or with several.
pub fn winner(votes: &[&str]) -> Option<String> {
    let counts = tally(votes);
    if counts.len() > 1 && counts[0].1 == counts[1].1 {
        return None;
    }
    counts.first().map(|first| first.0.clone())
}
