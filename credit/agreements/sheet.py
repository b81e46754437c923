"""A signed text as people read it: parts with labelled lines, in plain words.

Made from the text alone, without clock, zone or locale: two readings of one text are equal for
ever, on the page, in a comparison and on paper.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from careerlink.listings.models import AiRule, Engagement, IpTerms, Payer
from credit.agreements import document, fields, wording
from credit.agreements.models import GradingBasis

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NO_MINOR_UNITS = frozenset({"JPY", "KRW", "ISK", "CLP", "VND"})
JUDGES = {
    "supervisor": "The supervisor",
    "instructor": "The instructor",
    "both": "Supervisor and instructor",
}
ENGAGEMENTS = {
    Engagement.CONTRACTOR: "Independent contractor, for a fixed fee",
    Engagement.EMPLOYEE: "Employee of the partner",
    Engagement.UNIVERSITY_STIPEND: "Stipend of the university",
    Engagement.UNPAID: "Unpaid; the credit is not a wage",
}
PAYERS = {
    Payer.PARTNER: "The partner",
    Payer.UNIVERSITY: "The university",
    Payer.NOBODY: "Nobody",
}
RIGHTS = {
    IpTerms.ASSIGNED: "The partner owns what the student makes; the student may name the "
    "project and describe their part in it",
    IpTerms.LICENSED: "The student owns it; the partner may use it without limit for its own "
    "work",
    IpTerms.UNIVERSITY: "The university’s terms for student work: the student owns it, the "
    "partner gets a copy to use",
}
AI_RULES = {
    AiRule.ALLOWED: "Allowed for any part of the work",
    AiRule.DISCLOSE: "Allowed; the hand-over says where they were used",
    AiRule.NOT_WITH_PARTNER_DATA: "Allowed, but never with the partner’s data and texts",
    AiRule.NONE: "Not for this project",
}
NDA = {True: "Yes, signed apart from this plan", False: "No separate one"}
GRADING = {
    GradingBasis.LETTER: "Letter grade",
    GradingBasis.PASS_NO_PASS: "Pass or no pass",
    GradingBasis.COMPLETION: "Completed or not, without a grade",
}

AS_THE_COURSE = "As often as the course allows"


@dataclass(frozen=True)
class Line:
    key: str
    """Of ``fields.FIELDS`` where it is one of them; comments hang on it."""
    label: str
    text: str


@dataclass(frozen=True)
class Part:
    key: str
    title: str
    lines: tuple[Line, ...]


def parts(text: str) -> list[Part]:
    """Empty lines are left out, and so are parts without lines."""
    content = document.read(text)
    made = [*_objectives(content), _work(content), _pay(content), _rules(content)]
    made += [_guidance(content), _course(content), _parties(content), _clauses(content)]
    return [part for part in made if part.lines]


def day(iso: str | None) -> str:
    if not iso:
        return ""
    when = date.fromisoformat(iso)
    return f"{DAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]} {when.year}"


def hours(minutes: int) -> str:
    return f"{(Decimal(minutes) / 60).quantize(Decimal('0.01')).normalize():f}\u00a0h"


def money(minor: int, currency: str) -> str:
    if currency in NO_MINOR_UNITS:
        return f"{minor:,} {currency}"
    figure = f"{Decimal(minor) / 100:,.2f}".removesuffix(".00")
    return f"${figure}" if currency == "USD" else f"{figure} {currency}"


def _objectives(content: dict[str, Any]) -> list[Part]:
    return [
        Part(
            fields.objective_key(one.get("id") or str(number)),
            f"Objective {number}",
            _lines(
                ("objective", "Objective", one["objective"]),
                ("activity", "Activity", one["activity"]),
                ("evidence", "Evidence", one["evidence"]),
                ("judged_by", "Judged by", JUDGES.get(one["judged_by"], one["judged_by"])),
                ("competency", "Competency", one.get("competency_name", "")),
            ),
        )
        for number, one in enumerate(content["objectives"], 1)
    ]


def _work(content: dict[str, Any]) -> Part:
    pieces = map(_piece, content.get("deliverables", []))
    lines = _lines(
        ("project", "Project", content["project"]),
        ("deliverable", "Makes", content["deliverable"]),
        ("tasks", "", content["tasks"]),
        ("deliverables", "", "\n".join(pieces)),
        ("rework_rounds", "", _rounds(content)),
        ("planned_minutes", "", hours(content["planned_minutes"])),
        ("starts_on", "", day(content["starts_on"])),
        ("ends_on", "", day(content["ends_on"])),
        ("schedule", "", content.get("schedule", "")),
        ("is_remote", "", _place(content)),
        ("place", "", content.get("place", "")),
        ("country", "", content.get("country_name", "")),
        ("region", "", content.get("region", "")),
    )
    return Part("work", fields.SECTION_TITLES[fields.Section.WORK], lines)


def _piece(one: dict[str, Any]) -> str:
    said = [
        f"by {day(one['due_on'])}" if one["due_on"] else "",
        "final" if one.get("final") else "",
        "" if one.get("required", True) else "optional",
    ]
    more = ", ".join(filter(None, said))
    return f"{one['title']} ({more})" if more else str(one["title"])


def _rounds(content: dict[str, Any]) -> str:
    if "rework_rounds" not in content:
        return ""
    rounds = content["rework_rounds"]
    return AS_THE_COURSE if rounds is None else f"{rounds} at most, for each piece"


def _place(content: dict[str, Any]) -> str:
    if "remote" not in content:
        return ""
    return "Remote" if content["remote"] else "At the workplace"


def _pay(content: dict[str, Any]) -> Part:
    pay = content["pay"]
    lines = _lines(
        ("fee", "Pay", money(pay["minor_units"], pay["currency"])),
        ("engagement", "", _word(ENGAGEMENTS, pay.get("engagement"))),
        ("payer", "", _word(PAYERS, pay.get("payer"))),
        ("pay_when", "", pay.get("when", "")),
    )
    return Part("pay", fields.SECTION_TITLES[fields.Section.PAY], lines)


def _rules(content: dict[str, Any]) -> Part:
    nda = _word(NDA, content.get("nda"))
    lines = _lines(
        ("ip_terms", "", _word(RIGHTS, content.get("ip_terms"))),
        ("ai_rule", "", _word(AI_RULES, content.get("ai_rule"))),
        ("has_nda", "", nda),
        ("confidentiality", "", content.get("confidentiality", "")),
        ("data_access", "", content.get("data_access", "")),
        ("safety", "", content.get("safety", "")),
    )
    return Part("rules", fields.SECTION_TITLES[fields.Section.RULES], lines)


def _guidance(content: dict[str, Any]) -> Part:
    lines = _lines(
        ("supervision_plan", "", content["supervision_plan"]),
        ("check_ins", "Check-ins", ", ".join(map(day, content.get("check_ins", [])))),
        ("midpoint", "Midpoint evaluation", day(content.get("midpoint"))),
        ("final_evaluation", "Final evaluation", day(content.get("final_evaluation"))),
    )
    return Part("guidance", fields.SECTION_TITLES[fields.Section.GUIDANCE], lines)


def _course(content: dict[str, Any]) -> Part:
    counts = {True: "The work counts toward credit in this course", False: "Without credit"}
    lines = _lines(
        ("course", "Course", content["course"]),
        ("term", "Term", content.get("term", "")),
        ("section", "Section", content.get("section", "")),
        ("is_for_credit", "", _word(counts, content.get("for_credit"))),
        ("credits_thousandths", "", _credits(content)),
        ("grading_basis", "", _word(GRADING, content.get("grading_basis"))),
        ("academic_work", "", content["academic_work"]),
    )
    return Part("course", fields.SECTION_TITLES[fields.Section.COURSE], lines)


def _credits(content: dict[str, Any]) -> str:
    thousandths = content.get("credits_thousandths")
    if thousandths is None or not content.get("for_credit"):
        return ""
    return f"{(Decimal(thousandths) / 1000).normalize():f}"


def _parties(content: dict[str, Any]) -> Part:
    lines = _lines(
        ("student", "Student", content["student"]),
        ("university", "University", content.get("university", "")),
        ("partner", "Partner", content["partner"]),
        ("supervisors", "Supervisor", ", ".join(content["supervisors"])),
        ("signatory", "Signs for the partner", content.get("signatory", "")),
        ("instructors", "Instructor", ", ".join(content.get("instructors", []))),
        ("office", "Career office", content.get("office", "")),
    )
    return Part("parties", "Who agrees", lines)


def _clauses(content: dict[str, Any]) -> Part:
    said = content.get("clauses", {})
    titles = wording.TITLES
    lines = _lines(*((key, titles[key], said.get(key, "")) for key in titles))
    return Part("clauses", "What holds at this university", lines)


def _word(words: Mapping[Any, str], value: Any) -> str:
    """Empty where an older text says nothing of it."""
    return words.get(value, "")


def _lines(*lines: tuple[str, str, str]) -> tuple[Line, ...]:
    return tuple(_labelled(lines))


def _labelled(lines: Iterable[tuple[str, str, str]]) -> Iterable[Line]:
    for key, label, text in lines:
        if text:
            known = fields.BY_KEY.get(key)
            yield Line(key, label or (known.label if known else key), text)
