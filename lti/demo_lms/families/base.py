"""What a family of platforms has to say about launches."""

from collections.abc import Mapping
from typing import Any, Protocol

from lti.demo_lms.forms import Answer, FormPost
from lti.demo_lms.lms import Launch, Lms


class Family(Protocol):
    def start_launch(self, lms: Lms, launch: Launch) -> FormPost:
        """The login initiation for a launch that has just begun."""
        ...

    def authorize(self, lms: Lms, query: Mapping[str, str]) -> Answer:
        """The answer to the tool's authentication request."""
        ...

    def claims(self, lms: Lms, launch: Launch, nonce: str) -> dict[str, Any]:
        """The id_token's claims."""
        ...


CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
LIS = "http://purl.imsglobal.org/vocab/lis/v2/"
ENDPOINT = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
MEMBERSHIPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
