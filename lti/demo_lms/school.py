"""Everything the platform remembers, as plain data that fits in one JSON file."""

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from lti.demo_lms.course import Activity, Course
from lti.demo_lms.gradebook import Grade, LineItem, Result, Traffic
from lti.demo_lms.keys import PlatformKey
from lti.demo_lms.people import Enrollment, Person
from lti.demo_lms.tools import FamilyName, Tool


@dataclass
class AccessToken:
    value: str
    client_id: str
    scopes: list[str]
    expires: float
    """Seconds since 1970 on the platform's clock."""


@dataclass
class School:
    name: str = "Eastmoor University"
    short_name: str = "Eastmoor"
    guid: str = "c3f10a9ca524d1be8a382453222637ae"
    family: FamilyName = "moodle"
    clock_offset: float = 0
    """Seconds by which the platform's clock is ahead of ours."""
    secret: str = ""
    last_id: dict[str, int] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    enrollments: list[Enrollment] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    line_items: list[LineItem] = field(default_factory=list)
    grades: list[Grade] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    traffic: list[Traffic] = field(default_factory=list)
    tools: list[Tool] = field(default_factory=list)
    keys: list[PlatformKey] = field(default_factory=list)
    tokens: list[AccessToken] = field(default_factory=list)

    def next_id(self, kind: str, wanted: int | None = None) -> int:
        """A number never given before, so that a deleted column's is not reused."""
        number = wanted if wanted is not None else self.last_id.get(kind, 0) + 1
        self.last_id[kind] = max(number, self.last_id.get(kind, 0))
        return number


_ADAPTER = TypeAdapter(School)


def load(path: Path) -> School:
    return _ADAPTER.validate_json(path.read_bytes())


def save(school: School, path: Path) -> None:
    """Replace the file as a whole: a killed platform leaves the old one or the new one."""
    written = path.with_suffix(".new")
    written.write_bytes(_ADAPTER.dump_json(school, indent=1))
    written.replace(path)
