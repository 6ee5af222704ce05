/** The lived boundary: drawn corner by corner beside the official set, and moved afterwards. */

import L from "leaflet";
import { element } from "./dom.js";

const CORNERS_MIN = 3;
const CORNERS_MAX = 500;
const DECIMALS = 6;

const Corner = L.Icon.extend({
  createIcon: () => element("div", { class: "leaflet-marker-icon plein-corner" }),
  createShadow: () => null,
});

export class Lived {
  /** @param {{pane: string, drawn(ring: [number, number][]): void, changed(): void}} page */
  constructor(map, page) {
    Object.assign(this, { map, page, points: null, corners: L.layerGroup() });
    this.clicked = ({ latlng }) => this.add(latlng);
    this.doubled = () => this.close();
  }

  /** Show a ring, dashed; nothing of what is being drawn is lost. */
  show(ring, colour) {
    const said = JSON.stringify([ring, colour]);
    this.colour = colour;
    if (said === this.said) return;
    this.said = said;
    this.ring = ring;
    this.shape?.remove();
    this.shape = ring.length ? L.polygon(ring.map(([lon, lat]) => [lat, lon]), { ...this.line(), fill: false }).addTo(this.map) : null;
    if (this.active && !this.points) this.handles();
  }

  line() {
    return { pane: this.page.pane, color: this.colour, weight: 3, dashArray: "7 6", interactive: false };
  }

  /** Draw from now on; a ring that is there can be moved by its corners. */
  on() {
    if (this.active) return;
    this.active = true;
    this.map.doubleClickZoom.disable();
    this.map.getContainer().classList.add("plein-placing");
    this.map.on("click", this.clicked).on("dblclick", this.doubled);
    this.corners.addTo(this.map);
    if (this.ring?.length) this.handles();
    else this.points = [];
  }

  off() {
    if (!this.active) return;
    this.active = false;
    this.points = null;
    this.sketch?.remove();
    this.corners.clearLayers().remove();
    this.map.doubleClickZoom.enable();
    this.map.getContainer().classList.remove("plein-placing");
    this.map.off("click", this.clicked).off("dblclick", this.doubled);
  }

  anew() {
    this.points = [];
    this.redraw();
  }

  add(latlng) {
    if (!this.points || this.points.length >= CORNERS_MAX) return;
    const last = this.points.at(-1);
    const near = last && this.map.latLngToContainerPoint(last).distanceTo(this.map.latLngToContainerPoint(latlng)) < 3;
    if (near) return; // the second press of a double one
    this.points.push(latlng);
    this.redraw();
  }

  back() {
    if (!this.points?.length) return;
    this.points.pop();
    this.redraw();
  }

  get closable() {
    return (this.points?.length ?? 0) >= CORNERS_MIN;
  }

  close() {
    if (!this.closable) return;
    const ring = this.points.map(told);
    this.points = null;
    this.sketch?.remove();
    this.page.drawn(ring);
    this.page.changed();
  }

  redraw() {
    this.sketch?.remove();
    this.corners.clearLayers();
    this.sketch = L.polyline(this.points, this.line()).addTo(this.map);
    for (const point of this.points) this.corner(point);
    this.page.changed();
  }

  corner(point, more = {}) {
    return L.marker(point, { icon: new Corner(), pane: this.page.pane, keyboard: false, interactive: false, ...more }).addTo(this.corners);
  }

  handles() {
    this.corners.clearLayers();
    const ring = [...this.ring];
    ring.forEach(([lon, lat], place) => {
      const corner = this.corner([lat, lon], { draggable: true, interactive: true });
      corner.on("drag", () => {
        ring[place] = told(corner.getLatLng());
        this.shape?.setLatLngs(ring.map(([x, y]) => [y, x]));
      });
      corner.on("dragend", () => this.page.drawn(ring));
    });
  }

  destroy() {
    this.off();
    this.shape?.remove();
    this.said = null;
  }
}

function told({ lat, lng }) {
  return [Number(lng.toFixed(DECIMALS)), Number(lat.toFixed(DECIMALS))];
}
