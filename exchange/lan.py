"""The addresses of this machine on the networks it is in, asked of the machine alone."""

import socket
import struct
import sys
from collections.abc import Iterator
from ipaddress import IPv4Address, ip_address
from typing import Final

_SIOCGIFADDR: Final = 0x8915
"""What Linux calls asking an interface for its address (linux/sockios.h)."""
_PRIVATE: Final = ("192.168.0.1", "10.0.0.1", "172.16.0.1")
"""Hosts of the private networks: which of our addresses would talk to them? Nothing is sent."""


def lan_addresses() -> list[str]:
    """Return IPv4 addresses under which phones of the same network may find this machine.

    Those of private networks first; none where the machine is in no network.
    """
    found = dict.fromkeys((*_of_interfaces(), *_of_routes(), *_of_name()))
    usable = [one for one in found if _usable(one)]
    return sorted(usable, key=lambda one: not ip_address(one).is_private)


def _usable(address: str) -> bool:
    known = IPv4Address(address)
    return not (known.is_loopback or known.is_unspecified or known.is_link_local)


def _of_interfaces() -> Iterator[str]:
    if not sys.platform.startswith("linux"):
        return
    import fcntl  # noqa: PLC0415 - not on every system

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            wanted = struct.pack("256s", name.encode()[:15])
            try:
                told = fcntl.ioctl(asking.fileno(), _SIOCGIFADDR, wanted)
            except OSError:  # it has no address
                continue
            yield socket.inet_ntoa(told[20:24])


def _of_routes() -> Iterator[str]:
    for host in _PRIVATE:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            try:
                asking.connect((host, 9))  # a datagram socket: no packet leaves
            except OSError:
                continue
            yield str(asking.getsockname()[0])


def _of_name() -> Iterator[str]:
    try:
        told = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return
    yield from (str(one[4][0]) for one in told)
