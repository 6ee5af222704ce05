"""Who is on the map: actors, activities, relays and their partners, and the store that keeps them."""
