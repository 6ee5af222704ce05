/** The borders of polygons that share them, each drawn once. */

/**
 * @param {object[]} features polygons, lon/lat, that share the points of shared borders
 * @returns {[number, number][][]} lines, lat/lon; a border two polygons share is in one of them only
 */
export function borders(features) {
  const seen = new Set();
  const lines = [];
  for (const { geometry } of features) {
    if (!geometry) continue;
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const ring of parts.flat()) lines.push(...unseen(ring, seen));
  }
  return lines;
}

function unseen(ring, seen) {
  const lines = [];
  let line = null;
  for (let i = 1; i < ring.length; i += 1) {
    const key = keyOf(ring[i - 1], ring[i]);
    if (seen.has(key)) {
      line = null;
      continue;
    }
    seen.add(key);
    if (!line) lines.push((line = [turned(ring[i - 1])]));
    line.push(turned(ring[i]));
  }
  return lines;
}

/** One name for the line between two points, whichever comes first. */
export function keyOf([ax, ay], [bx, by]) {
  return ax < bx || (ax === bx && ay < by) ? `${ax} ${ay} ${bx} ${by}` : `${bx} ${by} ${ax} ${ay}`;
}

/** lon/lat as Leaflet wants it. */
export function turned([lon, lat]) {
  return [lat, lon];
}
