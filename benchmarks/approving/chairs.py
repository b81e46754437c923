"""Two chairs, each a process: both open a packet, and press Approve at the same moment."""

import multiprocessing
import re
import urllib.error
import urllib.parse
import urllib.request
from multiprocessing.synchronize import Barrier

from benchmarks.approving.seed import Seeded
from careerlink.web.session import COOKIE

FIELD = re.compile(r'name="(csrf_token|seen)"[^>]*value="([^"]*)"')
SECONDS = 120


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_given: object) -> None:
        """A 303 is the answer that is counted."""


def race(ports: list[int], seeded: Seeded) -> list[list[int]]:
    """By chair the status of each answer, in the order of the cases."""
    spawn = multiprocessing.get_context("spawn")
    together = spawn.Barrier(2)
    pipes = [spawn.Pipe() for _ in ports]
    people = [
        spawn.Process(target=_chair, args=(port, cookie, seeded.addresses, together, there))
        for port, cookie, (_here, there) in zip(ports, seeded.cookies, pipes, strict=True)
    ]
    for one in people:
        one.start()
    told = [here.recv() for here, _there in pipes]
    for one in people:
        one.join(SECONDS)
    return told


def _chair(
    port: int, cookie: str, addresses: list[str], together: Barrier, answer: object
) -> None:
    opener = urllib.request.build_opener(_NoRedirects)
    told = []
    for address in addresses:
        url = f"http://127.0.0.1:{port}{address}"
        fields = _fields(opener, url, cookie)
        together.wait(SECONDS)
        told.append(_press(opener, url, cookie, {**fields, "decision": "approve"}))
    answer.send(told)  # type: ignore[attr-defined]


def _fields(opener: urllib.request.OpenerDirector, url: str, cookie: str) -> dict[str, str]:
    request = urllib.request.Request(url, headers={"Cookie": f"{COOKIE}={cookie}"})
    with opener.open(request, timeout=SECONDS) as response:
        page = response.read().decode()
    form = page[page.index('id="deciding"') :]
    return dict(FIELD.findall(form[: form.index("</form>")]))


def _press(
    opener: urllib.request.OpenerDirector, url: str, cookie: str, fields: dict[str, str]
) -> int:
    request = urllib.request.Request(
        url,
        data=urllib.parse.urlencode(fields).encode(),
        headers={"Cookie": f"{COOKIE}={cookie}"},
    )
    try:
        with opener.open(request, timeout=SECONDS) as response:
            return int(response.status)
    except urllib.error.HTTPError as answered:
        return answered.code
