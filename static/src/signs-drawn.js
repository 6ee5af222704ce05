/** Signs as SVG: a shape and colour by group, an icon by category. */

import ICONS from "plein:icons";
import SHAPES from "./shapes.json";
import { svg } from "./dom.js";
import { groupColour } from "./palette.js";

/**
 * Draw one sign.
 * @param {{group: string, icon?: string, precision?: string, n?: number}} properties of the place; the
 *   icon "none" leaves the shape empty, a number `n` stands in the place of the icon; what is `old` is paler
 * @param {object} colours see palette()
 * @param {number} [size_px]
 * @returns {SVGElement} decoration: what it stands for is said beside it
 */
export function drawSign(properties, colours, size_px = 30) {
  const paint = groupColour(colours, properties.group);
  const outline = SHAPES[colours.shapes[properties.group]] ?? SHAPES.circle;
  const vague = properties.precision === "area";
  const old = Boolean(properties.old);
  const shape = { d: outline, "stroke-linejoin": "round" };
  return svg(
    "svg",
    { viewBox: "-1 -1 34 34", width: size_px, height: size_px, "aria-hidden": "true", focusable: "false" },
    vague
      ? svg("circle", { cx: 16, cy: 16, r: 14, fill: "#fff", "fill-opacity": 0.86, stroke: paint,
                        "stroke-width": old ? 1.1 : 2.2, "stroke-dasharray": "4.4 3.4" })
      : svg("path", { ...shape, fill: old ? "#fff" : paint, stroke: "#fff", "stroke-width": 2, "paint-order": "stroke" }),
    old && !vague && svg("path", { ...shape, fill: paint, "fill-opacity": 0.14, stroke: paint, "stroke-width": 1.2 }),
    (properties.n === undefined ? glyph : numeral)(properties, vague || old ? paint : "#fff", colours),
  );
}

function glyph({ icon: name }, fill) {
  if (name === "none") return null;
  const drawing = ICONS[name];
  if (!drawing) return svg("circle", { cx: 16, cy: 16, r: 4, fill });
  return svg("path", { d: drawing, fill, transform: "translate(7.75 7.75) scale(1.1)" });
}

const LOWER = { house: 2.5, arch: 1.5, drop: -3 }; // where a shape is widest, below its middle

function numeral({ n, group }, fill, colours) {
  const y = 16 + (LOWER[colours.shapes[group]] ?? 0);
  return svg("text", {
    x: 16, y, fill, "font-size": String(n).length > 2 ? 11 : 15.5, "font-weight": 750,
    "text-anchor": "middle", "dominant-baseline": "central", text: String(n),
  });
}
