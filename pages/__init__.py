"""One screen a folder."""
