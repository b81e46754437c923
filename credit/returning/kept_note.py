"""What a student began to write to a return, kept beside the answers until it is sent.

In the session, for nobody else may read it: answers are rows of the case, a draft is not.
"""

from flask import session

from credit.cases.models import CreditCase


def keep(case: CreditCase, text: str) -> None:
    if text:
        session[_key(case)] = text
    else:
        session.pop(_key(case), None)


def of(case: CreditCase) -> str:
    return str(session.get(_key(case), ""))


def _key(case: CreditCase) -> str:
    return f"note-{case.public_id}"
