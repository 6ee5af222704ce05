/** Names on the map: only as many as fit without touching each other, larger areas first. */

import L from "leaflet";
import { element, isolated } from "./dom.js";

const GAP_PX = 4;
const LONGEST = 48;

const Name = L.Icon.extend({
  createIcon() {
    const { text, className } = this.options;
    return element("div", { class: `plein-name ${className}` }, isolated(lines(text).join("\n")));
  },
  createShadow: () => null,
});

/** The names of all area layers of one map. */
export class Labels {
  constructor(map, pane) {
    this.map = map;
    this.pane = pane;
    this.byLayer = new Map();
    this.drawn = new Map();
    this.arrange = this.arrange.bind(this);
    map.on("zoomend", this.arrange);
  }

  /** Replace the names of one layer. */
  put(layer, names) {
    for (const { owner } of this.byLayer.get(layer) ?? []) this.drop(owner);
    this.byLayer.delete(layer);
    if (names.length) this.byLayer.set(layer, names);
    this.arrange();
  }

  /** Whether the name of this area can be read on the map now. */
  shows(owner) {
    return this.drawn.has(owner);
  }

  drop(owner) {
    this.drawn.get(owner)?.remove();
    this.drawn.delete(owner);
  }

  arrange() {
    const zoom = this.map.getZoom();
    if (zoom === undefined) return;
    const taken = [];
    const all = [...this.byLayer.values()].flat();
    all.filter((name) => zoom < name.min_zoom).forEach((name) => this.drop(name.owner));
    const names = all.filter((name) => zoom >= name.min_zoom).map((name) => ({ name, box: this.boxOf(name, zoom) }));
    names.sort((a, b) => a.name.min_zoom - b.name.min_zoom || b.box.room - a.box.room);
    for (const { name, box } of names) {
      const fits = box.width < box.room * 1.25 && !taken.some((other) => touch(box, other));
      if (fits) {
        taken.push(box);
        this.draw(name);
      } else {
        this.drop(name.owner);
      }
    }
  }

  draw(name) {
    if (this.drawn.has(name.owner)) return;
    const marker = L.marker((name.point ??= name.at()), {
      icon: new Name({ text: name.text, className: name.className }),
      pane: this.pane,
      interactive: false,
      keyboard: false,
    });
    this.drawn.set(name.owner, marker.addTo(this.map));
  }

  /** The box a name would fill at a zoom, guessed from its letters: two lines of small capitals. */
  boxOf(name, zoom) {
    const point = this.map.project((name.point ??= name.at()), zoom);
    const west = this.map.project(name.bounds.getSouthWest(), zoom);
    const east = this.map.project(name.bounds.getNorthEast(), zoom);
    const longest = Math.max(...lines(name.text).map((line) => line.length));
    const width = longest * 7.4 + GAP_PX;
    const height = lines(name.text).length * 14 + GAP_PX;
    return { x: point.x - width / 2, y: point.y - height / 2, width, height, room: east.x - west.x };
  }

  destroy() {
    this.map.off("zoomend", this.arrange);
    this.drawn.forEach((marker) => marker.remove());
  }
}

function lines(text) {
  const found = [""];
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  for (const word of short.split(/\s+/)) {
    const last = found.at(-1);
    if (last && last.length + word.length > 14) found.push(word);
    else found[found.length - 1] = last ? `${last} ${word}` : word;
  }
  return found;
}

function touch(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
