/** Small charts of the areas: how many have how much, and which towns hold the areas that lack. */

import { element, fill, isolated, svg } from "./dom.js";
import { definePatterns, fillOf, isKnown } from "./shades.js";

const BINS = 16;
const WIDTH = 320;
const HEIGHT = 110;
const FOOT = 18;
const BAR_HEIGHT = 12;

/** Both charts, drawn anew when something differs. */
export class AreasCharts {
  constructor() {
    this.spread = element("figure");
    this.towns = element("figure");
    this.box = element("div", { class: "plein-told-charts", role: "region", tabindex: 0 }, this.spread, this.towns);
  }

  show(view, context) {
    this.box.setAttribute("aria-label", context.texts.areas_charts);
    this.spread.replaceChildren(...histogram(view, context));
    const parts = view.parts ? byTown(view) : [];
    this.towns.hidden = parts.length < 2;
    this.towns.replaceChildren(...(parts.length < 2 ? [] : towns(parts, view, context)));
  }
}

/** Areas by value; each column in the colours of the classes of its areas. */
function histogram(view, { texts, number }) {
  const known = [...view.values.keys()].filter((at) => Number.isFinite(view.values[at]) && isKnown(view.bytes[at]));
  const title = element("figcaption", { text: texts.areas_spread });
  if (!known.length) return [title, element("p", { class: "plein-told-none", text: texts.areas_nothing })];
  const most = Math.max(...known.map((at) => view.values[at]));
  const step = niceStep(most / BINS, view.kind);
  const count = Math.floor(most / step) + 1;
  const beyond = [...view.values.keys()].filter((at) => view.values[at] === Infinity && isKnown(view.bytes[at]));
  const columns = Array.from({ length: count }, () => new Map());
  if (beyond.length) columns.push(new Map());
  for (const at of known) add(columns[Math.min(count - 1, Math.floor(view.values[at] / step))], view.bytes[at]);
  for (const at of beyond) add(columns[count], view.bytes[at]);
  const sums = columns.map((column) => sumOf(column));
  const highest = Math.max(...sums);
  const wide = WIDTH / columns.length;
  const bars = columns.flatMap((column, place) => stacked(column, (bytes, from, size) => svg("rect", {
    x: place * wide + 0.75, width: Math.max(1, wide - 1.5), y: HEIGHT - (from + size) * (HEIGHT - 12) / highest,
    height: size * (HEIGHT - 12) / highest, fill: fillOf(bytes, view.colours),
  })));
  const tick = (x, text, anchor) => svg("text", { x, y: HEIGHT + 13, "text-anchor": anchor, text });
  const last = beyond.length ? texts.areas_beyond : view.tell(count * step);
  const label = fill(texts.areas_spread_told, {
    n: number.format(known.length + beyond.length), low: view.tell(Math.min(...known.map((at) => view.values[at]))),
    high: beyond.length ? texts.areas_beyond : view.tell(most), most: number.format(highest), at: spanOf(sums.indexOf(highest), step, count, view, texts),
  });
  const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT + FOOT}`, role: "img", "aria-label": label },
    ...bars, svg("path", { d: `M0 ${HEIGHT}H${WIDTH}`, class: "plein-told-axis" }),
    svg("text", { x: 0, y: 9, text: fill(texts.areas_areas, { n: number.format(highest) }) }),
    tick(0, view.tell(0), "start"), tick(WIDTH, last, "end"));
  definePatterns(drawing);
  return [title, drawing];
}

function spanOf(place, step, count, view, texts) {
  return place >= count ? texts.areas_beyond : `${view.tell(place * step)} – ${view.tell((place + 1) * step)}`;
}

/** A step that people count in: 1, 2 or 5 and zeros behind. */
function niceStep(rough, kind) {
  const least = kind === "whole" ? 1 : 1e-9;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, least)));
  return Math.max(least, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? power);
}

function add(column, byte, by = 1) {
  column.set(byte, (column.get(byte) ?? 0) + by);
}

function sumOf(column) {
  return [...column.values()].reduce((sum, size) => sum + size, 0);
}

function stacked(column, draw) {
  let from = 0;
  return [...column].sort(([one], [other]) => one - other).map(([byte, size]) => {
    const drawn = draw(byte, from, size);
    from += size;
    return drawn;
  });
}

/** The areas of each town by class, weighed by people where all are known. */
function byTown({ parts, rows, bytes, people }) {
  const towns = new Map();
  rows.forEach((row, at) => {
    const town = parts[at];
    if (!town) return;
    const column = towns.get(town) ?? new Map();
    add(column, bytes[at], people ? people[at] || 0 : 1);
    towns.set(town, column);
  });
  return [...towns].filter(([, column]) => sumOf(column) > 0);
}

/** A bar a town, the one with the largest share in the worst classes first. */
function towns(found, view, { texts, percent, collator }) {
  const share = (column, test) => [...column].reduce((sum, [byte, size]) => sum + (test(byte) ? size : 0), 0) / sumOf(column);
  const worst = view.colours.length - 1;
  const ranks = found.map(([name, column]) => ({
    name, column, known: share(column, isKnown), worst: Array.from({ length: worst + 1 }, (_, back) => share(column, (byte) => byte === worst - back)),
  }));
  ranks.sort((one, other) => (other.known > 0) - (one.known > 0)
    || other.worst.reduce((found, each, place) => found || each - one.worst[place], 0) || collator.compare(one.name, other.name));
  const list = ranks.map(({ name, column }) => {
    const all = sumOf(column);
    const told = stacked(column, (byte, _, size) => `${view.label(byte)}: ${percent.format(size / all)}`).join("; ");
    const bar = svg("svg", { viewBox: `0 0 100 ${BAR_HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": told },
      ...stacked(column, (byte, from, size) => svg("rect", { x: 100 * from / all, width: 100 * size / all, height: BAR_HEIGHT, fill: fillOf(byte, view.colours) })));
    definePatterns(bar);
    return element("li", {}, isolated(name), bar);
  });
  const title = element("figcaption", { text: view.people ? texts.areas_towns_people : texts.areas_towns_areas });
  return [title, element("ol", {}, ...list)];
}
