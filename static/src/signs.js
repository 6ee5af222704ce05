/** Places as signs: clustered, choosable, one always in sight when it is chosen. */

import L from "leaflet";
import "leaflet.markercluster";
import { calm, element, fill, svg } from "./dom.js";
import { groupColour } from "./palette.js";
import { drawSign } from "./signs-drawn.js";

const SIGN_PX = 30;
const CHOSEN_PX = 44;
const APART_PX = 16; // signs of a layer that is not clustered meet only where one would hide the other

/** A Leaflet icon made of nodes: each sign draws itself when it comes into view. */
const Sign = L.Icon.extend({
  options: { iconSize: [SIGN_PX, SIGN_PX] },
  createIcon() {
    const { properties, colours, chosen, label } = this.options;
    const size = chosen ? CHOSEN_PX : SIGN_PX;
    const box = element(
      "div",
      { class: `leaflet-marker-icon plein-sign${chosen ? " plein-chosen" : ""}`, role: "button", tabindex: -1, "aria-label": label },
      drawSign(properties, colours, size),
    );
    Object.assign(box.style, { width: `${size}px`, height: `${size}px`, margin: `${-size / 2}px 0 0 ${-size / 2}px` });
    return box;
  },
  createShadow: () => null,
});

/** A count in a ring that shows the mix of groups. */
const Badge = L.Icon.extend({
  createIcon() {
    const { count, mix, size, label, colours } = this.options;
    const box = element(
      "div",
      { class: "leaflet-marker-icon plein-badge", role: "button", tabindex: -1, "aria-label": label },
      ring(mix, count, size, colours),
      element("span", { text: String(count), "aria-hidden": "true" }),
    );
    Object.assign(box.style, { width: `${size}px`, height: `${size}px`, margin: `${-size / 2}px 0 0 ${-size / 2}px` });
    return box;
  },
  createShadow: () => null,
});

function ring(mix, count, size, colours) {
  const radius = size / 2 - 2.5;
  const around = 2 * Math.PI * radius;
  let start = 0;
  const arcs = Object.keys(mix).sort().map((group) => {
    const length = (mix[group] / count) * around;
    const arc = svg("circle", {
      cx: size / 2, cy: size / 2, r: radius, fill: "none", "stroke-width": 3.5,
      stroke: groupColour(colours, group),
      "stroke-dasharray": `${length} ${around - length}`, "stroke-dashoffset": -start,
    });
    start += length;
    return arc;
  });
  const disc = svg("circle", { cx: size / 2, cy: size / 2, r: size / 2, fill: colours.base.panel });
  return svg("svg", { width: size, height: size, "aria-hidden": "true", focusable: "false" }, disc, ...arcs);
}

/** One "signs" layer on a map. */
export class Signs {
  constructor(map, pane, page) {
    this.map = map;
    this.page = page;
    this.markers = [];
    this.byId = new Map();
    this.selected = null;
    this.shown = () => true;
    this.inCluster = new Set();
  }

  /** Draw features anew (first data, other data or language). */
  draw(features, layer, context) {
    this.clear();
    Object.assign(this, { layer, context, features });
    this.markers = features.flatMap((feature, index) => (feature.geometry ? [this.marker(feature, index)] : []));
    this.cluster = this.makeCluster().addTo(this.map);
    this.apply();
  }

  marker(feature, index) {
    const { properties, geometry } = feature;
    const [lon, lat] = geometry.coordinates;
    const marker = L.marker([lat, lon], { icon: this.sign(properties, false), keyboard: false, riseOnHover: true });
    Object.assign(marker, { feature, index, plein: { layer: this, id: String(properties.id) } });
    this.byId.set(String(properties.id), marker);
    return marker;
  }

  sign(properties, chosen) {
    const name = properties.name || this.context.texts.unnamed;
    const label = [name, properties.sub, properties.old].filter(Boolean).join(", ");
    return new Sign({ properties, chosen, colours: this.context.colours, label });
  }

