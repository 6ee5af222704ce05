"""The pieces of the page on which relays decide what was proposed."""
