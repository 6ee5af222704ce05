/** A line drawn round several things by mouse, pen or finger. */

import L from "leaflet";

const APART_PX = 4;
const POINTS_MIN = 3;

export class Lasso {
  /** @param {(ring: L.LatLng[]) => void} drawn */
  constructor(map, drawn) {
    Object.assign(this, { map, drawn, box: map.getContainer() });
    this.down = (event) => this.begin(event);
    this.move = (event) => this.go(event);
    this.up = (event) => this.end(event);
    this.heard = [["pointermove", this.move], ["pointerup", this.up], ["pointercancel", this.up]];
  }

  on(colour) {
    if (this.colour) return;
    this.colour = colour;
    this.map.dragging.disable();
    this.box.classList.add("plein-lassoing");
    this.box.addEventListener("pointerdown", this.down);
  }

  off() {
    if (!this.colour) return;
    this.colour = null;
    this.drop();
    this.map.dragging.enable();
    this.box.classList.remove("plein-lassoing");
    this.box.removeEventListener("pointerdown", this.down);
  }

  begin(event) {
    if (!event.isPrimary || event.button !== 0 || event.target.closest(".leaflet-control")) return;
    event.preventDefault();
    this.drop();
    this.last = L.point(event.clientX, event.clientY);
    this.line = L.polyline([this.map.mouseEventToLatLng(event)], { color: this.colour, weight: 2.5, dashArray: "4 5", interactive: false }).addTo(this.map);
    this.box.setPointerCapture?.(event.pointerId);
    for (const [kind, heard] of this.heard) this.box.addEventListener(kind, heard);
  }

  go(event) {
    const here = L.point(event.clientX, event.clientY);
    if (!event.isPrimary || here.distanceTo(this.last) < APART_PX) return;
    this.last = here;
    this.line.addLatLng(this.map.mouseEventToLatLng(event));
  }

  end(event) {
    if (!event.isPrimary) return;
    const ring = this.line?.getLatLngs() ?? [];
    this.drop();
    if (event.type === "pointerup" && ring.length >= POINTS_MIN) this.drawn(ring);
  }

  drop() {
    for (const [kind, heard] of this.heard) this.box.removeEventListener(kind, heard);
    this.line?.remove();
    this.line = null;
  }
}

/** Whether a point, [lat, lon], lies within a ring. */
export function within([lat, lon], ring) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const { lat: y, lng: x } = ring[i];
    const { lat: v, lng: u } = ring[j];
    if (y > lat !== v > lat && lon < ((u - x) * (lat - y)) / (v - y) + x) inside = !inside;
  }
  return inside;
}
