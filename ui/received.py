"""What a browser sends to a route of ours, as far as it is not too long."""

from starlette.requests import Request


async def body_of(request: Request, most: int) -> bytes | None:
    """Return what is sent, None where it is more than `most` bytes: the rest is never read."""
    told = request.headers.get("content-length", "")
    if told.isdecimal() and (len(told) > len(str(most)) or int(told) > most):
        return None
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            return None
    return bytes(body)
