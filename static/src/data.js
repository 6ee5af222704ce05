/** Features by address, fetched once however many pieces of a page draw them; and bit sets. */

const fetched = new Map();

/**
 * Fetch a GeoJSON file; every caller of one address shares the answer.
 * @param {string} address relative URL
 * @returns {Promise<{features: object[]}>} rejected when it cannot be read; the next call asks anew
 */
export function fetchFeatures(address) {
  if (!fetched.has(address)) {
    const answer = read(address);
    answer.catch(() => fetched.delete(address));
    fetched.set(address, answer);
  }
  return fetched.get(address);
}

/** Fetch anything else that is kept under its address. */
export function fetchKept(address) {
  if (!fetched.has(address)) {
    const answer = readJson(address);
    answer.catch(() => fetched.delete(address));
    fetched.set(address, answer);
  }
  return fetched.get(address);
}

async function readJson(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.json();
}

async function read(address) {
  const collection = await readJson(address);
  if (!Array.isArray(collection?.features)) throw new Error(`not GeoJSON: ${address}`);
  const { version } = collection;
  collection.other = version !== undefined && !address.endsWith(`/${version}.json`);
  return collection;
}

/**
 * The bits that were told of a collection; of another version of it they would be the wrong ones.
 * @param {string|null|undefined} text
 * @param {{other?: boolean}|null|undefined} collection
 */
export function bitsOf(text, collection) {
  return bits(collection?.other ? null : text);
}

/**
 * Read a base64 bit set; bit i is bit i % 8 of byte i >> 3.
 * @param {string|null|undefined} text
 * @returns {((index: number) => boolean)} everything is in it when there is none
 */
export function bits(text) {
  if (text === null || text === undefined) return () => true;
  const bytes = atob(text);
  return (index) => ((bytes.charCodeAt(index >> 3) >> (index & 7)) & 1) === 1;
}