  makeCluster() {
    const { texts, colours } = this.context;
    const still = calm();
    const cluster = L.markerClusterGroup({
      maxClusterRadius: this.layer.style?.cluster === false ? APART_PX : (zoom) => (zoom < 14 ? 88 : zoom < 16 ? 64 : 40),
      showCoverageOnHover: false,
      spiderfyOnMaxZoom: true,
      spiderfyDistanceMultiplier: 1.6,
      animate: !still,
      animateAddingMarkers: false,
      spiderLegPolylineOptions: { weight: 1.5, color: colours.base.ink, opacity: 0.5 },
      iconCreateFunction: (group) => badge(group, texts, colours),
    });
    cluster.on("animationend spiderfied unspiderfied", () => this.page.settled());
    return cluster.on("click", ({ propagatedFrom, layer }) => this.page.choose((propagatedFrom ?? layer).plein.id));
  }

  /** @param {(index: number) => boolean} shown in the order of the features */
  show(shown) {
    this.shown = shown;
    if (this.cluster) this.apply();
  }

  select(id) {
    const chosen = this.byId.has(id) ? id : null;
    const before = this.selected;
    if (chosen === before && (chosen === null || this.apart)) return;
    this.selected = chosen;
    if (this.cluster) this.apply();
  }

  /** Bring the cluster group to what should be in it, touching only what differs. */
  apply() {
    const apart = this.byId.get(this.selected) ?? null;
    const focused = document.activeElement;
    const refocus = focused?.closest?.(".plein-sign") && (apart?._icon === focused || this.apart?._icon === focused);
    const near = this.near();
    const wanted = new Set(this.markers.filter((marker) => near && marker !== apart && this.shown(marker.index)));
    const gone = [...this.inCluster].filter((marker) => !wanted.has(marker));
    const come = [...wanted].filter((marker) => !this.inCluster.has(marker));
    if (gone.length > this.inCluster.size / 2) {
      this.cluster.clearLayers();
      this.cluster.addLayers([...wanted]);
    } else {
      if (gone.length) this.cluster.removeLayers(gone);
      if (come.length) this.cluster.addLayers(come);
    }
    this.inCluster = wanted;
    this.setApart(apart);
    if (refocus) apart?._icon?.focus({ preventScroll: true });
  }

  /** Whether the map is near enough for this layer (`style.min_zoom`). */
  near() {
    return this.map.getZoom() >= (this.layer.style?.min_zoom ?? 0);
  }

  /** The map zoomed. */
  zoomed() {
    if (this.cluster && this.near() !== this.inCluster.size > 0) this.apply();
  }

  setApart(marker) {
    if (this.apart && this.apart !== marker) {
      this.apart.remove();
      this.apart.off("click", this.chooseAgain, this);
      this.apart.setIcon(this.sign(this.apart.feature.properties, false)).setZIndexOffset(0);
      this.apart = null;
    }
    if (!marker || this.apart === marker) return;
    this.apart = marker;
    marker.setIcon(this.sign(marker.feature.properties, true)).setZIndexOffset(5000);
    marker.on("click", this.chooseAgain, this).addTo(this.map);
  }

  chooseAgain() {
    this.page.choose(this.selected);
  }

  /** Move the map to a sign, near enough to see the streets around it. */
  focus(id) {
    const marker = this.byId.get(id);
    if (marker) this.page.see(marker.getLatLng());
  }

  clear() {
    this.apart?.remove();
    this.cluster?.remove();
    this.apart = this.cluster = null;
    this.markers = [];
    this.byId.clear();
    this.inCluster.clear();
  }

  remove() {
    this.clear();
  }
}

function badge(group, texts, colours) {
  const count = group.getChildCount();
  const mix = {};
  for (const { feature } of group.getAllChildMarkers()) {
    mix[feature.properties.group] = (mix[feature.properties.group] ?? 0) + 1;
  }
  const size = count < 10 ? 34 : count < 100 ? 40 : 48;
  return new Badge({ count, mix, size, colours, label: fill(texts.cluster, { n: count }) });
}
