/** Signs as SVG: a shape and colour by group, an icon by category. */

import ICONS from "plein:icons";
import SHAPES from "./shapes.json";
import { svg } from "./dom.js";
import { groupColour } from "./palette.js";

/**
 * Draw one sign.
 * @param {{group: string, icon?: string, precision?: string}} properties of the place; the icon
 *   "none" leaves the shape empty
 * @param {object} colours see palette()
 * @param {number} [size_px]
 * @returns {SVGElement} decoration: what it stands for is said beside it
 */
export function drawSign(properties, colours, size_px = 30) {
  const paint = groupColour(colours, properties.group);
  const outline = SHAPES[colours.shapes[properties.group]] ?? SHAPES.circle;
  const vague = properties.precision === "area";
  return svg(
    "svg",
    { viewBox: "-1 -1 34 34", width: size_px, height: size_px, "aria-hidden": "true", focusable: "false" },
    vague
      ? svg("circle", { cx: 16, cy: 16, r: 14, fill: "#fff", "fill-opacity": 0.86, stroke: paint,
                        "stroke-width": 2.2, "stroke-dasharray": "4.4 3.4" })
      : svg("path", { d: outline, fill: paint, stroke: "#fff", "stroke-width": 2,
                      "stroke-linejoin": "round", "paint-order": "stroke" }),
    glyph(properties.icon, vague ? paint : "#fff"),
  );
}

function glyph(name, fill) {
  if (name === "none") return null;
  const drawing = ICONS[name];
  if (!drawing) return svg("circle", { cx: 16, cy: 16, r: 4, fill });
  return svg("path", { d: drawing, fill, transform: "translate(7.75 7.75) scale(1.1)" });
}

/** An icon of our own pages (plus, minus, locate, legend, close), in the colour of the text. */
export function drawIcon(d, size_px = 20) {
  return svg(
    "svg",
    { viewBox: "0 0 20 20", width: size_px, height: size_px, "aria-hidden": "true", focusable: "false",
      fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" },
    svg("path", { d }),
  );
}

export const LINES = {
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  locate: "M10 1.5v3M10 15.5v3M1.5 10h3M15.5 10h3M15 10a5 5 0 1 1-10 0a5 5 0 0 1 10 0z",
  close: "M5 5l10 10M15 5l-10 10",
  legend: "M3 5h2M3 10h2M3 15h2M8.5 5h8.5M8.5 10h8.5M8.5 15h8.5",
};
