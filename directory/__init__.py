"""Who is on the map: actors, activities, relays, their partners, and the store that keeps them."""
