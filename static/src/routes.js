/** Ways from one place to a few others along the streets: why an area stands where it does. */

import L from "leaflet";
import { calm, element } from "./dom.js";

const ROOM_PX = [40, 40];
const BUTTONS_PX = [80, 40];
const NEAREST_ZOOM = 16;
const WIDE_PX = 560; // where a card may lie on the map beside its ways

/**
 * What `ways` of a spec says: {from: [lon, lat], to: [{at: [lon, lat], line: [[lon, lat], …]}], room}; `room` are
 * the pixels at the start of a wide map that something lies on.
 */
export class Routes {
  constructor(map, page) {
    this.map = map;
    this.pane = page.pane("ways", 640);
    this.renderer = L.svg({ pane: this.pane, padding: 0.5 });
    this.group = L.layerGroup().addTo(map);
  }

  /** @param {"always"|"needed"|"never"} fit whether the view moves to them */
  show(ways, { colours }, fit) {
    const said = JSON.stringify(ways ?? null);
    if (said === this.said) return;
    this.said = said;
    this.group.clearLayers();
    if (!ways) return;
    const look = { pane: this.pane, renderer: this.renderer, interactive: false, lineCap: "round", lineJoin: "round", smoothFactor: 0.6 };
    const lines = ways.to.map(({ line }) => line.map(turned)).filter((line) => line.length > 1);
    const blue = colours.base.position;
    lines.toReversed().forEach((line, index) => {
      const first = index === lines.length - 1;
      L.polyline(line, { ...look, color: "#fff", weight: first ? 9 : 6.5, opacity: 0.95 }).addTo(this.group);
      const className = first ? "plein-way" : "plein-way-other";
      L.polyline(line, { ...look, color: blue, weight: first ? 5 : 3, opacity: first ? 1 : 0.75, className }).addTo(this.group);
    });
    L.circleMarker(turned(ways.from), { ...look, radius: 6.5, color: "#fff", weight: 3, fillColor: blue, fillOpacity: 1 }).addTo(this.group);
    ways.to.forEach(({ at }, index) => this.end(at, index + 1));
    const bounds = L.latLngBounds([turned(ways.from), ...lines.flat(), ...ways.to.map(({ at }) => turned(at))]);
    const room = this.map.getSize().x >= WIDE_PX ? ways.room ?? 0 : 0;
    const free = L.point(room, 0);
    const seen = L.bounds([this.map.latLngToContainerPoint(bounds.getNorthWest()), this.map.latLngToContainerPoint(bounds.getSouthEast())]);
    if (fit === "never" || (fit === "needed" && L.bounds(free, this.map.getSize()).contains(seen))) return;
    this.map.fitBounds(bounds, { paddingTopLeft: free.add(ROOM_PX), paddingBottomRight: BUTTONS_PX, maxZoom: NEAREST_ZOOM, animate: !calm() });
  }

  end(at, number) {
    const icon = new End({ number });
    L.marker(turned(at), { icon, pane: this.pane, interactive: false, keyboard: false, zIndexOffset: -number }).addTo(this.group);
  }

  remove() {
    this.group.remove();
    this.renderer.remove();
  }
}

const End = L.Icon.extend({
  createIcon() {
    return element("div", { class: "leaflet-marker-icon plein-way-end" }, element("span", { text: String(this.options.number) }));
  },
  createShadow: () => null,
});

function turned([lon, lat]) {
  return [lat, lon];
}
