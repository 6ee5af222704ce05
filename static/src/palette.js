/** The one palette (layers/palette.json), as colours to paint with and as CSS variables. */

import shipped from "../../layers/palette.json";

/**
 * Lay what a page gives over the shipped palette.
 * @param {object|null|undefined} given the form of palette.json, or one flat map of base tokens
 */
export function palette(given) {
  const over = given?.base || given?.groups ? given : { base: given ?? {} };
  const merged = {};
  for (const part of ["base", "groups", "roles", "shapes"]) {
    merged[part] = { ...shipped[part], ...over[part] };
  }
  return merged;
}

/** The colour of a group of signs, or the colour of signs nobody named. */
export function groupColour(colours, group) {
  return colours.groups[group] ?? colours.roles[group] ?? colours.groups.other;
}

/** A token's colour; what is not a token is taken as a CSS colour. */
export function colour(colours, name) {
  return colours.base[name] ?? colours.groups[name] ?? colours.roles[name] ?? name;
}

/** Give an element the palette as variables: --plein-ink, --plein-group-care … */
export function paintVariables(target, colours) {
  for (const [name, value] of Object.entries(colours.base)) {
    target.style.setProperty(`--plein-${name}`, value);
  }
  for (const [name, value] of Object.entries({ ...colours.groups, ...colours.roles })) {
    target.style.setProperty(`--plein-group-${name}`, value);
  }
}
