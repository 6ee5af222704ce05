/** Places as small dots, for a map whose areas are what one looks at: where they are, no more. */

import L from "leaflet";

const RADIUS_PX = [[11.5, 1.9], [12.5, 2.6], [14, 3.4], [99, 4.6]]; // up to each zoom

/** A "signs" layer drawn quietly; nothing in it is chosen. */
export class Dots {
  constructor(map, pane) {
    this.map = map;
    this.renderer = L.svg({ pane, padding: 0.3 });
    this.pane = pane;
    this.drawn = new Map();
    this.shown = () => true;
    this.features = [];
  }

  draw(features, layer, context) {
    this.clear();
    Object.assign(this, { features, context });
    this.show(this.shown);
  }

  /** @param {(index: number) => boolean} shown in the order of the features */
  show(shown) {
    this.shown = shown;
    if (!this.context) return;
    this.features.forEach((feature, index) => {
      const there = this.drawn.get(index);
      if (shown(index) && !there && feature.geometry) this.drawn.set(index, this.dot(feature).addTo(this.map));
      else if (!shown(index) && there) {
        there.remove();
        this.drawn.delete(index);
      }
    });
  }

  dot({ geometry: { coordinates: [lon, lat] } }) {
    return L.circleMarker([lat, lon], {
      pane: this.pane, renderer: this.renderer, interactive: false, radius: this.radius(), weight: 1,
      color: "#fff", fillColor: this.context.colours.base.ink, fillOpacity: 1, className: "plein-place-dot",
    });
  }

  radius() {
    const zoom = this.map.getZoom() ?? 0;
    return RADIUS_PX.find(([least]) => zoom <= least)[1];
  }

  /** The map zoomed. */
  zoomed() {
    const radius = this.radius();
    for (const dot of this.drawn.values()) if (dot.getRadius() !== radius) dot.setRadius(radius);
  }

  select() {}

  clear() {
    for (const dot of this.drawn.values()) dot.remove();
    this.drawn.clear();
  }

  remove() {
    this.clear();
    this.renderer.remove();
  }
}
