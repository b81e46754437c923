"""Which test runs in which process of a run: the browser tests together, the rest as it comes.

``xdist_group`` would say it at the tests, but pytest 9.2 with pytest-xdist 3.8 loses the group,
and then each process starts a demo of its own.
"""

from typing import Any

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/browser/",)
"""Directories whose tests share what is expensive to start."""


class ByDirectory(LoadScopeScheduling):
    def _split_scope(self, nodeid: Any) -> str:
        return next((path for path in TOGETHER if str(nodeid).startswith(path)), str(nodeid))
