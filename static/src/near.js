/** Around a person: how far one walks in some minutes, what is there, and the way to what is chosen. */

import L from "leaflet";
import { calm, element, fill } from "./dom.js";
import { drawSign } from "./signs-drawn.js";
import { spread } from "./spread.js";

const LAYER = "actors"; // what is near belongs to this layer of the map
const SIGN_PX = 44;
const CHOSEN_PX = 54;
const APART_PX = 38; // less than a sign: what overlaps a little can still be pressed
const LABEL_APART_PX = 34;
const LABEL_SHAPE = 0.42; // a label is wider than high: what is beside it must be farther away
const PIN_HEAD_PX = 26; // the head of the pin stands this far above its point
const VAGUE_M = 50; // a position told less exactly than this is shown as a circle; our choice
const ROOM_PX = [28, 28];
const FIT_SNAP = 0.1; // of a zoom: what is near fills even a small screen
const NEAREST_ZOOM = 17;
const AREA_FILL = 0.13;

const NearSign = L.Icon.extend({
  createIcon() {
    const { answer, chosen, colours, label } = this.options;
    const size = chosen ? CHOSEN_PX : SIGN_PX;
    const box = element("div", {
      class: `leaflet-marker-icon plein-sign plein-near-sign${chosen ? " plein-chosen" : ""}`,
      role: "button", tabindex: -1, "aria-label": label, "aria-current": chosen ? "true" : null,
    }, drawSign({ group: answer.group, n: answer.n }, colours, size));
    Object.assign(box.style, { width: `${size}px`, height: `${size}px`, margin: `${-size / 2}px 0 0 ${-size / 2}px` });
    return box;
  },
  createShadow: () => null,
});

const Minutes = L.Icon.extend({
  createIcon: function () {
    return element("div", { class: "leaflet-marker-icon plein-minutes" }, element("span", { text: this.options.text }));
  },
  createShadow: () => null,
});

/** What `near` of a spec says, on one map; see docs/decisions/0004-map-in-the-browser.md. */
export class Near {
  /** @param {{pane(name: string, z: number): string, choose(chosen: object): void}} page */
  constructor(map, page) {
    this.map = map;
    this.page = page;
    this.markers = [];
    this.selected = null;
    this.said = {};
    this.ground = { pane: page.pane("near-areas", 396), interactive: false };
    this.above = { pane: page.pane("near-way", 430), interactive: false };
    this.names = page.pane("near-names", 592);
    this.renderers = { areas: L.svg({ pane: this.ground.pane, padding: 0.5 }), way: L.svg({ pane: this.above.pane, padding: 0.5 }) };
    this.parts = { areas: L.layerGroup(), labels: L.layerGroup(), circle: L.layerGroup(), legs: L.layerGroup(), way: L.layerGroup(), signs: L.layerGroup() };
    this.settle = this.settle.bind(this);
    this.fitted = this.fitted.bind(this);
    map.on("zoomend", this.settle).on("resize", this.fitted);
    for (const part of Object.values(this.parts)) part.addTo(map);
  }

  /** @param {object|null} near null: the page shows something else now */
  show(near, { colours, lang }) {
    this.near = near ?? {};
    this.colours = colours;
    const { areas = [], way = null, answers = [], origin = null, texts = {}, fit } = this.near;
    this.changed("areas", [areas, texts, lang, colours.base], () => this.drawAreas());
    this.changed("circle", [origin, colours.base], () => this.drawCircle());
    this.changed("way", [way, this.near.way_estimated, colours.base], () => this.drawWay());
    this.changed("signs", [answers, lang, colours, origin], () => this.drawSigns());
    this.labelAreas();
    if (near) this.changed("fit", [fit ?? null], () => { this.unfitted = true; });
    else delete this.said.fit;
    this.fitted();
  }

  /** Do what depends on something, when it differs from the last time. */
  changed(part, of, work) {
    const said = JSON.stringify(of);
    if (said === this.said[part]) return;
    this.said[part] = said;
    work();
  }

