"""Running code that a model wrote: confined processes, and trials in a forked copy of the live kernel."""
