"""Write map tiles as one PMTiles file (version 3), which a browser reads piece by piece."""

import gzip
import hashlib
import json
import struct
from collections.abc import Mapping
from typing import Final

Tile = tuple[int, int, int]

GZIP: Final = 2
MVT: Final = 1
HEADER_BYTES: Final = 127
ROOT_LIMIT_BYTES: Final = 16_384 - HEADER_BYTES  # header and root must come with one request
LEAF_ENTRIES: Final = 4_096


def tile_id(zoom: int, x: int, y: int) -> int:
    """Number a tile along the Hilbert curve of its zoom, after all tiles of lesser zooms.

    >>> [tile_id(0, 0, 0), tile_id(1, 0, 0), tile_id(1, 0, 1), tile_id(1, 1, 1), tile_id(1, 1, 0)]
    [0, 1, 2, 3, 4]
    """
    distance = 0
    side = 1 << zoom
    half = side >> 1
    while half:
        right, down = int(bool(x & half)), int(bool(y & half))
        distance += half * half * ((3 * right) ^ down)
        if not down:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        half >>= 1
    return ((1 << 2 * zoom) - 1) // 3 + distance


def pack(
    tiles: Mapping[Tile, bytes],
    bounds: tuple[float, float, float, float],
    metadata: Mapping[str, object],
) -> bytes:
    """Pack vector tiles into the bytes of one file; the same tiles give the same bytes.

    `tiles` are uncompressed, by (zoom, x, y) counted from the north-west; `bounds` are west,
    south, east, north in degrees.
    """
    contents: dict[bytes, tuple[int, int]] = {}
    data = bytearray()
    entries: list[tuple[int, int, int]] = []
    for number, key in sorted((tile_id(*key), key) for key in tiles):
        digest = hashlib.sha256(tiles[key]).digest()
        if digest not in contents:
            packed = gzip.compress(tiles[key], mtime=0)
            contents[digest] = (len(data), len(packed))
            data += packed
        entries.append((number, *contents[digest]))
    root, leaves = _directories(entries)
    described = gzip.compress(json.dumps(metadata, sort_keys=True).encode(), mtime=0)
    zooms = [zoom for zoom, _, _ in tiles]
    parts = (root, described, leaves, bytes(data))
    counts = (len(entries), len(entries), len(contents))
    return _header(parts, counts, (min(zooms), max(zooms)), bounds) + b"".join(parts)


def _directories(entries: list[tuple[int, int, int]]) -> tuple[bytes, bytes]:
    root = _directory(entries, run=1)
    if len(root) <= ROOT_LIMIT_BYTES:
        return root, b""
    leaves = bytearray()
    pointers = []
    for start in range(0, len(entries), LEAF_ENTRIES):
        leaf = _directory(entries[start : start + LEAF_ENTRIES], run=1)
        pointers.append((entries[start][0], len(leaves), len(leaf)))
        leaves += leaf
    return _directory(pointers, run=0), bytes(leaves)


def _directory(entries: list[tuple[int, int, int]], *, run: int) -> bytes:
    """Encode entries (tile id, offset, length) column by column; run 0 points to a leaf."""
    numbers = [len(entries)]
    last = 0
    for number, _, _ in entries:
        numbers.append(number - last)
        last = number
    numbers += [run] * len(entries)
    numbers += [length for _, _, length in entries]
    end = -1
    for _, offset, length in entries:
        numbers.append(0 if offset == end else offset + 1)
        end = offset + length
    return gzip.compress(b"".join(map(_varint, numbers)), mtime=0)


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:  # noqa: PLR2004 - seven bits a byte
        out.append((number & 0x7F) | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _header(
    parts: tuple[bytes, ...],
    counts: tuple[int, int, int],
    zooms: tuple[int, int],
    bounds: tuple[float, float, float, float],
) -> bytes:
    places: list[int] = []
    offset = HEADER_BYTES
    for part in parts:
        places += [offset, len(part)]
        offset += len(part)
    west, south, east, north = (round(degrees * 1e7) for degrees in bounds)
    return (
        b"PMTiles\x03"
        + struct.pack("<11Q", *places, *counts)
        + struct.pack("<6B", 1, GZIP, GZIP, MVT, *zooms)
        + struct.pack("<4i", west, south, east, north)
        + struct.pack("<B2i", zooms[0], (west + east) // 2, (south + north) // 2)
    )