  drawAreas() {
    const { areas = [], texts = {} } = this.near;
    this.parts.areas.clearLayers();
    this.parts.labels.clearLayers();
    const outside = [...areas].sort((a, b) => b.minutes - a.minutes);
    this.drawn = outside.map(({ minutes, geometry }) => {
      const shape = L.geoJSON({ type: "Feature", properties: {}, geometry }, {
        ...this.ground, renderer: this.renderers.areas, smoothFactor: 0.8,
        style: { color: this.colours.base.accent, weight: 1.5, opacity: 0.8, fillColor: this.colours.base.tint, fillOpacity: AREA_FILL, lineJoin: "round" },
      }).addTo(this.parts.areas);
      const icon = new Minutes({ text: fill(texts.area, { n: minutes }) });
      const label = L.marker([0, 0], { icon, pane: this.names, interactive: false, keyboard: false });
      return { shape, label, corners: corners(geometry) };
    }).reverse();
  }

  /** Put the minutes of each area on its edge, northwards, apart from each other and from the signs. */
  labelAreas() {
    if (this.map.getZoom() === undefined) return;
    const taken = [...this.pinHead(), ...this.markers.map((marker) => this.pixel(marker.getLatLng()))];
    for (const { label, corners: found } of this.drawn ?? []) {
      const away = ({ x, y }) => Math.min(LABEL_APART_PX, ...taken.map((other) => Math.hypot((other.x - x) * LABEL_SHAPE, other.y - y)));
      const best = found.reduce((best, latlng) => {
        const room = away(this.pixel(latlng));
        return room > best.room ? { room, latlng } : best;
      }, { room: 0, latlng: null });
      if (!best.latlng) label.remove();
      else label.setLatLng(best.latlng).addTo(this.parts.labels);
      if (best.latlng) taken.push(this.pixel(best.latlng));
    }
  }

  pinHead() {
    const { origin } = this.near;
    return origin ? [this.pixel([origin.lat, origin.lon]).subtract([0, PIN_HEAD_PX])] : [];
  }

  pixel(latlng) {
    return this.map.project(latlng, this.map.getZoom());
  }

  drawCircle() {
    const { origin } = this.near;
    this.parts.circle.clearLayers();
    if (!(origin?.accuracy_m > VAGUE_M)) return;
    const blue = this.colours.base.position;
    L.circle([origin.lat, origin.lon], {
      ...this.ground, renderer: this.renderers.areas, radius: origin.accuracy_m, color: blue, weight: 1, opacity: 0.6, fillColor: blue, fillOpacity: 0.07,
    }).addTo(this.parts.circle);
  }

  /** The way along the streets; where only a straight line is known, it is dashed. */
  drawWay() {
    const { way, way_estimated: estimated } = this.near;
    this.parts.way.clearLayers();
    this.way = null;
    if (!way || way.length < 2) return;
    const line = way.map(([lon, lat]) => [lat, lon]);
    const look = { ...this.above, renderer: this.renderers.way, smoothFactor: 0.6, lineCap: "round", lineJoin: "round" };
    L.polyline(line, { ...look, color: "#fff", weight: 10, opacity: 0.95, className: "plein-way-casing" }).addTo(this.parts.way);
    this.way = L.polyline(line, {
      ...look, color: this.colours.base.position, weight: 5.5, dashArray: estimated ? "1 10" : null, className: "plein-way",
    }).addTo(this.parts.way);
    const seen = this.map.getZoom() !== undefined && this.map.getBounds().contains(this.way.getBounds());
    if (!seen) this.go(this.way.getBounds(), this.map.getZoom());
  }

  drawSigns() {
    const focused = this.markers.find(({ _icon: icon }) => icon && icon === document.activeElement)?.id;
    this.parts.signs.clearLayers();
    this.markers = (this.near.answers ?? []).map((answer) => this.marker(answer));
    this.spreadSigns();
    if (focused !== undefined) this.markerOf(focused)?._icon?.focus({ preventScroll: true });
  }

  marker(answer) {
    const id = String(answer.id);
    const at = L.latLng(answer.lat, answer.lon);
    const chosen = id === this.selected;
    const marker = L.marker(at, {
      icon: this.sign(answer, chosen), keyboard: false, riseOnHover: true, zIndexOffset: chosen ? 5000 : 1000 - answer.n,
    });
    Object.assign(marker, { id, at, answer, feature: { properties: { id, name: `${answer.n}. ${answer.name}`, sub: answer.sub } } });
    return marker.on("click", () => this.page.choose({ layer: LAYER, id })).addTo(this.parts.signs);
  }

