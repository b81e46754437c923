"""What the platform's launch pages make the browser do."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class FormPost:
    """A form that posts itself to the tool."""

    url: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ErrorPage:
    """The platform's own page: the tool hears nothing."""

    status: int
    message: str


Answer = FormPost | ErrorPage
