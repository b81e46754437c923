"""A registrar's list of few lines and one of very many, side by side, from file to enrollments.

Every tenth line is new; the others say what is known. Each step in a process of its own, as the
web's and the worker's are: processor time, the memory it needs beyond the process at rest, and
the most processor time for which it kept others from writing (SQLite, where one writes at a
time). Ratios, marked x, are to the shorter list. About two minutes.
"""

import argparse
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.enrolling import seed, steps
from benchmarks.enrolling.steps import Step

SIZES = (6_000, 60_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, nargs="+", default=SIZES)
    sizes = parser.parse_args().lines
    _show(sizes, [_measured(size) for size in sizes])


def _measured(size: int) -> list[Step]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/list.db"
        return [
            found
            for step in (seed.fill, steps.upload, steps.compare, steps.take)
            if (found := _alone(step, url, Path(folder), size)) is not None
        ]


def _alone(step: steps.Kind, url: str, folder: Path, size: int) -> Step | None:
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(step, url, folder, size).result()


def _show(sizes: list[int], found: list[list[Step]]) -> None:
    print(f"{'':24}" + "".join(f"{size:>18,} lines          " for size in sizes))
    print(f"{'':24}" + f"{'cpu s':>9}{'x':>6}{'MB':>7}{'x':>6}{'held ms':>9}" * len(sizes))
    for at, first in enumerate(found[0]):
        line = f"{first.name:24}"
        for each in found:
            step = each[at]
            line += f"{step.seconds:9.2f}{step.seconds / first.seconds:6.1f}"
            line += f"{step.megabytes:7.0f}{step.megabytes / max(first.megabytes, 1):6.1f}"
            line += f"{step.held_ms:9.0f}"
        print(line)


if __name__ == "__main__":
    main()
