"""Two chairs, each a process: both have a packet open and press Approve at one moment."""

import http.client
import multiprocessing
import re
import urllib.parse
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from benchmarks.approving.seed import Seeded
from careerlink.web.session import COOKIE

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]*)"')
FORM = "application/x-www-form-urlencoded"
SECONDS = 120


def race(ports: list[int], seeded: Seeded) -> list[list[int]]:
    """By chair the status of each answer, in the order of the cases.

    :raises EOFError: one of them broke off; its own words are above.
    """
    spawn = multiprocessing.get_context("spawn")
    together = spawn.Barrier(2)
    pipes = [spawn.Pipe() for _ in ports]
    people = [
        spawn.Process(target=_chair, args=(port, cookie, seeded.packets, together, there))
        for port, cookie, (_here, there) in zip(ports, seeded.cookies, pipes, strict=True)
    ]
    for one, (_here, there) in zip(people, pipes, strict=True):
        one.start()
        there.close()
    told = [here.recv() for here, _there in pipes]
    for one in people:
        one.join(SECONDS)
    return told


def _chair(
    port: int,
    cookie: str,
    packets: list[tuple[str, str]],
    together: Barrier,
    answer: Connection,
) -> None:
    """Each packet is its address and the mark that its page carries."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    headers = {"Cookie": f"{COOKIE}={cookie}"}
    connection.request("GET", packets[0][0], headers=headers)
    shown = TOKEN.search(connection.getresponse().read().decode())
    assert shown is not None, f"no form on {packets[0][0]}"
    told = []
    for address, seen in packets:
        fields = {"csrf_token": shown.group(1), "seen": seen, "decision": "approve"}
        body = urllib.parse.urlencode(fields)
        # A server may end a connection that rested while the other one was slow.
        connection.close()
        together.wait(SECONDS)
        connection.request("POST", address, body, {**headers, "Content-Type": FORM})
        response = connection.getresponse()
        response.read()
        told.append(response.status)
    answer.send(told)
