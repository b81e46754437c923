"""A term of reminders day by day: every mail and task as the rules say, none twice.

500 projects whose supervisors answer at once, late or never, leave, or whose mail comes back;
students who nudge, withdraw their consent or finish early; amendments that extend. Time is
travelled, nothing waits. ``--database postgresql+psycopg://…`` names an empty database; SQLite
in a temporary directory without it. Stops at the first difference and names it.
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks.soaking.mailbox import Mailbox
from benchmarks.soaking.term import Figures, Term
from careerlink import migrate
from careerlink.config import Settings
from careerlink.db import Database
from careerlink.reminders import lists


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--placements", type=int, default=500)
    given.add_argument("--database", default="")
    chosen = given.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        here = Path(directory)
        url = chosen.database or f"sqlite:///{here / 'soak.db'}"
        settings = _settings(url, here)
        database = Database(url)
        migrate.upgrade(database)
        lists.MOST = 100_000
        term = Term(database, settings, Mailbox(here / "mail"), chosen.placements)
        _print(term.run(), chosen.placements, database)
        database.dispose()


def _settings(url: str, here: Path) -> Settings:
    return Settings.model_validate(
        {
            "server": {
                "public_url": "https://careerlink.example.edu",
                "secret_key": "only-for-the-soak-" * 3,
            },
            "database": {"url": url},
            "mail": {
                "url": f"file://{here / 'mail'}",
                "sender": "CareerLink <careers@example.edu>",
            },
            "files": {"url": f"file://{here / 'files'}"},
        }
    )


def _print(figures: Figures, placements: int, database: Database) -> None:
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    print(f"{placements} placements over {figures.days} days on {kind}: all as the rules say")
    print(f"  mails {figures.mails}, of them opened by their link {figures.links_opened}")
    for words, times in sorted(figures.lines.items()):
        print(f"    {words:12} {times}")
    for kind_of_task, days in sorted(figures.tasks.items()):
        print(f"  days on a list: {kind_of_task} {days}")
    print(f"  queries a day {figures.queries / figures.days:.0f}")
    print(
        f"  seconds a day {figures.seconds / figures.days:.2f}, the slowest "
        f"{figures.slowest_day:.2f}"
    )


if __name__ == "__main__":
    main()
