/** The icons of the buttons of a local map. */

import { svg } from "./dom.js";

export const LINES = { plus: "M10 4v12M4 10h12", minus: "M4 10h12", close: "M5 5l10 10M15 5l-10 10" };

export function drawIcon(d, size_px = 20) {
  return svg(
    "svg",
    { viewBox: "0 0 20 20", width: size_px, height: size_px, "aria-hidden": "true", focusable: "false",
      fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" },
    svg("path", { d }),
  );
}
