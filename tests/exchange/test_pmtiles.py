import gzip
import itertools
import random
import struct
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.pmtiles import HEADER_BYTES, ROOT_LIMIT_BYTES, pack, tile_id

# What the reference reader in JavaScript (npm pmtiles 3.2.1, zxyToTileId) answers.
REFERENCE = {
    (0, 0, 0): 0,
    (3, 5, 2): 76,
    (9, 262, 171): 310_222,
    (15, 16_777, 10_991): 1_270_671_891,
}


@pytest.mark.parametrize(("key", "number"), REFERENCE.items())
def test_tiles_are_numbered_as_the_reference_does(key: tuple[int, int, int], number: int) -> None:
    assert tile_id(*key) == number


@given(st.integers(0, 6))
def test_each_zoom_fills_its_numbers_once_and_neighbours_follow(zoom: int) -> None:
    side = range(1 << zoom)
    found = {tile_id(zoom, x, y): (x, y) for x in side for y in side}
    first = (4**zoom - 1) // 3
    assert sorted(found) == list(range(first, first + 4**zoom))
    steps = zip(sorted(found), sorted(found)[1:], strict=False)
    assert all(
        abs(found[a][0] - found[b][0]) + abs(found[a][1] - found[b][1]) == 1 for a, b in steps
    )


def test_equal_tiles_are_kept_once_and_bytes_repeat() -> None:
    tiles = {(2, x, y): b"same" for x in range(4) for y in range(4)}
    packed = pack(tiles, (4, 50, 5, 51), {})
    assert packed == pack(tiles, (4, 50, 5, 51), {})
    assert packed.count(gzip.compress(b"same", mtime=0)) == 1


def numbers(packed: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in gzip.decompress(packed):
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0


def entries(packed: bytes) -> list[tuple[int, int, int, int]]:
    """Read a directory as the specification of PMTiles 3 tells: id, run, length, offset."""
    told = numbers(packed)
    count = next(told)
    ids = list(itertools.accumulate(itertools.islice(told, count)))
    runs, lengths, raw = (list(itertools.islice(told, count)) for _ in range(3))
    offsets: list[int] = []
    for index, value in enumerate(raw):
        offsets.append(value - 1 if value else offsets[-1] + lengths[index - 1])
    return list(zip(ids, runs, lengths, offsets, strict=True))


def read(packed: bytes) -> dict[int, bytes]:
    root, root_len, _, _, leaf, leaf_len, data, data_len = struct.unpack_from("<8Q", packed, 8)
    leaves = packed[leaf : leaf + leaf_len]
    found = {}
    open_ = entries(packed[root : root + root_len])
    while open_:
        number, run, length, offset = open_.pop()
        if run == 0:
            open_ += entries(leaves[offset : offset + length])
        else:
            found[number] = gzip.decompress(packed[data + offset : data + offset + length])
    assert len(packed) == data + data_len
    return found


def test_many_tiles_keep_the_root_within_the_first_request() -> None:
    chance = random.Random(1)  # noqa: S311
    side = range(128)
    tiles = {(7, x, y): chance.randbytes(chance.randrange(400)) for x in side for y in side}
    packed = pack(tiles, (4, 50, 5, 51), {"name": "t"})
    root, root_bytes = struct.unpack_from("<2Q", packed, 8)
    leaf_bytes = struct.unpack_from("<Q", packed, 48)[0]
    assert root == HEADER_BYTES
    assert root_bytes <= ROOT_LIMIT_BYTES
    assert leaf_bytes > 0
    assert read(packed) == {tile_id(*key): content for key, content in tiles.items()}
