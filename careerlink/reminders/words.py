"""A rung's texts with what they are about; mails hold a first name and the project alone."""

from datetime import date
from typing import Any

from careerlink.placements.models import Placement
from careerlink.reminders.ladders import Rung
from careerlink.reminders.models import ReminderTrack


def of_mail(rung: Rung, track: ReminderTrack, *, today: date) -> dict[str, Any]:
    values = _values(track, today)
    return {
        "title": rung.title.format_map(values),
        "text": rung.text.format_map(values),
        "action": rung.action,
        "subject": rung.subject,
    }


def of_task(rung: Rung, track: ReminderTrack, *, today: date) -> tuple[str, str]:
    """Title and text on a list that only staff or instructors read."""
    values = {**_values(track, today), "student": track.placement.person.label}
    return rung.title.format_map(values), rung.text.format_map(values)


def first_name(placement: Placement) -> str:
    person = placement.person
    return person.name.split(" ")[0] if person.name else person.label


def contact_of(track: ReminderTrack) -> str:
    return track.contact.name if track.contact is not None else "the supervisor"


def _values(track: ReminderTrack, today: date) -> dict[str, Any]:
    days = abs((today - track.anchor_on).days)
    return {
        "first_name": first_name(track.placement),
        "project": track.placement.title,
        "contact": contact_of(track),
        "partner": track.placement.partner.name,
        "days": "1 day" if days == 1 else f"{days} days",
        "day": f"{track.anchor_on:%a} {track.anchor_on.day} {track.anchor_on:%b}",
    }
