"""What can be done with the cells of the notebook: finding them, checking, explaining, fixing and testing them."""
