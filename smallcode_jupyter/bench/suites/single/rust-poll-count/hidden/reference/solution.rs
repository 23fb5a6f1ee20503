//! The lunch poll.

/// How many votes there are for an answer.
pub fn votes_for(votes: &[&str], answer: &str) -> usize {
    votes.iter().filter(|vote| vote.trim().to_lowercase() == answer).count()
}
