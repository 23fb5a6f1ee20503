"""What is defined, imported and used where: an index of a workspace, kept on disk, asked in milliseconds."""
