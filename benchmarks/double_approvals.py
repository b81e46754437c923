"""Two chairs approve the same case at the same moment, 200 times over HTTP: one decision each.

On PostgreSQL two servers, each a process of its own, share the database, and either chair talks
to another one; on SQLite one server answers both from its threads. Either chair is a process,
too. Ends with 1 where a case got other than one final decision, one mail to its student and one
score, or where the second chair was not told. About three minutes.
"""

import argparse
import contextlib
import socket
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.approving import chairs, seed
from benchmarks.launching import servers
from careerlink import migrate
from careerlink.app import compose
from careerlink.db import Database


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    given = parser.parse_args()
    compose()
    faults = 0
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        faults += _measure("SQLite", f"sqlite:///{folder}/approvals.db", 1, folder, given.cases)
        url = stack.enter_context(servers.postgresql(folder))
        if url is None:
            print("PostgreSQL: none on this machine")
        else:
            faults += _measure("PostgreSQL", url, 2, folder, given.cases)
    return 1 if faults else 0


def _measure(name: str, url: str, processes: int, folder: Path, number: int) -> int:
    database = Database(url)
    migrate.upgrade(database)
    seeded = seed.fill(database, number)
    ports = [_free_port() for _ in range(processes)]
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        for port in ports:
            command = seed.serving(folder, f"{name}-{port}", port, url)
            log = folder / f"{name}-{port}.log"
            stack.enter_context(servers.running(command, port, log))
        told = chairs.race([*ports, ports[0]][:2], seeded)
    faults = seed.faults(database, seeded, told)
    database.dispose()
    seconds = time.monotonic() - began
    print(
        f"{name}: {number} cases approved by two chairs at once over {processes} "
        f"server process(es) in {seconds:.0f} s; {len(faults)} faults"
    )
    for fault in faults[:10]:
        print(f"  {fault}")
    return len(faults)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
