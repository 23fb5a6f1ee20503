//! Gift cards of the shop.

/// A card with a balance in cents.
pub struct GiftCard {
    cents: u32,
}

impl GiftCard {
    /// A card with a balance at the start.
    pub fn new(cents: u32) -> GiftCard {
        GiftCard { cents }
    }

    /// What is on the card.
    pub fn balance(&self) -> u32 {
        self.cents
    }

    /// Pays with the card; whether there was enough on it.
    pub fn spend(&mut self, cents: u32) -> bool {
        if cents > self.cents {
            return false;
        }
        self.cents -= cents;
        true
    }

    /// Loads the card.
    pub fn top_up(&mut self, cents: u32) {
        self.cents += cents;
    }
}
