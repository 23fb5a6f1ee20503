"""One model server for a class: keys for people, a fair queue, limits for each."""
