"""The pieces of the page "Gaps"."""
