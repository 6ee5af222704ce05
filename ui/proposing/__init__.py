"""The pieces of the pages on which anybody proposes a change and follows it."""
