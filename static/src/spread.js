/** Signs on one spot, side by side. */

const RINGS = 5;

/**
 * Move points until none is nearer to another than asked; the first to come stays where it is.
 * @template {{x: number, y: number}} P
 * @param {P[]} points in pixels
 * @param {number} apart_px
 * @param {{x: number, y: number}[]} [taken] what stands there already
 * @returns {(P|{x: number, y: number})[]} the very point where nothing had to move
 */
export function spread(points, apart_px, taken = []) {
  const placed = [...taken];
  for (const point of points) placed.push(free(point, placed, apart_px));
  return placed.slice(taken.length);
}

function free(point, placed, apart_px) {
  for (const there of steps(point, apart_px)) if (isFree(there, placed, apart_px)) return there;
  return point;
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
