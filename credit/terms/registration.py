"""What the end of a term brings to the whole."""

from typing import Any

from flask import url_for

from careerlink.people.actors import Actor
from careerlink.registry import Registry, Tab
from credit.terms import course_views, proposing, thanking, views

SETTLING = ("approve", "deny", "leave_incomplete", "drop")
"""Moves of a case after which nothing is left to propose."""


def register(registry: Registry) -> None:
    registry.blueprints += [views.bp, course_views.bp]
    registry.term_pages.append(of_term)
    registry.next_steps.append(course_views.next_steps)
    registry.mail_preparations[thanking.TEMPLATE] = thanking.prepare
    for verb in SETTLING:
        registry.reaction("credit_case", verb, proposing.when_settled)


def of_term(actor: Actor, term: Any) -> list[Tab]:
    url = url_for("terms_closing.show", term_id=term.id)
    label = "What was left when it closed" if term.closed_at else "Close this term"
    return [Tab(label, url, page="terms.close", position=90)]
