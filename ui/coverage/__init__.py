"""The pieces of the page "Coverage"."""
