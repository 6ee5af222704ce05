/** Where a polygon's name goes: inside, as far from the edges as a coarse search finds. */

const STEPS = 14;

/**
 * @param {{geometry: object, properties: {label?: [number, number]}}} feature polygon, lon/lat
 * @returns {[number, number]} lat, lon; `properties.label` (lon, lat) wins where a file gives it
 */
export function labelPoint({ geometry, properties }) {
  if (Array.isArray(properties?.label)) return [properties.label[1], properties.label[0]];
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const rings = parts.reduce((best, part) => (extent(part[0]).size > extent(best[0]).size ? part : best));
  const { west, south, east, north } = extent(rings[0]);
  const squeeze = Math.cos(((south + north) / 2) * (Math.PI / 180));
  let found = { clearance: -1, lon: (west + east) / 2, lat: (south + north) / 2 };
  for (let row = 0; row < STEPS; row += 1) {
    for (let column = 0; column < STEPS; column += 1) {
      const lon = west + ((column + 0.5) / STEPS) * (east - west);
      const lat = south + ((row + 0.5) / STEPS) * (north - south);
      if (!inside(lon, lat, rings)) continue;
      const clearance = clearanceOf(lon, lat, rings, squeeze);
      if (clearance > found.clearance) found = { clearance, lon, lat };
    }
  }
  return [found.lat, found.lon];
}

/** Whether a point lies in a polygon feature. */
export function contains({ geometry }, lat, lon) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return parts.some((rings) => inside(lon, lat, rings));
}

function extent(ring) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of ring) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return { west, south, east, north, size: (east - west) * (north - south) };
}

function inside(lon, lat, rings) {
  let within = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [ax, ay] = ring[i];
      const [bx, by] = ring[j];
      if (ay > lat !== by > lat && lon < ((bx - ax) * (lat - ay)) / (by - ay) + ax) within = !within;
    }
  }
  return within;
}

function clearanceOf(lon, lat, rings, squeeze) {
  let nearest = Infinity;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const ax = (ring[i - 1][0] - lon) * squeeze;
      const ay = ring[i - 1][1] - lat;
      const dx = (ring[i][0] - lon) * squeeze - ax;
      const dy = ring[i][1] - lat - ay;
      const length = dx * dx + dy * dy;
      const along = length ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length)) : 0;
      nearest = Math.min(nearest, (ax + along * dx) ** 2 + (ay + along * dy) ** 2);
    }
  }
  return nearest;
}
