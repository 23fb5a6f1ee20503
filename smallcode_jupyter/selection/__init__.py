"""Choosing among answers: each is run on inputs made from what is known of the task, and they vote."""
