/** Streets, water, parks and rails of our own files (PMTiles), painted like a quiet printed plan. */

import { PMTiles } from "pmtiles";
import { LineLabelSymbolizer, LineSymbolizer, PolygonSymbolizer, exp, leafletLayer } from "protomaps-leaflet";

const FONT = '"Atkinson Hyperlegible Next", "Atkinson Hyperlegible Next Variable", system-ui, sans-serif';

/** Street widths in pixels by zoom, kind by kind, from the narrowest to the widest. */
const STREETS = [
  ["minor", 13, [[12, 0.4], [14, 1.6], [15, 3.4], [16, 6.5], [18, 18]]],
  ["medium", 11, [[11, 0.6], [13, 1.8], [15, 5], [16, 9], [18, 24]]],
  ["main", 9, [[9, 0.6], [11, 1.4], [13, 3], [15, 7], [16, 12], [18, 30]]],
];

/**
 * A Leaflet layer of one PMTiles file; rejected when the file cannot be read.
 * @param {string} address relative URL
 * @param {{colours: object, lang: string}} context
 * @param {string} pane
 */
export async function basemapLayer(address, { colours, lang }, pane) {
  const archive = new PMTiles(new URL(address, document.baseURI).href);
  const { maxZoom } = await archive.getHeader();
  return leafletLayer({
    url: archive,
    maxDataZoom: maxZoom,
    paintRules: paintRules(colours.base),
    labelRules: labelRules(colours.base, lang),
    attribution: "",
    lang,
    pane,
    noWrap: false,
    updateWhenZooming: false,
  });
}

function paintRules(base) {
  return [
    area("park", base.park),
    area("water", base.water, base["water-line"]),
    line("path", base.path, [[14, 0.6], [16, 1.6], [18, 4]], { minzoom: 14, dash: [3, 2] }),
    ...STREETS.map(([kind, minzoom, widths]) =>
      line(`street_${kind}`, base["street-edge"], wider(widths, 1.6), { minzoom: Math.max(minzoom, 13) })),
    ...STREETS.map(([kind, minzoom, widths]) => line(`street_${kind}`, base.street, widths, { minzoom })),
    line("rail", base.rail, [[10, 0.25], [13, 0.6], [15, 1.1], [17, 2.4]]),
    line("rail", base.paper, [[16, 1.1], [18, 1.8]], { minzoom: 16, dash: [6, 6] }),
    line("tram", base.tram, [[13, 0.5], [16, 1]], { minzoom: 14 }),
    line("subway", base.subway, [[12, 0.8], [16, 2]], { minzoom: 12, dash: [2, 4] }),
  ];
}

function area(dataLayer, fill, stroke) {
  return {
    dataLayer,
    symbolizer: new PolygonSymbolizer({ fill, stroke, width: stroke ? (zoom) => (zoom > 13 ? 1 : 0.5) : 0 }),
  };
}

function line(dataLayer, color, widths, { minzoom, dash } = {}) {
  return {
    dataLayer,
    minzoom,
    symbolizer: new LineSymbolizer({
      color, width: exp(1.4, widths), dash, lineCap: dash ? "butt" : "round", lineJoin: "round",
    }),
  };
}

function wider(widths, by_px) {
  return widths.map(([zoom, width]) => [zoom, width + by_px]);
}

function labelRules(base, lang) {
  const other = lang === "nl" ? "name_fr" : "name_nl";
  const rule = (kind, minzoom, size) => ({
    dataLayer: `street_${kind}`,
    minzoom,
    symbolizer: new LineLabelSymbolizer({
      labelProps: [`name_${lang}`, "name_fr", other, "name"],
      fill: base["street-name"],
      stroke: base.street,
      width: 2,
      font: (zoom) => `500 ${zoom >= 17 ? size + 2 : size}px ${FONT}`,
      position: 2,
      repeatDistance: 350,
    }),
  });
  return [rule("main", 15, 12), rule("medium", 15, 11.5), rule("minor", 16, 11)];
}
