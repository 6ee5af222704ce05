"""The pieces of the page "Territory"."""
