"""On what terms a platform's launches are read: its administrator's, and our own history's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from careerlink.config import Settings
from careerlink.courses.roles import CourseRole
from lti import role_map
from lti.models import LtiRegistration
from lti.products import product_of


@dataclass(frozen=True)
class Terms:
    former_origins: tuple[str, ...] = ()
    """Hosts at which CareerLink was before; links made then still name them."""
    role_map: Mapping[str, CourseRole] = field(default_factory=dict)
    """By role name in lower case, see ``roles.read``."""
    allows_anonymous: bool = False
    tells_its_host: bool = False

    @classmethod
    def of(cls, registration: LtiRegistration, settings: Settings) -> Self:
        return cls(
            tuple(settings.server.former_urls),
            role_map.of(registration.role_map),
            registration.allows_anonymous,
            product_of(registration.family).tells_its_host,
        )


USUAL = Terms()
