"""A small load generator: keep-alive connections over plain sockets, one request at a time on each.

    python -m bench.load PORT PATH CONNECTIONS SECONDS MOST [HEADER …]

Ends after SECONDS or MOST answers, whichever comes first, and prints {"answers", "seconds", "bytes"} as JSON. An answer
other than 200 ends it with an error.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time


class Client(asyncio.Protocol):
    """Sends the same request again as soon as its answer has come; an answer's end is known by its Content-Length."""

    def __init__(self, request: bytes, tally: Tally) -> None:
        self.request, self.tally = request, tally
        self.held = b""
        self.transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.held += data
        head, end, body = self.held.partition(b"\r\n\r\n")
        if not end:
            return
        if not head.startswith(b"HTTP/1.1 200"):
            self.tally.fail(head.splitlines()[0])
            return
        lower = head.lower()
        at = lower.find(b"content-length:")
        if at < 0:
            self.tally.fail(b"no Content-Length")
            return
        if len(body) < int(lower[at + 15 :].split(b"\r\n", 1)[0]):
            return
        self.tally.add(len(self.held))
        self.held = b""
        if not self.tally.over.done() and self.transport:
            self.transport.write(self.request)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.tally.over.done():
            self.tally.fail(b"the server closed the connection")


class Tally:
    def __init__(self, seconds: float, most: int) -> None:
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.answers = self.bytes = 0
        self.most, self.started = most, time.perf_counter()
        self.end = self.started + seconds

    def add(self, size: int) -> None:
        self.answers += 1
        self.bytes += size
        if not self.over.done() and (self.answers >= self.most or time.perf_counter() >= self.end):
            self.over.set_result(None)

    def fail(self, why: bytes) -> None:
        if not self.over.done():
            self.over.set_exception(RuntimeError(why.decode("latin-1")))


async def run(port: int, path: str, connections: int, seconds: float, most: int, headers: list[str]) -> None:
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept-Encoding: gzip", *headers]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    tally = Tally(seconds, most)
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: Client(request, tally), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.wait_for(tally.over, seconds + 20)
    took = time.perf_counter() - tally.started
    for transport, _ in made:
        transport.close()
    print(json.dumps({"answers": tally.answers, "seconds": took, "bytes": tally.bytes}))


if __name__ == "__main__":
    port, path, connections, seconds, most, *headers = sys.argv[1:]
    asyncio.run(run(int(port), path, int(connections), float(seconds), int(most), headers))
