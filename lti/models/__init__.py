"""Platforms, their deployments and contexts, and what they told us."""

from lti.models.doors import LtiLogin, LtiRegistrationInvitation, LtiSigningKey
from lti.models.gradebook import LtiLineItem, LtiScore
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
    "DeploymentState",
    "Family",
    "LtiContext",
    "LtiDeployment",
    "LtiKeyCache",
    "LtiLineItem",
    "LtiLogin",
    "LtiMembership",
    "LtiRegistration",
    "LtiRegistrationInvitation",
    "LtiResourceLink",
    "LtiScore",
    "LtiSigningKey",
    "LtiToken",
    "LtiUser",
    "RegistrationState",
]
