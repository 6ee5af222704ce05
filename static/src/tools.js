/** Tools a page may put on the map, by the part of the spec each is told by; planners' come with their own script. */

export const tools = {};
