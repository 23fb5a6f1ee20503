"""Pure folds of events into what a person sees."""
