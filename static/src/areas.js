/** Polygons: sectors, neighbourhoods, municipalities; outlined, named, choosable. */

import L from "leaflet";
import { borders } from "./borders.js";
import { element, isolated } from "./dom.js";
import { labelPoint } from "./label-point.js";
import { colour } from "./palette.js";
import { classesOf, definePatterns, fillOf, isKnown, wordsFor } from "./shades.js";

const UNTOLD = 255;
const WORLD = [[-89, -180], [-89, 180], [89, 180], [89, -180]];

/** One "areas" layer on a map. */
export class Areas {
  /**
   * @param {L.Map} map
   * @param {string} pane
   * @param {{choose(id: string, latlng: L.LatLng): void, tip: object, labels: object}} page what the map offers its layers
   */
  constructor(map, pane, page) {
    this.map = map;
    this.pane = pane;
    this.page = page;
    this.renderer = L.svg({ pane, padding: 0.3 });
    this.byId = new Map();
    this.selected = null;
    this.shown = () => true;
  }

  /** Draw features anew (first data, other data, other style or language). */
  draw(features, layer, context) {
    this.clear();
    Object.assign(this, { layer, context, features });
    const style = layer.style ?? {};
    if (style.mask) this.drawMask(style.mask);
    this.group = L.geoJSON({ type: "FeatureCollection", features }, {
      pane: this.pane,
      renderer: this.renderer,
      interactive: style.interactive === true,
      bubblingMouseEvents: false,
      smoothFactor: 0.6,
      style: () => this.styleOf(null),
      onEachFeature: (feature, path) => this.byId.set(this.idOf(feature), path),
    });
    this.lineOnly = !style.fill && style.interactive !== true;
    if (!this.lineOnly) this.group.addTo(this.map);
    if (style.interactive === true) this.listen();
    this.name();
    this.restyle();
  }

  drawMask(fill) {
    const holes = this.features.flatMap(({ geometry }) =>
      polygons(geometry).map((rings) => rings[0].map(([lon, lat]) => [lat, lon])));
    this.mask = L.polygon([WORLD, ...holes], {
      pane: this.pane, renderer: this.renderer, interactive: false, stroke: false,
      fillColor: colour(this.context.colours, fill), fillOpacity: 1, fillRule: "evenodd",
    }).addTo(this.map);
  }

  listen() {
    this.group.on({
      click: ({ propagatedFrom, latlng }) => this.page.choose(this.idOf(propagatedFrom.feature), latlng),
      mouseover: ({ propagatedFrom, latlng }) => this.hover(propagatedFrom, latlng),
      mousemove: ({ latlng }) => this.page.tip.move(latlng),
      mouseout: ({ propagatedFrom }) => this.leave(propagatedFrom),
    });
  }

  hover(path, latlng) {
    path.setStyle({ fillOpacity: this.styleOf(path.feature).fillOpacity + 0.12 });
    const name = this.nameOf(path.feature);
    const told = this.classOf(path.feature);
    if (!name || (this.page.labels.shows(path) && !told)) return;
    const lines = [isolated(name, "plein-tip-name"), told && element("span", { class: "plein-tip-sub", text: told })];
    this.page.tip.show(latlng, element("div", { class: "plein-tip-lines" }, ...lines));
  }

  leave(path) {
    path.setStyle(this.styleOf(path.feature));
    this.page.tip.hide();
  }

  idOf(feature) {
    return String(feature.properties.id ?? feature.id);
  }

  nameOf({ properties }) {
    const prefix = this.layer.style?.label;
    if (!prefix) return "";
    const { lang } = this.context;
    return String(properties[`${prefix}_${lang}`] ?? properties[`${prefix}_fr`] ?? properties[prefix] ?? "");
  }

  name() {
    const style = this.layer.style ?? {};
    const named = [...this.byId.values()].filter((path) => this.nameOf(path.feature));
    this.page.labels.put(this, named.map((path) => ({
      owner: path,
      text: this.nameOf(path.feature),
      at: () => labelPoint(path.feature),
      bounds: path.getBounds(),
      min_zoom: style.label_min_zoom ?? 0,
      className: style.label_class ?? "",
    })));
  }

