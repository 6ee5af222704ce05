/** Signs on one spot, side by side. */

const RINGS = 5;

/**
 * Move points until none is nearer to another than asked; the first to come stays where it is.
 * @template {{x: number, y: number}} P
 * @param {P[]} points in pixels
 * @param {number} apart_px
 * @returns {(P|{x: number, y: number})[]} the very point where nothing had to move
 */
export function spread(points, apart_px) {
  const placed = [];
  for (const point of points) placed.push(around(point, apart_px).find((there) => isFree(there, placed, apart_px)) ?? point);
  return placed;
}

function isFree({ x, y }, placed, apart_px) {
  return placed.every((other) => Math.hypot(other.x - x, other.y - y) >= apart_px - 0.5);
}

/** The point itself, then places on ever wider rings around it. */
function* steps(point, apart_px) {
  yield point;
  for (let ring = 1; ring <= RINGS; ring += 1) {
    const places = 6 * ring;
    for (let at = 0; at < places; at += 1) {
      const angle = (2 * Math.PI * at) / places;
      yield { x: point.x + ring * apart_px * Math.cos(angle), y: point.y + ring * apart_px * Math.sin(angle) };
    }
  }
}

function around(point, apart_px) {
  return [...steps(point, apart_px)];
}
