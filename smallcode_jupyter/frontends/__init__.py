"""What a person touches: magics, panels, the command line."""
