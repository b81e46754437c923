"""Who and what the journey is about."""

from datetime import date, timedelta

PARTNER = "Harborline Repair Cooperative"
SITE = "https://harborline.example"
PROJECT = "Where do repair customers wait?"
SUPERVISOR = "Ines Duarte"
ADDRESS = "ines.duarte@harborline.example"
STUDENT = "Maya Okafor"


def day(offset: int) -> str:
    return (date.today() + timedelta(days=offset)).isoformat()  # noqa: DTZ011 - the browser's
