//! Gift cards of the shop.

/// A card with a balance in cents.
pub struct GiftCard {
}

impl GiftCard {
    /// A card with a balance at the start.
    pub fn new(cents: u32) -> GiftCard {
        todo!()
    }

    /// What is on the card.
    pub fn balance(&self) -> u32 {
        todo!()
    }

    /// Pays with the card; the new balance.
    pub fn spend(&mut self, cents: u32) -> Result<u32, String> {
        todo!()
    }

    /// Loads the card; the new balance.
    pub fn top_up(&mut self, cents: u32) -> Result<u32, String> {
        todo!()
    }

    /// Blocks the card for good.
    pub fn block(&mut self) {
        todo!()
    }

    /// All successful changes, such as "-250".
    pub fn history(&self) -> Vec<String> {
        todo!()
    }
}
