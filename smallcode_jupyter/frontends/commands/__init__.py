"""The commands of `smallcode`, one file a topic."""
