"""Every table of this package, imported once so that the metadata is whole."""

from careerlink import audit, outbox, tokens
from careerlink.courses import models as courses
from careerlink.courses import set_up_models as set_ups
from careerlink.enrollments import models as enrollments
from careerlink.files import models as files
from careerlink.institutions import models as institutions
from careerlink.listings import models as listings
from careerlink.notifications import models as notifications
from careerlink.partners import models as partners
from careerlink.people import models as people
from careerlink.placements import message_models as messages
from careerlink.placements import models as placements
from careerlink.placements import signatories, without_credit
from careerlink.reminders import models as reminders
from careerlink.supervisors import models as supervisors

__all__ = [
    "audit",
    "courses",
    "enrollments",
    "files",
    "institutions",
    "listings",
    "messages",
    "notifications",
    "outbox",
    "partners",
    "people",
    "placements",
    "reminders",
    "set_ups",
    "supervisors",
    "signatories",
    "without_credit",
    "tokens",
]