  sign(answer, chosen) {
    const label = [`${answer.n}. ${answer.name}`, answer.sub].filter(Boolean).join(", ");
    return new NearSign({ answer, chosen, label, colours: this.colours });
  }

  /** Places behind one door stand side by side, each on a thin leg; the chosen one where it is. */
  spreadSigns() {
    this.parts.legs.clearLayers();
    const points = this.markers.map(({ at }) => this.pixel(at));
    const chosen = points.filter((_, index) => this.markers[index].id === this.selected);
    spread(points, APART_PX, [...this.pinHead(), ...chosen]).forEach((point, index) => {
      const marker = this.markers[index];
      const moved = point !== points[index] && marker.id !== this.selected;
      const there = moved ? this.map.unproject(L.point(point.x, point.y), this.map.getZoom()) : marker.at;
      marker.setLatLng(there);
      if (moved) {
        const leg = { ...this.above, renderer: this.renderers.way, color: this.colours.base.ink, weight: 1.5, opacity: 0.8 };
        L.polyline([marker.at, there], leg).addTo(this.parts.legs);
        L.circleMarker(marker.at, { ...leg, radius: 3, fillColor: "#fff", fillOpacity: 1, opacity: 1 }).addTo(this.parts.legs);
      }
    });
  }

  settle() {
    this.spreadSigns();
    this.labelAreas();
  }

  markerOf(id) {
    return this.markers.find((marker) => marker.id === id);
  }

  /** Whether a sign of what is near stands for this choice. */
  has(chosen) {
    return chosen?.layer === LAYER && this.markers.some(({ id }) => id === String(chosen.id));
  }

  /** Mark what is chosen; whether it is near. */
  select(chosen) {
    const isNear = this.has(chosen);
    const id = isNear ? String(chosen.id) : null;
    if (id !== this.selected) {
      const changed = [this.markerOf(this.selected), this.markerOf(id)];
      this.selected = id;
      for (const marker of changed) if (marker) this.mark(marker);
      this.spreadSigns();
    }
    return isNear;
  }

  mark(marker) {
    const chosen = marker.id === this.selected;
    const focused = marker._icon === document.activeElement;
    marker.setIcon(this.sign(marker.answer, chosen)).setZIndexOffset(chosen ? 5000 : 1000 - marker.answer.n);
    if (focused) marker._icon.focus({ preventScroll: true });
  }

  /** Bring what is chosen into sight, moving no more than that takes; whether it is near. */
  focus() {
    const marker = this.markerOf(this.selected);
    if (marker) this.map.panInside(marker.getLatLng(), { padding: ROOM_PX, animate: !calm() });
    return Boolean(marker);
  }

  /** Show the areas and the person, or the answers, once for each `fit`, as soon as there is room. */
  fitted() {
    const { x, y } = this.map.getSize();
    if (!this.unfitted || !x || !y) return;
    this.unfitted = false;
    const { origin, areas = [], answers = [] } = this.near;
    const bounds = L.latLngBounds(origin ? [[origin.lat, origin.lon]] : []);
    if (areas.length) for (const { shape } of this.drawn) bounds.extend(shape.getBounds());
    else for (const { lat, lon } of answers) bounds.extend([lat, lon]);
    if (bounds.isValid()) this.go(bounds, NEAREST_ZOOM);
  }

  go(bounds, maxZoom) {
    const { zoomSnap } = this.map.options;
    this.map.options.zoomSnap = FIT_SNAP;
    this.map.fitBounds(bounds, { padding: ROOM_PX, maxZoom, animate: !calm() });
    this.map.options.zoomSnap = zoomSnap;
  }
}

const TURNS = 12;

/** Points of an outline towards the north first, then to either side: [[lat, lng], …]. */
function corners(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const ring = polygons.map(([outer]) => outer).sort((a, b) => b.length - a.length)[0] ?? [];
  const order = [...Array(TURNS).keys()].sort((a, b) => Math.min(a, TURNS - a) - Math.min(b, TURNS - b));
  return ring.length ? order.map((turn) => {
    const angle = (turn * 2 * Math.PI) / TURNS;
    const along = ([lon, lat]) => Math.cos(angle) * lat + Math.sin(angle) * lon * Math.cos((ring[0][1] * Math.PI) / 180);
    const [lon, lat] = ring.reduce((best, point) => (along(point) > along(best) ? point : best));
    return [lat, lon];
  }) : [];
}
