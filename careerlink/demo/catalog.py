"""What the sample university offers: term, courses, partners and listings, as records.

Every ``…_in`` is a number of days from the day on which the sample data are loaded
(negative: in the past), so that the term looks alive whenever somebody tries it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from careerlink.demo.policy_records import Policy

VettingState = Literal["proposed", "under_review", "approved", "paused", "declined"]
ListingState = Literal["draft", "submitted", "returned", "published", "closed", "withdrawn"]
Engagement = Literal["contractor", "employee", "university_stipend", "unpaid_public"]
Rights = Literal["partner_owns", "student_licenses", "university_terms"]
AiRule = Literal["allowed", "disclose", "not_with_partner_data", "none"]
TODAY_IS_IN_WEEK = 12
"""Of the term: late enough for finished work, early enough for a project to start."""


@dataclass(frozen=True)
class Institution:
    name: str
    short_name: str
    slug: str
    time_zone: str
    city: str
    state: str
    mail_domain: str
    currency: str
    fee_floor_per_hour: int
    """Minor units."""


@dataclass(frozen=True)
class Term:
    name: str
    starts_on: date
    census_on: date
    last_drop_on: date
    ends_on: date
    grades_due_on: date

    def around(self, today: date) -> "Term":
        """The same term moved by whole weeks, so that today falls in its twelfth week."""
        weeks = (today - self.starts_on).days // 7 - (TODAY_IS_IN_WEEK - 1)
        shift = timedelta(weeks=weeks)
        return Term(
            name=self.name if weeks == 0 else "Sample term",
            starts_on=self.starts_on + shift,
            census_on=self.census_on + shift,
            last_drop_on=self.last_drop_on + shift,
            ends_on=self.ends_on + shift,
            grades_due_on=self.grades_due_on + shift,
        )


@dataclass(frozen=True)
class Objective:
    short: str
    """How the sample data refer to it: "B1"."""
    key: str
    """Stable URI."""
    number: int
    title: str
    text: str


@dataclass(frozen=True)
class Section:
    number: str
    crn: str


@dataclass(frozen=True)
class Course:
    code: str
    title: str
    about: str
    instructor: str
    sections: tuple[Section, ...]
    objectives: tuple[Objective, ...]
    policy: Policy


@dataclass(frozen=True)
class Level:
    value: int
    label: str
    meaning: str


@dataclass(frozen=True)
class Competency:
    key: str
    name: str
    text: str
    anchors: tuple[str, ...]
    """What each of the four levels looks like, lowest first."""
    behaviors: tuple[str, ...]


@dataclass(frozen=True)
class Framework:
    key: str
    name: str
    note: str
    levels: tuple[Level, ...]
    competencies: tuple[Competency, ...]


@dataclass(frozen=True)
class Check:
    key: str
    question: str


@dataclass(frozen=True)
class Skill:
    key: str
    name: str
    group: str


@dataclass(frozen=True)
class Contact:
    key: str
    name: str
    job_title: str
    email: str
    time_zone: str
    verified: bool = True
    also_for: tuple[str, ...] = ()
    """Other partners at whose projects this person supervises."""


@dataclass(frozen=True)
class CheckResult:
    check: str
    result: Literal["passed", "failed", "open"]
    evidence: str
    checked_in: int | None = None


@dataclass(frozen=True)
class Document:
    kind: Literal["affiliation_agreement", "nda", "insurance"]
    title: str
    signed_in: int
    expires_in: int


@dataclass(frozen=True)
class Partner:
    key: str
    name: str
    kind: Literal["company", "nonprofit", "public"]
    field: str
    city: str
    state: str
    website: str
    description: str
    vetting: VettingState
    contacts: tuple[Contact, ...]
    approved_in: int | None = None
    approved_until_in: int | None = None
    reason: str = ""
    """Why it is paused or was declined."""
    checks: tuple[CheckResult, ...] = ()
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True)
class Days:
    apply: int
    start: int
    end: int


@dataclass(frozen=True)
class Listing:
    key: str
    partner: str
    title: str
    deliverable: str
    description: str
    learn: str
    ask: str
    supervision: str
    data_access: str
    hours: int
    fee: int
    """Whole dollars in the file; see ``fee_minor``."""
    days: Days
    skills: tuple[str, ...]
    objectives: tuple[str, ...]
    """URIs; the file holds the short names."""
    field: str = ""
    place: str = ""
    slots: int = 1
    supervisor: str = ""
    engagement: Engagement = "contractor"
    payer: Literal["partner", "university", "nobody"] = "partner"
    rights: Rights = "partner_owns"
    nda: bool = False
    ai: AiRule = "disclose"
    state: ListingState = "published"
    reason: str = ""
    currency: str = "USD"

    @property
    def remote(self) -> bool:
        return not self.place

    @property
    def fee_minor(self) -> int:
        return self.fee * 100

    @property
    def planned_minutes(self) -> int:
        return self.hours * 60
