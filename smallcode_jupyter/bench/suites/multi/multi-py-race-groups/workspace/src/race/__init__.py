"""Results of the club's ten-kilometre race."""
