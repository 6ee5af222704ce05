"""The pieces of the page "Near me"."""
