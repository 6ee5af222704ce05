/** The lines between polygons that share them: who lies on either side of each. */

import { keyOf, turned } from "./borders.js";

/**
 * @param {object[]} features polygons, lon/lat, that share the points of shared borders
 * @returns {{line: [number, number][], a: number, b: number}[]} lat/lon; places in `features`, b is -1 at the edge
 */
export function arcs(features) {
  const owners = new Map();
  eachEdge(features, (index, from, to) => {
    const key = keyOf(from, to);
    const there = owners.get(key);
    if (!there) owners.set(key, [index, -1]);
    else if (there[0] !== index) there[1] = index;
  });
  const found = [];
  let open = null;
  eachEdge(features, (index, from, to, first) => {
    const [a, b] = owners.get(keyOf(from, to));
    if (a !== index) { open = null; return; }
    if (first || !open || open.a !== a || open.b !== b) found.push((open = { line: [turned(from)], a, b }));
    open.line.push(turned(to));
  });
  return found;
}

function eachEdge(features, visit) {
  features.forEach(({ geometry }, index) => {
    if (!geometry) return;
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const ring of parts.flat()) for (let i = 1; i < ring.length; i += 1) visit(index, ring[i - 1], ring[i], i === 1);
  });
}
