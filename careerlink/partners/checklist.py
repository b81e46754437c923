"""What staff look at before a partner may offer work. Answers are ``PartnerCheck`` rows.

Items come from what campuses ban or ask for: commission-only work, start-up fees and
pay-to-play, mail domains that are not the firm's, no business address, requests for bank data,
hosts owned by family or faculty.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from careerlink.partners.models import CheckOutcome, PartnerCheck


@dataclass(frozen=True)
class CheckItem:
    key: str
    title: str
    question: str
    is_required: bool = True


CHECKLIST = (
    CheckItem(
        "register",
        "Legal name and registration",
        "Does a public register of companies, charities or offices have this name?",
    ),
    CheckItem(
        "address",
        "Address",
        "Is there a business address, confirmed by a second source?",
    ),
    CheckItem(
        "website",
        "Website",
        "Does the website belong to the partner and name the same people and address?",
    ),
    CheckItem(
        "domain",
        "Contact by work mail",
        "Did a contact answer from a mail address on the partner's own domain?",
    ),
    CheckItem(
        "work",
        "Real project work",
        "Does the partner need the result? No sales on commission, no chores?",
    ),
    CheckItem(
        "fees",
        "No fees, no pay-to-play",
        "Does nobody ask students to pay, buy or invest, or for bank or social security data?",
    ),
    CheckItem(
        "conflict",
        "Conflict of interest",
        "Is there no tie by family, ownership or employment to students, faculty or staff?",
    ),
    CheckItem(
        "safety",
        "Safety",
        "Are place, hours and supervision fit for a student, on site and online?",
    ),
    CheckItem(
        "phone",
        "Telephone",
        "Did somebody answer the published number and know the contact?",
        is_required=False,
    ),
    CheckItem(
        "second",
        "Second person",
        "Has a second member of staff read the file?",
        is_required=False,
    ),
)
ITEMS = {item.key: item for item in CHECKLIST}


def latest(checks: Iterable[PartnerCheck]) -> dict[str, PartnerCheck]:
    """The answer that counts for each item: the newest, so ``checks`` come oldest first."""
    return {check.item: check for check in checks}


def missing(checks: Iterable[PartnerCheck]) -> list[str]:
    """Required items that are not passed, in words for the screen."""
    answers = latest(checks)
    return [
        _words(item, answers.get(item.key))
        for item in CHECKLIST
        if item.is_required and not _is_passed(answers.get(item.key))
    ]


def _is_passed(check: PartnerCheck | None) -> bool:
    return check is not None and check.outcome == CheckOutcome.PASSED


def _words(item: CheckItem, check: PartnerCheck | None) -> str:
    name = item.title[0].lower() + item.title[1:]
    if check is not None and check.outcome == CheckOutcome.FAILED:
        return f"{name} (failed)"
    return name
