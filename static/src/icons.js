/** The icons of our own pages: lines on a square of 20. */

import { svg } from "./dom.js";

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
  search: "M13 13l4.5 4.5M14.5 8.5a6 6 0 1 1-12 0a6 6 0 0 1 12 0z",
  pin: "M10 18c-1.6-3-6-6-6-10.5a6 6 0 0 1 12 0c0 4.5-4.4 7.5-6 10.5zM12 7.7a2 2 0 1 1-4 0a2 2 0 0 1 4 0z",
  street: "M5.5 17.5l2-15M14.5 17.5l-2-15M10 3v2.5M10 8.7v2.6M10 14.5v2.5",
  place: "M3 17.5h14M4.5 17v-9.5l5.5-4.5l5.5 4.5v9.5M8.2 17v-5h3.6v5",
  area: "M3 4.5l5-2l4.5 2l4.5-2v13l-4.5 2l-4.5-2l-5 2zM8 2.5v13M12.5 4.5v13",
  foot: "M11.5 3.2a1.5 1.5 0 1 1-3 0a1.5 1.5 0 0 1 3 0zM6 10.5l1-3.2l3-1.3l1.5 3.5l3 1.2M10 6.5l-.8 5l3 3l.8 4M9.2 11.5l-.7 3.2l-2.7 3.5",
  phone: "M6.5 2.5l2 4.5l-2 1.6a10 10 0 0 0 5 5l1.5-2.1l4.5 2v3a1.5 1.5 0 0 1-1.6 1.5A14 14 0 0 1 2 4.1a1.5 1.5 0 0 1 1.5-1.6z",
  open: "M5.5 10.5l3 3l6-6.5M18 10a8 8 0 1 1-16 0a8 8 0 0 1 16 0z",
  shut: "M6.5 10h7M18 10a8 8 0 1 1-16 0a8 8 0 0 1 16 0z",
  unknown: "M7.5 7.8a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.7M10 14.2v.1M18 10a8 8 0 1 1-16 0a8 8 0 0 1 16 0z",
  check: "M4 10.5l4 4l8-9",
};
