/** Maps side by side: where one looks in one of them, one looks in all that bear the same name. */

const MOVED = "plein:view";

/**
 * Let the view of a map and of the others of its name follow each other.
 * @param {L.Map} map
 * @param {string} name
 * @returns {() => void} ends it
 */
export function link(map, name) {
  let following = false;
  const told = () => {
    if (following) return;
    const detail = { name, from: map, center: map.getCenter(), zoom: map.getZoom() };
    document.dispatchEvent(new CustomEvent(MOVED, { detail }));
  };
  const heard = ({ detail }) => {
    if (detail.name !== name || detail.from === map) return;
    following = true;
    map.setView(detail.center, detail.zoom, { animate: false });
    following = false;
  };
  map.on("move zoomend moveend", told);
  document.addEventListener(MOVED, heard);
  return () => {
    map.off("move zoomend moveend", told);
    document.removeEventListener(MOVED, heard);
  };
}
