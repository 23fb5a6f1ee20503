"""Files: looking, staging, applying, undoing."""
