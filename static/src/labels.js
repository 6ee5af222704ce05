/** Names on the map: only as many as fit without touching each other, larger areas first. */

import L from "leaflet";
import { element, isolated } from "./dom.js";
import { contains } from "./label-point.js";

const GAP_PX = 4;
const LONGEST = 48;

const Name = L.Icon.extend({
  createIcon() {
    const { text, className } = this.options;
    return element("div", { class: `leaflet-marker-icon plein-name ${className}` }, isolated(lines(text).join("\n")));
  },
  createShadow: () => null,
});

/** Where a name may stand, in pixels from its best place, when signs stand there. */
const PLACES = [[0, 0], [0, -26], [0, 26], [0, -38], [0, 38], [0, -54], [0, 54], [-34, 0], [34, 0], [-60, 0], [60, 0], [-30, -28], [30, -28], [-30, 28], [30, 28]];

/** The names of all area layers of one map. */
export class Labels {
  /**
   * @param {L.Map} map
   * @param {string} pane
   * @param {HTMLElement} signs the pane whose signs names give way to
   */
  constructor(map, pane, signs) {
    this.map = map;
    this.pane = pane;
    this.signs = signs;
    this.byLayer = new Map();
    this.drawn = new Map();
    this.arrange = this.arrange.bind(this);
    this.renew = this.renew.bind(this);
    map.on("moveend zoomend", this.renew);
  }

  /** Replace the names of one layer. */
  put(layer, names) {
    for (const { owner } of this.byLayer.get(layer) ?? []) this.drop(owner);
    this.byLayer.delete(layer);
    if (names.length) this.byLayer.set(layer, names);
    this.renew();
  }

  /** Whether the name of this area can be read on the map now. */
  shows(owner) {
    return this.drawn.has(owner);
  }

  drop(owner) {
    this.drawn.get(owner)?.remove();
    this.drawn.delete(owner);
  }

  /** Arrange before the next frame, however often asked until then. */
  renew() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(this.arrange);
  }

  arrange() {
    const zoom = this.map.getZoom();
    if (zoom === undefined) return;
    const all = [...this.byLayer.values()].flat();
    all.filter((name) => zoom < name.min_zoom).forEach((name) => this.drop(name.owner));
    const names = all.filter((name) => zoom >= name.min_zoom).map((name) => ({ name, box: this.boxOf(name, zoom) }));
    names.sort((a, b) => a.name.min_zoom - b.name.min_zoom || b.box.room - a.box.room);
    const signs = this.signBoxes();
    const taken = [];
    for (const { name, box } of names) {
      const place = box.width < box.room * 1.25 ? this.placeOf(name, box, taken, signs) : null;
      if (place) {
        taken.push(shifted(box, place));
        this.draw(name, place);
      } else {
        this.drop(name.owner);
      }
    }
  }

  /** The place inside the area that signs cover least; null when other names leave none. */
  placeOf(name, box, taken, signs) {
    let least = Infinity;
    let best = null;
    for (const place of PLACES) {
      const there = shifted(box, place);
      if (taken.some((other) => shared(there, other) > 0) || !this.inside(name, box, place)) continue;
      const covered = signs.reduce((sum, sign) => sum + shared(there, sign), 0);
      if (covered < least) [least, best] = [covered, place];
      if (covered === 0) break;
    }
    return best;
  }

  inside(name, box, [dx, dy]) {
    if (dx === 0 && dy === 0) return true;
    const { lat, lng } = this.map.unproject(box.point.add([dx, dy]));
    return contains(name.owner.feature, lat, lng);
  }

  /** The boxes of the signs in the pane, in the pixels of the whole world. */
  signBoxes() {
    const origin = this.map.getPixelOrigin();
    return [...this.signs.children].filter((icon) => icon._leaflet_pos).map((icon) => {
      const size = parseFloat(icon.style.width) || 0;
      const { x, y } = icon._leaflet_pos.add(origin);
      return { x: x - size / 2, y: y - size / 2, width: size, height: size };
    });
  }

  draw(name, [dx, dy]) {
    if (!this.drawn.has(name.owner)) {
      const icon = new Name({ text: name.text, className: name.className });
      const marker = L.marker(name.point, { icon, pane: this.pane, interactive: false, keyboard: false });
      this.drawn.set(name.owner, marker.addTo(this.map));
    }
    const translate = `calc(-50% + ${dx}px) calc(-50% + ${dy}px)`;
    const { style } = this.drawn.get(name.owner).getElement();
    if (style.translate !== translate) style.translate = translate;
  }

  /** The box a name would fill at a zoom, guessed from its letters: two lines of small capitals. */
  boxOf(name, zoom) {
    name.point ??= name.at();
    const point = this.map.project(name.point, zoom);
    const west = this.map.project(name.bounds.getSouthWest(), zoom);
    const east = this.map.project(name.bounds.getNorthEast(), zoom);
    const longest = Math.max(...lines(name.text).map((line) => line.length));
    const width = longest * 8 + GAP_PX;
    const height = lines(name.text).length * 14 + GAP_PX;
    return { point, x: point.x - width / 2, y: point.y - height / 2, width, height, room: east.x - west.x };
  }

  destroy() {
    cancelAnimationFrame(this.frame);
    this.map.off("moveend zoomend", this.renew);
  }
}

function shifted(box, [dx, dy]) {
  return { ...box, x: box.x + dx, y: box.y + dy };
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

/** How many square pixels two boxes share. */
function shared(a, b) {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}
