"""Which test runs in which process of a run: those of a file together, and all of browsers.

Tests of a file go through the same templates and the same SQL, which each process compiles for
itself. ``xdist_group`` would keep the browser tests together, but pytest 9.2 with pytest-xdist
3.8 loses the group, and then each process starts a demo of its own.
"""

from typing import Any

from xdist.scheduler import LoadFileScheduling

TOGETHER = ("tests/browser/",)
"""Directories whose tests share what is expensive to start."""


class ByFile(LoadFileScheduling):
    def __init__(self, config: Any, log: Any = None) -> None:
        super().__init__(config, log)
        # As collected, not the longest files first: the browser tests begin, short ones end.
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: Any) -> str:
        file = str(super()._split_scope(nodeid))
        return next((path for path in TOGETHER if file.startswith(path)), file)
