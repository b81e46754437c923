"""The pages on which an instructor chooses links for the course's page in the LMS."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.errors import InvalidInput, NotPermitted
from careerlink.offered_parts import LinkItem, LinkOffer
from careerlink.security import access, in_course, signed_in, teaches
from careerlink.web import services, transaction
from lti import deep_linking, link_choice
from lti.content_items import column_maximum, content_item, fills_an_assignment
from lti.deep_linking import Answer
from lti.deep_linking_forms import LinkForm
from lti.models import LtiDeepLinking
from lti.products import product_of
from lti.reading import origin_of

bp = Blueprint("links", __name__)
IN_COURSE = "/courses/<course_id>/links/<request_id>"
OUTSIDE = "/home/links/<request_id>"


@bp.get(IN_COURSE)
@access(in_course)
def show(course_id: str, request_id: str) -> ResponseReturnValue:
    return _first_page(request_id, g.course)


@bp.get(OUTSIDE)
@access(signed_in)
def show_outside(request_id: str) -> ResponseReturnValue:
    return _first_page(request_id, None)


@bp.post(f"{IN_COURSE}/cancel")
@access(in_course)
def cancel(course_id: str, request_id: str) -> ResponseReturnValue:
    return _send_nothing(request_id, g.course)


@bp.post(f"{OUTSIDE}/cancel")
@access(signed_in)
def cancel_outside(request_id: str) -> ResponseReturnValue:
    return _send_nothing(request_id, None)


@bp.get(f"{IN_COURSE}/answer")
@access(in_course)
def send(course_id: str, request_id: str) -> ResponseReturnValue:
    return _answer_page(request_id, g.course)


@bp.get(f"{OUTSIDE}/answer")
@access(signed_in)
def send_outside(request_id: str) -> ResponseReturnValue:
    return _answer_page(request_id, None)


@bp.get(f"{IN_COURSE}/<offer>")
@access(teaches)
def choose(course_id: str, request_id: str, offer: str) -> ResponseReturnValue:
    with transaction() as session:
        asked = deep_linking.get(session, request_id, actor=g.actor, course=g.course)
        chosen = link_choice.offer_of(offer)
        if elsewhere := _elsewhere(asked):
            return elsewhere
        if not chosen.template:
            return redirect(_address("check", asked, offer=offer), 303)
        return _choice_page(session, asked, chosen)


@bp.route(f"{IN_COURSE}/<offer>/check", methods=["GET", "POST"])
@access(teaches)
def check(course_id: str, request_id: str, offer: str) -> ResponseReturnValue:
    with transaction() as session:
        asked = deep_linking.get(session, request_id, actor=g.actor, course=g.course)
        chosen = link_choice.offer_of(offer)
        if request.method == "GET" and (elsewhere := _elsewhere(asked)):
            return elsewhere
        if nothing := link_choice.why_nothing(asked, actor=g.actor, course=g.course):
            raise NotPermitted(nothing.why)
        try:
            items = link_choice.chosen(
                session, chosen, asked, request.args, actor=g.actor, course=g.course
            )
        except InvalidInput as refusal:
            return _choice_page(session, asked, chosen, lacks=refusal.message)
        standing = deep_linking.standing_column(session, asked, items[0])
        form = LinkForm.of(asked, items, has_column=standing is None)
        if not form.validate_on_submit():
            return _check_page(asked, chosen, items, form, standing)
        _answer(session, asked, _composed(asked, items, form))
    return redirect(_address("send", asked), 303)


@dataclass(frozen=True)
class Shown:
    """One link as the check page shows it."""

    item: LinkItem
    maximum: float | int | None


def _first_page(request_id: str, course: Course | None) -> ResponseReturnValue:
    with transaction() as session:
        asked = deep_linking.get(session, request_id, actor=g.actor, course=course)
        if asked.answered_at is not None:
            return redirect(_address("send", asked), 303)
        nothing = link_choice.why_nothing(asked, actor=g.actor, course=course)
        if nothing is not None:
            return render_template("lti/links/nothing.html", **_around(asked), nothing=nothing)
        return render_template(
            "lti/links/show.html",
            **_around(asked),
            offers=link_choice.offers(),
            fills_an_assignment=fills_an_assignment(asked),
        )


def _choice_page(
    session: Session, asked: LtiDeepLinking, offer: LinkOffer, *, lacks: str = ""
) -> ResponseReturnValue:
    html = render_template(
        "lti/links/choose.html",
        **_around(asked),
        offer=offer,
        choice=offer.choices(session, g.actor, g.course, request.args),
        several=asked.accept_multiple,
        as_one=request.args.get("as") == "one",
        here=_address("choose", asked, offer=offer.key),
        check_url=_address("check", asked, offer=offer.key),
        lacks=lacks,
    )
    return html, 422 if lacks else 200


def _check_page(
    asked: LtiDeepLinking,
    offer: LinkOffer,
    items: list[LinkItem],
    form: LinkForm,
    standing: str | None,
) -> ResponseReturnValue:
    html = render_template(
        "lti/links/check.html",
        **_around(asked),
        offer=offer,
        form=form,
        shown=[Shown(item, column_maximum(asked, item)) for item in items],
        standing=standing,
        back=f"{_address('choose', asked, offer=offer.key)}?{_query()}"
        if offer.template
        else _address("show", asked),
    )
    return html, 422 if form.is_submitted() else 200


def _composed(asked: LtiDeepLinking, items: list[LinkItem], form: LinkForm) -> Answer:
    public_url = services().settings.server.public_url
    made = [
        content_item(asked, item, form.wording(item), public_url=public_url) for item in items
    ]
    what = f"“{made[0]['title']}”" if len(made) == 1 else f"{len(made)} links"
    return Answer(made, message=f"Chosen in CareerLink: {what}.")


def _send_nothing(request_id: str, course: Course | None) -> ResponseReturnValue:
    with transaction() as session:
        asked = deep_linking.get(session, request_id, actor=g.actor, course=course)
        nothing = link_choice.why_nothing(asked, actor=g.actor, course=course)
        _answer(session, asked, nothing.answer() if nothing is not None else Answer())
    return redirect(_address("send", asked), 303)


def _answer_page(request_id: str, course: Course | None) -> ResponseReturnValue:
    with transaction() as session:
        asked = deep_linking.get(session, request_id, actor=g.actor, course=course)
        if asked.answered_at is None:
            return redirect(_address("show", asked), 303)
        if not deep_linking.is_fresh(asked):
            return render_template("lti/links/sent.html", **_around(asked))
        g.form_targets = [origin_of(asked.return_url)]
        token = deep_linking.signed(session, asked, secret=services().settings.server.secret)
        return render_template("lti/links/send.html", **_around(asked), token=token)


def _answer(session: Session, asked: LtiDeepLinking, answer: Answer) -> None:
    secret = services().settings.server.secret
    deep_linking.answer(session, asked, actor=g.actor, answer=answer, secret=secret)


def _elsewhere(asked: LtiDeepLinking) -> ResponseReturnValue | None:
    """The page that comes in place of a choice: it was made, or there is none to make."""
    if asked.answered_at is not None:
        return redirect(_address("send", asked), 303)
    if link_choice.why_nothing(asked, actor=g.actor, course=g.course) is not None:
        return redirect(_address("show", asked), 303)
    return None


def _around(asked: LtiDeepLinking) -> dict[str, Any]:
    registration = asked.deployment.registration
    return {
        "asked": asked,
        "platform": product_of(registration.family).name,
        "first": _address("show", asked),
        "cancel_url": _address("cancel", asked),
    }


def _address(name: str, asked: LtiDeepLinking, **values: Any) -> str:
    if asked.context is None:
        return url_for(f".{name}_outside", request_id=asked.public_id)
    course_id = asked.context.course.public_id
    return url_for(f".{name}", course_id=course_id, request_id=asked.public_id, **values)


def _query() -> str:
    return request.query_string.decode("ascii", "replace")
