/** Signs by keyboard: one stop for Tab, arrows to the nearest sign that way, Enter chooses. */

const DIRECTIONS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const STOPS = ".plein-sign, .plein-badge";

/** @param {HTMLElement} pane the pane of the signs */
export class SignKeys {
  constructor(map, pane) {
    this.map = map;
    this.pane = pane;
    this.pressed = this.pressed.bind(this);
    this.renew = this.renew.bind(this);
    pane.addEventListener("keydown", this.pressed);
    map.on("moveend zoomend", this.renew);
  }

  /** Leave one sign reachable by Tab: the one in use, else the nearest to the middle. */
  renew() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      const stops = [...this.pane.querySelectorAll(STOPS)];
      const middle = this.map.containerPointToLayerPoint(this.map.getSize().divideBy(2));
      const current = stops.find((stop) => stop === document.activeElement)
        ?? nearest(stops, middle, () => true, (stop) => stop._leaflet_pos ?? middle);
      for (const stop of stops) {
        const index = stop === current ? 0 : -1;
        if (stop.tabIndex !== index) stop.tabIndex = index;
      }
    });
  }

  pressed(event) {
    const stop = event.target.closest?.(STOPS);
    if (!stop) return;
    if (event.key === "Enter" || event.key === " ") {
      stop.dispatchEvent(new MouseEvent("click", { bubbles: true, ...pointOf(stop) }));
    } else if (event.key === "Escape") {
      this.map.getContainer().focus({ preventScroll: true });
    } else if (DIRECTIONS[event.key]) {
      this.step(stop, DIRECTIONS[event.key]);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  step(from, [dx, dy]) {
    const here = centre(from);
    const that_way = (point) => {
      const along = (point.x - here.x) * dx + (point.y - here.y) * dy;
      const aside = Math.abs((point.x - here.x) * dy) + Math.abs((point.y - here.y) * dx);
      return along > 2 && aside <= along * 2;
    };
    const others = [...this.pane.querySelectorAll(STOPS)].filter((stop) => stop !== from);
    const next = nearest(others, here, that_way);
    if (!next) return;
    from.tabIndex = -1;
    next.tabIndex = 0;
    next.focus({ preventScroll: true });
  }

  destroy() {
    this.map.off("moveend zoomend", this.renew); // removing a map that moves ends its move
    cancelAnimationFrame(this.frame);
    this.pane.removeEventListener("keydown", this.pressed);
  }
}

function centre(node) {
  const { left, top, width, height } = node.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

function pointOf(node) {
  const { x, y } = centre(node);
  return { clientX: x, clientY: y };
}

function nearest(stops, point, allowed, where = centre) {
  let best = null;
  let least = Infinity;
  for (const stop of stops) {
    const at = where(stop);
    const away = Math.hypot(at.x - point.x, at.y - point.y);
    if (away < least && allowed(at)) [best, least] = [stop, away];
  }
  return best;
}
