"""From whatever a model wrote to tool calls. Pure; never raises."""
