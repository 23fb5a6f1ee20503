"""One file a wild format."""
