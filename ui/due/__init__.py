"""The due list of a relay: what is to be checked, and what it does about it."""
