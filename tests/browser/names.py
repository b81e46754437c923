"""Who and what the journey is about."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

PARTNER = "Harborline Repair Cooperative"
SITE = "https://harborline.example"
PROJECT = "Where do repair customers wait?"
SUPERVISOR = "Ines Duarte"
ADDRESS = "ines.duarte@harborline.example"
STUDENT = "Maya Okafor"
ASKED = "Five minutes about your project"
"""Subject of the mail that asks for the evaluation."""


def day(offset: int) -> str:
    """As the campus counts days, wherever the test runs."""
    today = datetime.now(ZoneInfo("America/New_York")).date()
    return (today + timedelta(days=offset)).isoformat()
