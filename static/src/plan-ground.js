/** The ground of a local map: parks, water, rails and streets as light lines, and the streets' names. */

import L from "leaflet";
import { svg } from "./dom.js";

const UNIT = 1e-5; // degrees: what the numbers of the ground count in
const STREETS = { path: [1.5, 0.8], minor: [4.5, 3], medium: [7, 5.2], main: [9, 7] };
const SHAPES = { park: "park", water: "water" };
const RAILS = { rail: ["rail", "2 5"], subway: ["subway", "7 4"], tram: ["tram", null] };
const NAMES_FROM = 14.9;
const LETTER_PX = 6.1;
const BEND = 0.42; // radians a street may turn under its name
const NAME_APART_PX = 420; // of the same name

/** The points of a line: the first from the corner, each next one from the one before. */
function points({ origin: [lat0, lon0] }, numbers) {
  let [x, y] = [0, 0];
  const found = [];
  for (let n = 0; n < numbers.length; n += 2) {
    x += numbers[n];
    y += numbers[n + 1];
    found.push([lat0 + y * UNIT, lon0 + x * UNIT]);
  }
  return found;
}

export function drawGround(map, ground, style) {
  const renderer = L.svg({ pane: "ground", padding: 0.4 });
  const colour = (name) => style.getPropertyValue(`--plein-${name}`).trim();
  const still = { interactive: false, renderer, pane: "ground", lineCap: "round", lineJoin: "round", smoothFactor: 1 };
  for (const [name, fill] of Object.entries(SHAPES)) {
    for (const rings of ground[name] ?? []) {
      L.polygon(rings.map((ring) => points(ground, ring)), { ...still, stroke: false, fillColor: colour(fill), fillOpacity: 1 }).addTo(map);
    }
  }
  const lines = (kind) => (ground.streets ?? []).filter((street) => street.k === kind).map((street) => points(ground, street.p));
  const drawn = [];
  const line = (at, options, weight) => {
    if (at.length) drawn.push([L.polyline(at, { ...still, ...options }).addTo(map), weight]);
  };
  for (const [kind, [edge]] of Object.entries(STREETS)) line(lines(kind), { color: colour("street-edge") }, edge);
  for (const [kind, [, inner]] of Object.entries(STREETS)) line(lines(kind), { color: colour(kind === "path" ? "path" : "street") }, inner);
  for (const [kind, [paint, dashArray]] of Object.entries(RAILS)) {
    line((ground[kind] ?? []).map((one) => points(ground, one)), { color: colour(paint), dashArray, lineCap: "butt" }, 1.6);
  }
  const widen = () => {
    const scale = Math.min(3, Math.max(0.55, 2 ** ((map.getZoom() - 16.25) * 0.75)));
    for (const [each, weight] of drawn) each.setStyle({ weight: weight * scale });
  };
  widen();
  map.on("zoomend", widen);
}

/** Names along their streets, where there is room: never over a sign or another name. */
export class StreetNames {
  constructor(map, ground, language, taken) {
    this.map = map;
    this.taken = taken;
    const named = new Map();
    for (const { k, n, p } of ground.streets ?? []) {
      const name = ground.names[n]?.[language];
      if (name && k !== "path") named.set(name, [...(named.get(name) ?? []), points(ground, p)]);
    }
    this.streets = [...named].map(([name, lines]) => ({ name, lines }));
    this.above = svg("svg", { class: "plan-above", width: 1, height: 1, "aria-hidden": "true" });
    map.getPane("names").append(this.above);
    this.place();
  }

  place() {
    if (this.map.getZoom() < NAMES_FROM) {
      this.above.replaceChildren();
      return;
    }
    this.written = [];
    this.boxes = this.taken().map(({ x, y, w, h }) => ({ x, y, r: Math.min(w, h) / 2 }));
    const spots = this.streets.flatMap((street) => this.spots(street));
    spots.sort((a, b) => b.room - a.room || (a.name < b.name ? -1 : 1));
    this.above.replaceChildren(...spots.map((spot) => this.write(spot)).filter(Boolean));
  }

  /** Where a name fits: straight stretches as long as it, one in each line. */
  spots({ name, lines }) {
    const length = name.length * LETTER_PX + 8;
    return lines.flatMap((line) => {
      const at = line.map((point) => this.map.latLngToLayerPoint(point));
      return stretches(at).filter(({ room }) => room >= length).flatMap((found) => {
        const times = Math.max(1, Math.floor(found.room / (length + NAME_APART_PX)));
        return Array.from({ length: times }, (_, n) => ({ ...found, name, length, share: (n + 0.5) / times }));
      });
    });
  }

  write({ name, length, from, to, share, room }) {
    for (const moved of [share, share - 0.18, share + 0.18]) {
      const half = length / 2 / room;
      const s = Math.min(1 - half, Math.max(half, moved));
      const x = from.x + (to.x - from.x) * s;
      const y = from.y + (to.y - from.y) * s;
      let angle = Math.atan2(to.y - from.y, to.x - from.x);
      if (Math.abs(angle) > Math.PI / 2) angle += Math.PI;
      const dots = [];
      for (let along = -length / 2; along <= length / 2; along += 9) dots.push({ x: x + Math.cos(angle) * along, y: y + Math.sin(angle) * along, r: 7 });
      if (this.written.some((one) => one.name === name && Math.hypot(one.x - x, one.y - y) < NAME_APART_PX)) continue;
      if (dots.some((dot) => this.boxes.some((box) => Math.hypot(box.x - dot.x, box.y - dot.y) < box.r + dot.r))) continue;
      this.boxes.push(...dots);
      this.written.push({ name, x, y });
      const turn = (angle * 180) / Math.PI;
      return svg("text", { class: "plan-street", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})`, text: name });
    }
    return null;
  }
}

/** The straight stretches of a line, from one bend to the next. */
function stretches(line) {
  const found = [];
  let first = 0;
  for (let n = 1; n < line.length; n += 1) {
    const last = n === line.length - 1;
    if (!last && turn(line[first], line[n], line[n + 1]) < BEND) continue;
    found.push({ from: line[first], to: line[n], room: Math.hypot(line[n].x - line[first].x, line[n].y - line[first].y) });
    first = n;
  }
  return found;
}

function turn(a, b, c) {
  const away = Math.atan2(c.y - b.y, c.x - b.x) - Math.atan2(b.y - a.y, b.x - a.x);
  return Math.abs(Math.atan2(Math.sin(away), Math.cos(away)));
}
