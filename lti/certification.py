"""The grade services, each called once: for the certification suite, which drives nothing.

It looks at what comes in from the tool: method, address, headers, members (LTI.md 2.6).
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from careerlink import clock
from lti import http, line_items
from lti.line_items import ITEM, LIST
from lti.products import product_of
from lti.products.base import SCORE_TYPE, Product, ScorePost, below
from lti.results import ACCEPT
from lti.scopes import LINE_ITEM, RESULT_READ, SCORE
from lti.services import Services

SCOPES = (LINE_ITEM, RESULT_READ, SCORE)
LABEL = "CareerLink certification"
RESOURCE_ID = "careerlink-certification"
FULL = 100_000


@dataclass(frozen=True)
class Step:
    case: str
    call: str
    is_passed: bool
    told: str

    def __str__(self) -> str:
        mark = "passed" if self.is_passed else "FAILED"
        return f"{self.case} {mark}  {self.call}: {self.told}"


def steps(services: Services, lineitems_url: str, *, user_id: str) -> Iterator[Step]:
    """What each call brought; the first that fails is the last."""
    product = product_of(services.client.family)
    found: list[dict[str, Any]] = []
    made: dict[str, str] = {}

    def listed() -> str:
        found.extend(line_items.listed(services, lineitems_url))
        return f"{len(found)} line items"

    def made_one() -> str:
        made["id"] = _make(services, lineitems_url, product)
        return made["id"]

    calls: list[tuple[str, str, Callable[[], str]]] = [
        ("AGS-02", f"GET line items ({LIST})", listed),
        ("AGS-03", f"POST line item ({ITEM})", made_one),
        (
            "AGS-04",
            f"POST score ({SCORE_TYPE})",
            lambda: _post(services, made["id"], product, user_id),
        ),
        ("AGS-05", f"GET results ({ACCEPT})", lambda: _results(services, made["id"])),
    ]
    for case, call, make in calls:
        try:
            yield Step(case, call, True, make())
        except http.PlatformFault as fault:
            yield Step(case, call, False, f"the platform {fault}")
            return


def _make(services: Services, lineitems_url: str, product: Product) -> str:
    body = {
        "label": LABEL,
        "scoreMaximum": product.column_maximum(FULL),
        "resourceId": RESOURCE_ID,
        "tag": RESOURCE_ID,
    }
    answer = services.request(
        "POST", lineitems_url, accept=ITEM, content_type=ITEM, body=json.dumps(body)
    )
    made = http.successful(answer).json()
    if not isinstance(made, dict) or not isinstance(made.get("id"), str):
        raise http.NotJson("answered with a line item that has no id")
    return str(made["id"])


def _post(services: Services, line_item: str, product: Product, user_id: str) -> str:
    post = ScorePost(
        user_id=user_id,
        given_thousandths=FULL,
        maximum_thousandths=FULL,
        comment="Sent for certification.",
        timestamp=clock.now().replace(microsecond=0),
    )
    answer = services.request(
        "POST",
        below(line_item, "scores"),
        content_type=SCORE_TYPE,
        body=product.encoded(post),
    )
    return f"answered {http.successful(answer).status}"


def _results(services: Services, line_item: str) -> str:
    answer = services.request("GET", below(line_item, "results"), accept=ACCEPT)
    found = http.successful(answer).json()
    if not isinstance(found, list):
        raise http.NotJson("answered with results that are no list")
    return f"{len(found)} results"
