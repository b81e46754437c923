"""Parts that features bring to a choice: links for the LMS, what a course's copy keeps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from careerlink.people.actors import Actor

    Asked = MultiDict[str, str]


@dataclass(frozen=True)
class LinkColumn:
    """A column of the gradebook that comes with a link."""

    resource_id: str
    label: str
    maximum_thousandths: int


@dataclass(frozen=True)
class LinkItem:
    """One link for a course's page in the LMS: what it opens and what it is called there."""

    content: str
    """Kind and what belongs to it, such as ``board?where=remote``; read by ``link_pages``."""
    title: str
    text: str
    """Plain."""
    preview: str
    """Template of what students will see."""
    values: Mapping[str, Any]
    column: LinkColumn | None = None


@dataclass(frozen=True)
class LinkOffer:
    """A kind of link that an instructor can add to the course's page in the LMS."""

    key: str
    title: str
    text: str
    action: str
    """Verb and object: "Choose projects"."""
    template: str
    """The choice within this kind; empty where there is nothing to choose."""
    choices: "LinkChoices"
    items: "LinkItems"
    position: int = 50


@dataclass(frozen=True)
class CarriedPart:
    """What one part of a course's set-up would bring along into its copy."""

    text: str
    """One sentence: "9 of 12 projects are still open"."""
    stays: str = ""
    """What does not come along, and why."""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class CarryOver:
    """A part of a course's set-up that its copy in a new term can take over."""

    key: str
    title: str
    preview: Callable[[Session, Any, Any], CarriedPart | None]
    """(session, earlier course, this course); ``None`` where there is nothing to bring."""
    take: Callable[[Session, Any, Any, "Actor"], str]
    """(session, earlier course, this course, actor): what came along, in words."""
    page: Callable[[Any], str] | None = None
    """(course): where it is seen, and changed, afterwards."""


@dataclass(frozen=True)
class TermPart:
    """One kind of thing that is kept by term; another term can take it over."""

    key: str
    title: str
    preview: Callable[[Session, Any, Any], CarriedPart | None]
    """(session, earlier term, later term); ``None`` where there is nothing to bring."""
    take: Callable[[Session, Any, Any, "Actor"], str]
    """(session, earlier term, later term, actor): what came along, in words."""


LinkChoices = Callable[[Session, "Actor", Any, "Asked"], Mapping[str, Any]]
"""(session, actor, course, query of the address): values for the offer's template."""
LinkItems = Callable[[Session, "Actor", Any, "Asked"], list[LinkItem]]
"""The same: what was chosen. ``InvalidInput`` says what is still to choose."""


@dataclass(frozen=True)
class SetUpPart:
    """What holds in a course now, for whoever sets it up."""

    text: str
    """One sentence: "Micro-internship credit, version 3, which the office chose"."""
    names: tuple[str, ...] = ()
    url: str = ""
    action: str = ""
    """Where it is changed, verb and object; empty where there is nothing to choose."""


@dataclass(frozen=True)
class SetUpStep:
    """One thing that an instructor looks at before students come; it works unseen, too."""

    key: str
    title: str
    say: Callable[[Session, "Actor", Any], SetUpPart | None]
    """(session, actor, course); ``None`` where it does not concern this course."""
    position: int = 50


@dataclass(frozen=True)
class OpenEnd:
    """One kind of thing that a course would leave unfinished if it ended now."""

    kind: str
    text: str
    """Such as "2 cases without a decision"."""
    page: str = ""
    """The page below the course where they are finished: "queue"."""
    items: tuple["OpenItem", ...] = ()
    """The first of them, where one page finishes each."""


@dataclass(frozen=True)
class OpenItem:
    text: str
    """Whose it is: "Maya Okafor"."""
    page: str
    """Below the course."""
