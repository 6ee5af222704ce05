/** Classes of areas as one is told them: half a byte an area, a colour a class, a pattern an unknown. */

import { svg } from "./dom.js";

const UNKNOWN = 255; // less the number of the reason why: 254, 253, …
const FIRST_REASON = 248;

/**
 * What is not known has no colour of the scale: each reason has a pattern and a colour of its own.
 * The first is that of no reason told. Kept in step with coverage.css.j2.
 */
const PATTERNS = {
  0: { ink: "#b9b1a1", draw: [["rect", { width: 1.2, height: 7 }]], turn: 45 },
  1: { ink: "#a79f8f", draw: [["circle", { cx: 3.5, cy: 3.5, r: 1 }]], turn: 0 },
  2: { ink: "#b9b1a1", draw: [["rect", { width: 1.2, height: 7 }]], turn: 45 },
  3: { ink: "#9a82b5", draw: [["rect", { width: 1.5, height: 7 }]], turn: -45 },
  4: { ink: "#6f95ba", draw: [["rect", { width: 7, height: 1.3 }], ["rect", { width: 1.3, height: 7 }]], turn: 0 },
};
const SIDE = 7;
const PAPER = "#f7f4ee";

/** Whether a byte is a class and no reason why there is none. */
export function isKnown(byte) {
  return byte < FIRST_REASON;
}

/** The reason why a value is not known, as a number of PATTERNS. */
export function reasonOf(byte) {
  return UNKNOWN - byte;
}

/** Why a value is not known, in the words of the page. */
export function wordsFor(byte, texts) {
  return texts[`areas_why_${reasonOf(byte)}`] ?? texts.areas_unknown;
}

/** The fill of a byte in a drawing whose patterns were put there by `definePatterns`. */
export function fillOf(byte, colours) {
  return isKnown(byte) && colours[byte] ? colours[byte] : `url(#${patternId(reasonOf(byte))})`;
}

function patternId(reason) {
  return `plein-hatch-${reason}`;
}

/** Put the patterns in a drawing, once. */
export function definePatterns(root) {
  if (!root || root.querySelector("pattern")) return;
  const made = Object.entries(PATTERNS).map(([reason, { ink, draw, turn }]) => svg(
    "pattern",
    { id: patternId(Number(reason)), width: SIDE, height: SIDE, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${turn})` },
    svg("rect", { width: SIDE, height: SIDE, fill: PAPER }),
    ...draw.map(([tag, shape]) => svg(tag, { ...shape, fill: ink })),
  ));
  root.prepend(svg("defs", {}, ...made));
}

/** Read classes and reasons, two areas a byte: below 8 a class, the others the last half of their byte. */
export function classesOf(text) {
  const bytes = bytesOf(text);
  return Uint8Array.from({ length: 2 * bytes.length }, (_, at) => {
    const half = (bytes[at >> 1] >> (4 * (at & 1))) & 15;
    return half & 8 ? half | 240 : half;
  });
}

function bytesOf(text) {
  return Uint8Array.from(atob(text ?? ""), (letter) => letter.charCodeAt(0));
}

const NOT_KNOWN = 65_535;
const BEYOND = 65_534;

/**
 * Read values: two bytes each, little-endian, in steps of `step`; NaN not known, Infinity beyond.
 * @returns {Float64Array}
 */
export function valuesOf(text, step) {
  const bytes = bytesOf(text);
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / 2 }, (_, index) => {
    const found = view.getUint16(2 * index, true);
    return found === NOT_KNOWN ? NaN : found === BEYOND ? Infinity : found * step;
  });
}

/**
 * Of a shaded map the shaded areas are those one chooses; no other area has a colour. `on` names
 * the layers that such a map begins with, `addresses` those that are of another day.
 */
export function shadedLayers({ layers = [], shades, on, addresses }) {
  if (!shades) return layers;
  return layers.map((each) => {
    const layer = { ...each, visible: on ? on.includes(each.id) : each.visible, address: addresses?.[each.id] ?? each.address };
    if (layer.kind !== "areas") return layer;
    const shaded = layer.id === shades.layer;
    const style = shaded
      ? { ...layer.style, fill: "paper", interactive: true, label_min_zoom: 15, selected_stroke: "ink", fillOpacity: 1 }
      : { ...layer.style, fill: null, interactive: false };
    return { ...layer, style };
  });
}

/** All of it, as large as can be: a choropleth is looked at as a whole. */
export function fitClose(map, bounds) {
  const { zoomSnap } = map.options;
  map.options.zoomSnap = 0.05;
  map.fitBounds(bounds, { animate: false, padding: [8, 8] });
  map.options.zoomSnap = zoomSnap;
}
