"""Platforms, their deployments and contexts, and what they told us."""

from lti.models.checks import CheckedService, CheckOutcome, LtiServiceCheck
from lti.models.deep_linking import LtiDeepLinking
from lti.models.doors import LtiLogin, LtiRegistrationInvitation, LtiSigningKey
from lti.models.gradebook import LtiLineItem, LtiScore
from lti.models.notices import LtiNotice
from lti.models.places import LtiContext, LtiMembership, LtiResourceLink, LtiUser
from lti.models.platforms import (
    DeploymentState,
    Family,
    LtiDeployment,
    LtiRegistration,
    RegistrationState,
)
from lti.stored_answers import LtiKeyCache, LtiToken

__all__ = [
    "CheckOutcome",
    "CheckedService",
    "DeploymentState",
    "Family",
    "LtiContext",
    "LtiDeepLinking",
    "LtiDeployment",
    "LtiKeyCache",
    "LtiLineItem",
    "LtiLogin",
    "LtiMembership",
    "LtiNotice",
    "LtiRegistration",
    "LtiRegistrationInvitation",
    "LtiResourceLink",
    "LtiScore",
    "LtiServiceCheck",
    "LtiSigningKey",
    "LtiToken",
    "LtiUser",
    "RegistrationState",
]
