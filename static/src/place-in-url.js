/** The map's position as #map=zoom/lat/lon, kept while a page rewrites its own address. */

const FORM = /(?:^|[#&])map=(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)/;

/** Read the position an address names; null when it names none or one that is not on Earth. */
export function readPlace(hash = window.location.hash) {
  const found = FORM.exec(hash);
  if (!found) return null;
  const [zoom, lat, lon] = found.slice(1).map(Number);
  return Math.abs(lat) <= 85 && Math.abs(lon) <= 180 ? { zoom, lat, lon } : null;
}

/** Keep writing a map's position; returns what ends it. */
export function keepPlace(map) {
  let wanted = null;
  const write = () => {
    if (wanted === null || window.location.hash === wanted) return;
    try {
      window.history.replaceState(window.history.state, "", wanted);
    } catch {
      wanted = null; // a frame without an address of its own
    }
  };
  const moved = () => {
    const { lat, lng } = map.getCenter();
    wanted = `#map=${+map.getZoom().toFixed(1)}/${lat.toFixed(5)}/${lng.toFixed(5)}`;
    write();
  };
  // Streamlit pushes its own query string, without the hash, some time after a rerun.
  const rewritten = () => setTimeout(write, 0);
  map.on("moveend", moved);
  window.navigation?.addEventListener("currententrychange", rewritten);
  return {
    write,
    end() {
      map.off("moveend", moved);
      window.navigation?.removeEventListener("currententrychange", rewritten);
    },
  };
}
