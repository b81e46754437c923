"""Mail filters follow links: opening any page of an evaluation changes nothing but its log."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from careerlink.audit import AuditEntry
from careerlink.db import Database
from credit.evaluations.models import Evaluation
from tests.factories.agreements import Scene
from tests.factories.evaluations import fill_in, sent_by
from tests.pages import Page

PAGES = ("", "/hours", "/seen", "/words", "/check", "/correct", "/receipt.pdf")


def trace(database: Database) -> tuple[int, list[tuple[str, int]]]:
    with database.read() as session:
        entries = session.scalar(select(func.count()).select_from(AuditEntry)) or 0
        rows = session.execute(select(Evaluation.state, Evaluation.version))
        return entries, [(row[0], row[1]) for row in rows]


@pytest.mark.parametrize("is_sent", [False, True])
def test_looking_at_it_changes_nothing(
    database: Database, unit: Callable[[], Scene], ines: Page, link: str, is_sent: bool
) -> None:
    scene = unit()
    (sent_by if is_sent else fill_in)(scene.session, scene, "supervisor")
    scene.session.commit()
    before = trace(database)

    for page in PAGES:
        for method in ("GET", "HEAD"):
            answer = ines.visitor.raw.open(f"{link}/evaluation{page}", method=method)
            assert answer.status_code in (200, 302, 303), page
    assert trace(database) == before
