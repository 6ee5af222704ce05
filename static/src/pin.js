/** A pin a person puts on the map: by click, by dragging, or by Enter, the arrow keys and Enter. */

import L from "leaflet";
import { element, svg } from "./dom.js";

const STEP_PX = 4;
const FAR_PX = 40; // with Shift
const DIRECTIONS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const DROP = "M16 31.5c-2.5-4-11.5-9.5-11.5-18.5a11.5 11.5 0 0 1 23 0c0 9-9 14.5-11.5 18.5z";
const SIZE_PX = 44;

const PinIcon = L.Icon.extend({
  createIcon() {
    const { label, colour } = this.options;
    const drop = svg("svg", { viewBox: "0 0 32 32", width: SIZE_PX, height: SIZE_PX, "aria-hidden": "true" },
      svg("path", { d: DROP, fill: colour, stroke: "#fff", "stroke-width": 1.5 }),
      svg("circle", { cx: 16, cy: 13, r: 4, fill: "#fff" }));
    const box = element("div", { class: "leaflet-marker-icon plein-pin", role: "button", tabindex: 0, "aria-label": label, title: label }, drop);
    Object.assign(box.style, { width: `${SIZE_PX}px`, height: `${SIZE_PX}px`, margin: `${-SIZE_PX}px 0 0 ${-SIZE_PX / 2}px` });
    return box;
  },
  createShadow: () => null,
});

/** While a page asks for a place: `pin` of its spec is null (none yet) or {lat, lon}. */
export class Pin {
  /** @param {(point: {lat: number, lon: number}) => void} placed */
  constructor(map, placed) {
    this.map = map;
    this.placed = placed;
    this.clicked = ({ latlng }) => this.put(latlng, true);
    this.entered = (event) => this.begin(event);
  }

  /**
   * @param {{lat: number, lon: number}|null|undefined} pin undefined: nobody asks
   * @param {string} label what it is and how to move it
   * @param {boolean} approach whether the map goes where the pin is put
   */
  show(pin, label, colours, approach = true) {
    const asked = pin !== undefined;
    if (asked !== Boolean(this.asked)) {
      this.asked = asked;
      const box = this.map.getContainer();
      box.classList.toggle("plein-placing", asked);
      box[asked ? "addEventListener" : "removeEventListener"]("keydown", this.entered);
      this.map[asked ? "on" : "off"]("click", this.clicked);
    }
    Object.assign(this, { label, colours });
    this.name();
    const said = JSON.stringify(pin ?? null);
    if (said === this.said) return;
    this.said = said;
    if (!pin) this.remove();
    else {
      this.put([pin.lat, pin.lon], false);
      if (approach) this.map.setView([pin.lat, pin.lon], Math.max(this.map.getZoom(), 17), { animate: false });
    }
  }

  /** Enter on the map itself: a pin in its middle, in hand, told by the next Enter. */
  begin(event) {
    if (event.key !== "Enter" || event.target !== this.map.getContainer()) return;
    this.put(this.map.getCenter(), false);
    this.marker.getElement().focus({ preventScroll: true });
    event.preventDefault();
  }

  name() {
    const box = this.marker?.getElement();
    if (!box || box.title === this.label) return;
    box.setAttribute("aria-label", this.label);
    box.title = this.label;
  }

  put(latlng, tell) {
    if (!this.marker) this.make(latlng);
    this.marker.setLatLng(latlng);
    if (tell) this.tell();
  }

  make(latlng) {
    const icon = new PinIcon({ label: this.label, colour: this.colours.base.signal });
    this.marker = L.marker(latlng, { icon, draggable: true, keyboard: false, autoPan: true, zIndexOffset: 9000 }).addTo(this.map);
    this.marker.on("dragend", () => this.tell());
    this.marker.getElement().addEventListener("keydown", (event) => this.pressed(event));
  }

  pressed(event) {
    const way = DIRECTIONS[event.key];
    if (event.key === "Enter") this.tell();
    else if (way) {
      const step = event.shiftKey ? FAR_PX : STEP_PX;
      const there = this.map.latLngToLayerPoint(this.marker.getLatLng()).add([way[0] * step, way[1] * step]);
      this.marker.setLatLng(this.map.layerPointToLatLng(there));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  tell() {
    const { lat, lng } = this.marker.getLatLng();
    const point = { lat: Number(lat.toFixed(6)), lon: Number(lng.toFixed(6)) };
    this.said = JSON.stringify(point);
    this.placed(point);
  }

  remove() {
    this.marker?.remove();
    this.marker = null;
  }
}
