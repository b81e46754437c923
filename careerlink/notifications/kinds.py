"""Which mails a person may do without, and which always come.

Whoever must act for somebody else (an offer with its clock, a returned plan, a signature, a
request for an evaluation) or is told of a decision always gets that mail. News and repetitions
can be stopped. Supervisors can stop repetitions alone: the first request still comes.
"""

from dataclasses import dataclass

REMINDERS = "reminders"


@dataclass(frozen=True)
class MailGroup:
    key: str
    title: str
    text: str
    templates: tuple[str, ...]


GROUPS = (
    MailGroup(
        REMINDERS,
        "Reminders",
        "At most one a day, with what waits for you",
        ("reminder_digest",),
    ),
    MailGroup(
        "messages",
        "Messages",
        "That somebody wrote to you about a project",
        ("message_received",),
    ),
    MailGroup(
        "applications",
        "News of your applications",
        "A wait list, an offer that ran out, a project that was withdrawn or went to others",
        ("wait_listed", "offer_expired", "listing_withdrawn", "not_selected"),
    ),
)
BY_KEY = {group.key: group for group in GROUPS}
BY_TEMPLATE = {template: group for group in GROUPS for template in group.templates}
FOR_CONTACTS = (REMINDERS,)
EVERYONE_GETS = (
    "Offers, and what an agreement, hours or an evaluation waits for you to do",
    "Decisions on credit, and changes of a project that you take part in",
)
