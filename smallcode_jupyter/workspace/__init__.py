"""The person's files: found, read, staged, changed atomically, and put back."""
