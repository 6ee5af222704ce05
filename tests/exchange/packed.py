"""OpenStreetMap's PBF, written by hand: one block of nodes and ways, not compressed."""

from collections.abc import Iterable, Sequence


def pbf(
    nodes: Sequence[tuple[float, float]], ways: Sequence[tuple[Sequence[int], dict[str, str]]]
) -> bytes:
    """Pack nodes (longitude, latitude; numbered from 1) and ways (nodes, tags)."""
    words = ["", *sorted({word for _, tags in ways for pair in tags.items() for word in pair})]
    dense = (
        _field(1, _deltas(range(1, len(nodes) + 1)))
        + _field(8, _deltas(round(lat * 1e7) for _, lat in nodes))
        + _field(9, _deltas(round(lon * 1e7) for lon, _ in nodes))
    )
    group = _field(2, dense)
    for number, (refs, tags) in enumerate(ways, 1):
        group += _field(
            3,
            b"\x08" + _varint(number)
            + _field(2, b"".join(_varint(words.index(key)) for key in tags))
            + _field(3, b"".join(_varint(words.index(value)) for value in tags.values()))
            + _field(8, _deltas(refs)),
        )  # fmt: skip
    table = b"".join(_field(1, word.encode()) for word in words)
    header = _field(4, b"OsmSchema-V0.6") + _field(4, b"DenseNodes")
    return _blob("OSMHeader", header) + _blob("OSMData", _field(1, table) + _field(2, group))


def _blob(kind: str, content: bytes) -> bytes:
    blob = _field(1, content) + b"\x10" + _varint(len(content))
    header = _field(1, kind.encode()) + b"\x18" + _varint(len(blob))
    return len(header).to_bytes(4, "big") + header + blob


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _deltas(values: Iterable[int]) -> bytes:
    out, last = b"", 0
    for value in values:
        step, last = value - last, value
        out += _varint(2 * step if step >= 0 else -2 * step - 1)
    return out


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
