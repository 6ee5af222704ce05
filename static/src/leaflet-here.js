/** What plugins written for a page with a global `L` find instead. */

import L from "leaflet";

export { L };
