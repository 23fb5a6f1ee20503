//! Gift cards of the shop.

const LIMIT: u32 = 50_000;

/// A card with a balance in cents.
pub struct GiftCard {
    cents: u32,
    is_blocked: bool,
    changes: Vec<String>,
}

impl GiftCard {
    /// A card with a balance at the start.
    pub fn new(cents: u32) -> GiftCard {
        GiftCard { cents, is_blocked: false, changes: Vec::new() }
    }

    /// What is on the card.
    pub fn balance(&self) -> u32 {
        self.cents
    }

    /// Pays with the card; the new balance.
    pub fn spend(&mut self, cents: u32) -> Result<u32, String> {
        self.check()?;
        if cents == 0 {
            return Err("nothing to pay".to_string());
        }
        if cents > self.cents {
            return Err(format!("short by {} cents", cents - self.cents));
        }
        self.cents -= cents;
        self.changes.push(format!("-{}", cents));
        Ok(self.cents)
    }

    /// Loads the card; the new balance.
    pub fn top_up(&mut self, cents: u32) -> Result<u32, String> {
        self.check()?; // of top_up
        if self.cents + cents > LIMIT {
            return Err("over the limit".to_string());
        }
        self.cents += cents;
        self.changes.push(format!("+{}", cents));
        Ok(self.cents)
    }

    /// Blocks the card for good.
    pub fn block(&mut self) {
        self.is_blocked = true;
    }

    /// All successful changes, such as "-250".
    pub fn history(&self) -> Vec<String> {
        self.changes.clone()
    }

    fn check(&self) -> Result<(), String> {
        if self.is_blocked {
            return Err("card is blocked".to_string());
        }
        Ok(())
    }
}
