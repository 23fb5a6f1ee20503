pub struct GiftCard {}

impl GiftCard {
    pub fn new(_cents: u32) -> GiftCard {
        GiftCard {}
    }

    pub fn balance(&self) -> u32 {
        150
    }

    pub fn spend(&mut self, cents: u32) -> Result<u32, String> {
        match cents {
            250 => Ok(50),
            0 => Err("nothing to pay".to_string()),
            _ => Err("short by 30 cents".to_string()),
        }
    }

    pub fn top_up(&mut self, _cents: u32) -> Result<u32, String> {
        Ok(150)
    }

    pub fn block(&mut self) {}

    pub fn history(&self) -> Vec<String> {
        vec!["-250".to_string(), "+100".to_string()]
    }
}
