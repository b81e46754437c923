"""What the base package registers: its blueprints, handlers, deadlines and histories."""

from careerlink.courses import registration as courses
from careerlink.disclosures import registration as disclosures
from careerlink.enrollments import registration as enrollments
from careerlink.files import views as files
from careerlink.home import history_words
from careerlink.home import registration as home
from careerlink.institutions import registration as institutions
from careerlink.listings import registration as listings
from careerlink.notifications import registration as notifications
from careerlink.partners import registration as partners
from careerlink.people import sessions
from careerlink.placements import registration as placements
from careerlink.registry import Registry
from careerlink.supervisors import registration as supervisors
from careerlink.web import health


def register(registry: Registry) -> None:
    registry.history_words |= history_words.WORDS
    registry.blueprints.append(health.bp)
    registry.sweeps.append(sessions.forget_ended)
    notifications.register(registry)
    home.register(registry)
    courses.register(registry)
    enrollments.register(registry)
    institutions.register(registry)
    partners.register(registry)
    listings.register(registry)
    placements.register(registry)
    supervisors.register(registry)
    disclosures.register(registry)
    files.register(registry)
