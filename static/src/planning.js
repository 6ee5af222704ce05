/** What planners' and relays' pages draw with, fetched beside the rest where one of them is open: residents need none of it. */

import CSS_TEXT from "plein:planning.css";
import { mountAreas } from "./areas-panel.js";
import { mountDue } from "./due.js";
import { Editing } from "./editing.js";
import { Moves } from "./moves.js";
import { mountQueue } from "./queue.js";
import { mountRanking } from "./ranking.js";
import { mountSectors } from "./sector-list.js";

const { Plein } = window;
Plein.addStyle(CSS_TEXT);
Object.assign(Plein.tools, { edit: Editing, moves: Moves });
for (const [name, mount] of Object.entries({ mountAreas, mountDue, mountQueue, mountRanking, mountSectors })) {
  Plein.more[name] = Plein.dressed(mount);
}
