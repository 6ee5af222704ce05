/** What the map shows as #map=zoom/lat/lon&on=…&off=…, kept while a page rewrites its address. */

const PLACE = /(?:^|[#&])map=(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)(?=&|$)/;
const LAYERS = /(?:^|[#&])(on|off)=([\w,-]{1,400})(?=&|$)/g;

/** Read the position an address names; null when it names none or one that is not on Earth. */
export function readPlace(hash = window.location.hash) {
  const found = PLACE.exec(hash);
  if (!found) return null;
  const [zoom, lat, lon] = found.slice(1).map(Number);
  return Math.abs(lat) <= 85 && Math.abs(lon) <= 180 ? { zoom, lat, lon } : null;
}

/** Read which layers an address puts on or off: a map from layer id to whether it is on. */
export function readLayers(hash = window.location.hash) {
  const named = [...hash.matchAll(LAYERS)];
  return new Map(named.flatMap(([, state, ids]) => ids.split(",").map((id) => [id, state === "on"])));
}

/**
 * Keep writing what a map shows.
 * @param {L.Map} map
 * @param {() => Map<string, boolean>} layers those that differ from what the page asked for
 */
export function keepPlace(map, layers) {
  let wanted = null;
  let secret = false;
  const write = () => {
    if (wanted === null || window.location.hash === wanted) return;
    try {
      const { pathname, search } = window.location;
      window.history.replaceState(window.history.state, "", wanted || pathname + search);
    } catch {
      wanted = null; // a frame without an address of its own
    }
  };
  const changed = () => {
    const { lat, lng } = map.getCenter();
    const part = (name, on) => {
      const ids = [...layers()].filter(([, state]) => state === on).map(([id]) => id);
      return ids.length ? `&${name}=${ids.join(",")}` : "";
    };
    const view = `map=${+map.getZoom().toFixed(1)}/${lat.toFixed(5)}/${lng.toFixed(5)}`;
    const kept = `${secret ? "" : view}${part("on", true)}${part("off", false)}`.replace(/^&/, "");
    wanted = kept && `#${kept}`;
    write();
  };
  // Streamlit pushes its own query string, without the hash, some time after a rerun. A hash that is
  // there is left alone: two maps of one page would write theirs over each other for ever.
  const rewritten = () => setTimeout(() => window.location.hash === "" && write(), 0);
  map.on("moveend", changed);
  window.navigation?.addEventListener("currententrychange", rewritten);
  return {
    write,
    changed,
    /** Keep the view out of the address while it tells where a person is. */
    hide(hidden) {
      if (secret === hidden) return;
      secret = hidden;
      if (secret) changed();
    },
    end() {
      map.off("moveend", changed);
      window.navigation?.removeEventListener("currententrychange", rewritten);
    },
  };
}
