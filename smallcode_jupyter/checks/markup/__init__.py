"""What the checks know of pages: HTML and style sheets. Pure."""
