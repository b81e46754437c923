"""Loads the sample term from the TOML files in ``data`` and checks every reference in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Protocol

from careerlink.demo.cast import AgreedObjective, Cast, Person, Placement, Student
from careerlink.demo.catalog import (
    Check,
    Course,
    Framework,
    Institution,
    Listing,
    Partner,
    Skill,
    Term,
)
from careerlink.demo.toml_records import SampleDataError, read_all, read_record, read_toml


@dataclass(frozen=True)
class SampleContent:
    institution: Institution
    term: Term
    courses: tuple[Course, ...]
    framework: Framework
    checks: tuple[Check, ...]
    skills: tuple[Skill, ...]
    partners: tuple[Partner, ...]
    listings: tuple[Listing, ...]
    cast: Cast
    rights_texts: Mapping[str, str]
    ai_texts: Mapping[str, str]
    engagement_texts: Mapping[str, str]

    def course(self, code: str) -> Course:
        return next(course for course in self.courses if course.code == code)

    def partner(self, key: str) -> Partner:
        return next(partner for partner in self.partners if partner.key == key)

    def listing(self, key: str) -> Listing:
        return next(listing for listing in self.listings if listing.key == key)

    @staticmethod
    def day(today: date, days: int) -> date:
        return today + timedelta(days=days)


@cache
def load_content() -> SampleContent:
    return read_content(files("careerlink.demo") / "data")


def read_content(folder: Traversable) -> SampleContent:
    course_file = read_toml(folder / "course.toml")
    partner_file = read_toml(folder / "partners.toml")
    terms = read_toml(folder / "terms.toml")
    people = read_toml(folder / "people.toml")
    courses = read_all(Course, course_file["course"], "course")
    listings: list[Listing] = []
    for file in sorted((folder / "listings").iterdir(), key=lambda entry: entry.name):
        name = file.name.removesuffix(".toml")
        listings += read_all(Listing, read_toml(file)["listing"], f"listings/{name}")
    students: list[Student] = []
    for file in sorted((folder / "students").iterdir(), key=lambda entry: entry.name):
        name = file.name.removesuffix(".toml")
        students += read_all(Student, read_toml(file)["student"], f"students/{name}")
    content = SampleContent(
        institution=read_record(Institution, course_file["institution"], "institution"),
        term=read_record(Term, course_file["term"], "term"),
        courses=courses,
        framework=read_record(Framework, read_toml(folder / "competencies.toml"), "framework"),
        checks=read_all(Check, partner_file["check"], "check"),
        skills=read_all(Skill, read_toml(folder / "skills.toml")["skill"], "skill"),
        partners=read_all(Partner, partner_file["partner"], "partner"),
        listings=tuple(listings),
        cast=Cast(read_all(Person, people["person"], "person"), tuple(students)),
        rights_texts=terms["rights"],
        ai_texts=terms["ai"],
        engagement_texts=terms["engagement"],
    )
    problems = list(broken_references(content))
    if problems:
        raise SampleDataError("; ".join(problems))
    return _with_full_names(content)


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


def broken_references(content: SampleContent) -> Iterator[str]:
    """Everything that names something that is not there, or is there twice."""
    partners = {partner.key for partner in content.partners}
    skills = {skill.key for skill in content.skills}
    listings = {listing.key for listing in content.listings}
    shorts = {o.short for course in content.courses for o in course.objectives}
    contacts = [contact for partner in content.partners for contact in partner.contacts]
    named_once: dict[str, list[Keyed]] = {
        "partner": [*content.partners],
        "listing": [*content.listings],
        "skill": [*content.skills],
        "contact": [*contacts],
        "person": [*content.cast.people, *content.cast.students],
    }
    for name, records in named_once.items():
        yield from (f"{name} {key} is there twice" for key in _repeated(records))
    for contact in contacts:
        yield from _missing(f"contact {contact.key}", contact.also_for, partners)
    checks = {check.key for check in content.checks}
    for partner in content.partners:
        named = (result.check for result in partner.checks)
        yield from _missing(f"partner {partner.key}", named, checks)
    for listing in content.listings:
        where = f"listing {listing.key}"
        yield from _missing(where, (listing.partner,), partners)
        yield from _missing(where, listing.skills, skills)
        yield from _missing(where, listing.objectives, shorts)
        if listing.supervisor and listing.partner in partners:
            yield from _missing(
                where, (listing.supervisor,), _supervisors(content, listing.partner)
            )
    for student in content.cast.students:
        where = f"student {student.key}"
        codes = {course.code for course in content.courses}
        yield from _missing(where, (student.course,), codes)
        yield from _missing(where, student.skills, skills)
        yield from _missing(where, student.saved, listings)
        yield from _missing(where, (a.listing for a in student.applications), listings)
        yield from _missing(where, (p.listing for p in student.placements), listings)
        for placement in student.placements:
            yield from _broken_placement(content, where, placement, shorts)


def _broken_placement(
    content: SampleContent, where: str, placement: Placement, shorts: set[str]
) -> Iterator[str]:
    agreed = placement.agreement.objectives if placement.agreement else ()
    named = (objective.objective for objective in agreed if objective.objective)
    yield from _missing(where, named, shorts)
    for entry in placement.hours:
        if not 1 <= entry.objective <= len(agreed):
            yield f"{where}: hours on day {entry.day} serve objective {entry.objective}"
    competencies = {competency.key for competency in content.framework.competencies}
    for evaluation in (placement.evaluation, placement.self_evaluation):
        if evaluation is not None and evaluation.state == "submitted":
            yield from _missing(where, evaluation.ratings, competencies)
            if len(evaluation.objective_ratings) != len(agreed):
                yield f"{where}: rates {len(evaluation.objective_ratings)} objectives"


def _supervisors(content: SampleContent, partner_key: str) -> set[str]:
    return {
        contact.key
        for partner in content.partners
        for contact in partner.contacts
        if partner.key == partner_key or partner_key in contact.also_for
    }


def _missing(where: str, named: Iterable[str], known: set[str]) -> Iterator[str]:
    return (f"{where} names {key!r}, which is not there" for key in named if key not in known)


def _repeated(records: Iterable[Keyed]) -> set[str]:
    seen: set[str] = set()
    keys = [record.key for record in records]
    return {key for key in keys if key in seen or seen.add(key)}  # type: ignore[func-returns-value]


def _with_full_names(content: SampleContent) -> SampleContent:
    """The files say "B1" and leave out what the partner already says."""
    uris = {o.short: o.key for course in content.courses for o in course.objectives}
    partners = {partner.key: partner for partner in content.partners}

    def full_listing(listing: Listing) -> Listing:
        partner = partners[listing.partner]
        return replace(
            listing,
            objectives=tuple(uris[short] for short in listing.objectives),
            field=listing.field or partner.field,
            supervisor=listing.supervisor or partner.contacts[0].key,
        )

    def full_objective(agreed: AgreedObjective) -> AgreedObjective:
        return replace(agreed, objective=uris.get(agreed.objective, ""))

    def full_placement(placement: Placement) -> Placement:
        if placement.agreement is None:
            return placement
        objectives = tuple(full_objective(o) for o in placement.agreement.objectives)
        return replace(placement, agreement=replace(placement.agreement, objectives=objectives))

    students = tuple(
        replace(student, placements=tuple(map(full_placement, student.placements)))
        for student in content.cast.students
    )
    return replace(
        content,
        listings=tuple(map(full_listing, content.listings)),
        cast=replace(content.cast, students=students),
    )