  styleOf(feature) {
    const style = this.layer.style ?? {};
    const chosen = feature !== null && this.selected === this.idOf(feature);
    const dimmed = this.selected !== null && !chosen && !this.lineOnly;
    const stroke = chosen ? style.selected_stroke ?? "signal" : style.stroke ?? "boundary";
    return {
      color: colour(this.context.colours, stroke),
      weight: (style.weight ?? 1) + (chosen ? 2 : 0),
      opacity: dimmed ? 0.55 : 1,
      dashArray: chosen ? null : style.dash ?? null,
      fill: Boolean(style.fill) || style.interactive === true,
      fillColor: colour(this.context.colours, style.fill ?? "paper"),
      fillOpacity: (style.fill ? style.fillOpacity ?? 0.1 : 0) * (dimmed ? 0.45 : 1),
      lineJoin: "round",
      stroke: (style.weight ?? 1) > 0,
      ...this.shadeOf(feature),
    };
  }

  /** @param {(index: number) => boolean} shown in the order of the features */
  show(shown) {
    this.shown = shown;
    if (this.group) this.restyle();
  }

  select(id) {
    const chosen = this.byId.has(id) ? id : null;
    if (chosen === this.selected) return;
    this.selected = chosen;
    if (this.group) this.restyle();
  }

  restyle() {
    if (this.lineOnly) this.drawLines();
    else this.stylePaths();
  }

  /** Lines alone: a border is drawn once, and the chosen area on top. */
  drawLines() {
    const { color, weight, dashArray } = this.styleOf(null);
    this.lines?.remove();
    this.lines = L.polyline(borders(this.features.filter((_, index) => this.shown(index))), {
      pane: this.pane, renderer: this.renderer, interactive: false, smoothFactor: 0.6, color, weight, dashArray,
    }).addTo(this.map);
    this.outlined?.remove();
    this.outlined = this.byId.get(this.selected)?.addTo(this.map);
    this.outlined?.setStyle(this.styleOf(this.outlined.feature));
  }

  stylePaths() {
    this.features.forEach((feature, index) => {
      const path = this.byId.get(this.idOf(feature));
      path.setStyle(this.styleOf(feature));
      path.getElement()?.classList.toggle("plein-hidden", !this.shown(index));
    });
    this.byId.get(this.selected)?.bringToFront();
  }

  /**
   * Give each area the colour of its class.
   * @param {{colours: string[], classes: string, labels?: string[]}|null} shades
   *   `classes` is base64, half a byte an area in their order: a place in `colours`, or why nothing is
   *   known (see shades.js); `labels` name the classes
   */
  shade(shades) {
    const told = JSON.stringify(shades);
    if (told === this.shaded) return;
    this.shaded = told;
    this.map.getPane(this.pane).classList.toggle("plein-shaded", Boolean(shades));
    const before = this.shades;
    this.shades = shades && { ...shades, bytes: classesOf(shades.classes) };
    if (!this.group || this.lineOnly) return;
    if (before && this.shades) this.reshade(before);
    else this.stylePaths();
  }

  /** Other classes on the same ground: touch the areas alone whose colour is another. */
  reshade(before) {
    this.features.forEach((feature, index) => {
      const fillColor = fillOf(this.shades.bytes[index] ?? UNTOLD, this.shades.colours);
      if (fillColor !== fillOf(before.bytes[index] ?? UNTOLD, before.colours)) this.byId.get(this.idOf(feature)).setStyle({ fillColor });
    });
  }

  byteOf(feature) {
    this.places ??= new Map(this.features.map((each, index) => [this.idOf(each), index]));
    return this.shades.bytes[this.places.get(this.idOf(feature))] ?? UNTOLD;
  }

  shadeOf(feature) {
    if (!this.shades || !feature) return null;
    definePatterns(this.renderer._container);
    return { fillColor: fillOf(this.byteOf(feature), this.shades.colours), fillOpacity: 0.82 };
  }

  /** The words for the class of an area; "" where none were told. */
  classOf(feature) {
    if (!this.shades) return "";
    const byte = this.byteOf(feature);
    return (isKnown(byte) ? this.shades.labels?.[byte] : wordsFor(byte, this.context.texts)) ?? "";
  }

  /** Move the map to a feature. */
  focus(id) {
    const path = this.byId.get(id);
    if (path) this.page.fit(path.getBounds());
  }

  clear() {
    this.page.labels.put(this, []);
    for (const drawn of [this.group, this.mask, this.lines, this.outlined]) drawn?.remove();
    this.group = this.mask = this.lines = this.outlined = null;
    this.byId.clear();
    this.places = null;
  }

  remove() {
    this.clear();
    this.renderer.remove();
  }
}

function polygons(geometry) {
  return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
}
