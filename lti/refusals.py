"""The one exception of login and launch, caught where their pages are made."""

from collections.abc import Sequence

from lti.reasons import Reason


class LaunchRefused(Exception):
    """``detail`` names a claim or parameter, never its value: it is shown and logged."""

    def __init__(
        self,
        reason: Reason,
        detail: str = "",
        *,
        frame_origins: Sequence[str] = (),
        registration_id: int | None = None,
    ) -> None:
        super().__init__(reason.code, detail)
        self.reason = reason
        self.detail = detail
        self.frame_origins = list(frame_origins)
        """Who may frame the page that says so."""
        self.registration_id = registration_id
