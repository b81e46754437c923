"""For whoever looks after the LMS and has no role in our office: what to ask of whom.

The LMS's word makes nobody an administrator here: it would be enough to run one of the LMSs of
an institution to change the others, and to read their people's names.
"""

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerlink.people.models import Person
from careerlink.security import access, signed_in
from careerlink.web import transaction

bp = Blueprint("desk_newcomer", __name__)


@bp.get("/home/lms")
@access(signed_in)
def show() -> ResponseReturnValue:
    if g.actor.is_admin:
        return redirect(url_for("desk.listed"), 303)
    with transaction() as session:
        person = session.get_one(Person, g.actor.person_id)
        return render_template("lti/desk/newcomer.html", person=person)
