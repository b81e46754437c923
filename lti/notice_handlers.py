"""Asking a platform to send us notices: once a deployment, again when an address changes."""

import json
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from careerlink import clock, outbox
from careerlink.config import Settings
from careerlink.outbox import Outcome
from careerlink.worker import Delivery
from lti import http, notice_claims, scopes
from lti.claim_values import NoticeService
from lti.models import DeploymentState, LtiDeployment, RegistrationState
from lti.products import product_of
from lti.products.base import Product
from lti.services import Services
from lti.tokens import Client

KIND = "notice"
PATH = "/lti/notices"
ASK_AGAIN_AFTER = timedelta(days=30)
"""How long a platform's no stands before the next launch asks once more."""


def want(
    session: Session,
    deployment: LtiDeployment,
    service: NoticeService | None,
    settings: Settings,
) -> None:
    """Queue the question, where it was not asked of this address for this address of ours."""
    types = [kind for kind in notice_claims.KNOWN if service and kind in service.types]
    if service is None or not types:
        return
    handler = f"{settings.server.public_url}{PATH}"
    asked = (deployment.notices_url, deployment.notice_handler) == (service.url, handler)
    if asked and not _may_ask_again(deployment):
        return
    deployment.notices_url, deployment.notice_handler = service.url, handler
    deployment.notices_asked_at = clock.now()
    deployment.notices_set_at = deployment.notices_confirmed_at = None
    deployment.notices_problem = ""
    outbox.enqueue(
        session,
        kind=KIND,
        target=f"lti_deployment/{deployment.id}/notices",
        payload={"deployment_id": deployment.id, "types": types},
        institution_id=deployment.institution_id,
    )


def _may_ask_again(deployment: LtiDeployment) -> bool:
    asked_at = deployment.notices_asked_at
    is_old = asked_at is None or clock.now() - asked_at > ASK_AGAIN_AFTER
    return bool(deployment.notices_problem) and is_old


def deliver(delivery: Delivery) -> Outcome:
    with delivery.database.read() as session:
        deployment = session.get_one(LtiDeployment, delivery.payload["deployment_id"])
        if (
            deployment.state != DeploymentState.ACTIVE
            or deployment.registration.state != RegistrationState.ACTIVE
        ):
            return Outcome(delivered=True, detail="the registration is switched off")
        client = Client.of(deployment)
        address, handler = deployment.notices_url, deployment.notice_handler
    product = product_of(client.family)
    try:
        with http.Platform(delivery.settings) as platform:
            services = Services(
                delivery.database, delivery.settings, client, (scopes.NOTICES,), platform
            )
            for kind in delivery.payload["types"]:
                http.successful(_set(services, address, kind, handler))
    except http.PlatformFault as fault:
        return _failed(delivery, product, fault)
    _note(delivery, notices_set_at=clock.now(), notices_problem="")
    return Outcome(delivered=True)


def _set(services: Services, address: str, kind: str, handler: str) -> http.Answer:
    return services.request(
        "PUT",
        address,
        accept="application/json",
        content_type="application/json",
        body=json.dumps({"notice_type": kind, "handler": handler}),
    )


def _failed(delivery: Delivery, product: Product, fault: http.PlatformFault) -> Outcome:
    """A refusal is noted and stands; only what may pass by itself is tried again."""
    problem, wait = f"{product.name} {fault}", None
    is_final = isinstance(fault, http.ForbiddenAddress)
    if isinstance(fault, http.BadStatus):
        wait = product.throttled_for(fault.answer)
        is_final = wait is None and fault.status < 500
    _note(delivery, notices_problem=f"{problem}.")
    if is_final:
        # Shown with the deployment; nobody has to do anything by hand.
        return Outcome(delivered=True, detail=problem)
    return Outcome(error=problem, retry_after=wait)


def _note(delivery: Delivery, **values: Any) -> None:
    with delivery.database.write() as session:
        deployment = session.get_one(LtiDeployment, delivery.payload["deployment_id"])
        for name, value in values.items():
            setattr(deployment, name, value)
