"""The pieces of the page "Figures": those in use, on the map, and a file on its way in."""
