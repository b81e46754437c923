"""Who saw what about a person (34 CFR 99.32): their own page, and the office's."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from careerlink import audit
from careerlink.disclosures import queries
from careerlink.disclosures.page_words import words
from careerlink.people.models import Person
from careerlink.security import access, office, signed_in
from careerlink.web import services, transaction

bp = Blueprint("disclosures", __name__)


@bp.get("/home/disclosures")
@access(signed_in)
def own() -> ResponseReturnValue:
    return _page(g.person)


@bp.get("/office/people/<person_id>/disclosures")
@access(office)
def of_person(person_id: str) -> ResponseReturnValue:
    with transaction() as session:
        person = queries.person(session, person_id, actor=g.actor)
    shown = _page(person, by_office=True)
    with services().database.write() as session:
        audit.record(session, "person:read", person, actor=g.actor)
    return shown


def _page(person: Person, *, by_office: bool = False) -> str:
    whole = "print" in request.args
    with transaction() as session:
        rows = queries.listed(
            session, g.actor, person.id, after=request.args.get("after"), whole=whole
        )
        return render_template(
            "careerlink/disclosures/list.html",
            subject=person,
            by_office=by_office,
            whole=whole,
            page=rows,
            consents=queries.consents_of(session, person.id) if rows.is_first else [],
            words=words,
            institution_name=person.institution.name,
        )
