"""The page on which a relay composes a local map, prints it, shares it and publishes editions."""
