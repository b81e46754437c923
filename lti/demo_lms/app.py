"""The platform as a Flask application."""

from flask import Flask

from lti.demo_lms import (
    admin_pages,
    authorization,
    control,
    course_pages,
    deep_linking_pages,
    gradebook_pages,
    mailbox,
    registration,
    return_pages,
)
from lti.demo_lms.families.canvas import (
    line_items,
    memberships,
    notice_handlers,
    results,
    scores,
)
from lti.demo_lms.families.canvas import token as canvas_token
from lti.demo_lms.families.moodle import services
from lti.demo_lms.families.moodle import token as moodle_token
from lti.demo_lms.lms import Lms

BLUEPRINTS = (
    admin_pages.bp,
    authorization.bp,
    control.bp,
    course_pages.bp,
    deep_linking_pages.bp,
    gradebook_pages.bp,
    mailbox.bp,
    registration.bp,
    return_pages.bp,
    moodle_token.bp,
    services.bp,
    canvas_token.bp,
    line_items.bp,
    scores.bp,
    results.bp,
    memberships.bp,
    notice_handlers.bp,
)


def create_platform(lms: Lms) -> Flask:
    """Serve ``lms``. Both families' addresses are always there; ``lms.school.family`` says
    as which one people open activities.
    """
    app = Flask(__name__)
    app.extensions["demo_lms"] = lms
    if not lms.school.keys:
        lms.add_key()
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.context_processor(lambda: {"lms": lms, "school": lms.school})
    return app
