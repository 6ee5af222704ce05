"""In and out: official files, OpenStreetMap, the basemap, GeoJSON for the browser."""
