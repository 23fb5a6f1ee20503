"""The agents that are measured, each driven as a person would drive it."""
