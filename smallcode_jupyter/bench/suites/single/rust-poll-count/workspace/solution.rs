//! The lunch poll.

/// Answers and their votes, most votes first, equal ones alphabetically.
pub fn tally(votes: &[&str]) -> Vec<(String, usize)> {
    todo!()
}

/// The answer with most votes; None without one or with several.
pub fn winner(votes: &[&str]) -> Option<String> {
    todo!()
}
