"""What holds on every page that CareerLink sends; ``faults`` names each thing that does not."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import product

import html5lib
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from werkzeug.datastructures import Headers

INLINE_EVENT = re.compile(r"^on[a-z]+$")
LEAKED = re.compile(
    # "None" begins sentences, but never follows a word or stands alone.
    r"^None$|(?<=[\w,:] )None\b|\{\{|\}\}|\{%|<bound method|datetime\.datetime\(|\bUndefined\b"
)
WITHOUT_TOKEN = re.compile(
    r"/lti/|/s$|/s/[^/]+/(continue|fresh|stand-in|not-me|not-me/take-back)$"
)
"""Messages of platforms carry their own proof; a supervisor's address is itself the secret."""
PLAIN = r"(?:[^<>&\"\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]|&(?:amp|lt|gt|quot|#3[49]);)"
"""A character that no parser stumbles over, wherever words may stand."""
WORDS_BETWEEN = re.compile(rf'>(?!\s*<)(?:{PLAIN}|")*<')
ATTRIBUTE_VALUE = re.compile(rf"""="{PLAIN}*"|='(?:(?!'){PLAIN}|")*'""")
BUILT_WELL: set[bytes] = set()
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
REFERRING = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list")
WITH_VALUES = {"value", "href", "action", "src", "title", "aria-label", "datetime"}
ROLES = {
    "student", "instructor", "assistant", "observer", "staff", "auditor", "admin",
    "supervisor", "partner", "none",
}  # fmt: skip


def faults(
    html: str, headers: Headers | Mapping[str, str], soup: BeautifulSoup | None = None
) -> list[str]:
    """``soup`` is the page as ``html.parser`` reads it, where somebody has read it already."""
    invalid = [] if _is_built_well(html) else _invalid(html)
    page = Parsed(soup or BeautifulSoup(html, "html.parser"))
    return [
        *invalid,
        *_document(page),
        *_forms(page),
        *_references(page),
        *_inline(page),
        *_leaks(page),
        *_headers(page.soup, headers),
    ]


def _invalid(html: str) -> list[str]:
    parser = html5lib.HTMLParser()
    parser.parse(html)
    return [f"line {at[0]}: {code} {values}" for at, code, values in parser.errors]


def _skeleton(html: str) -> str:
    """Its elements and attributes without their words."""
    return ATTRIBUTE_VALUE.sub('=""', WORDS_BETWEEN.sub(">x<", html))


def _is_built_well(html: str) -> bool:
    """Pages of one kind are built alike: strict parsing is most of what a check costs."""
    skeleton = _skeleton(html)
    digest = sha256(skeleton.encode()).digest()
    if digest not in BUILT_WELL and not _invalid(skeleton):
        BUILT_WELL.add(digest)
    return digest in BUILT_WELL


class Parsed:
    """A page gone through once: to ask it for every kind of element takes ten times as long."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.soup = soup
        self.tags: list[Tag] = []
        self.texts: list[NavigableString] = []
        for part in soup.descendants:
            if isinstance(part, Tag):
                self.tags.append(part)
            elif isinstance(part, NavigableString):
                self.texts.append(part)
        self.ids = Counter(str(tag["id"]) for tag in self.tags if tag.get("id") is not None)

    def named(self, *names: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name in names]


def _document(page: Parsed) -> Iterator[str]:
    headings = [words(h) for h in page.named("h1")]
    if len(headings) != 1:
        yield f"one h1 is needed, there are {headings}"
    title = words(page.soup.title) if page.soup.title else ""
    if headings and not title.removeprefix("Error: ").startswith(headings[0]):
        yield f"the title {title!r} does not start with the h1 {headings[0]!r}"
    if page.soup.html is None or not page.soup.html.get("lang"):
        yield "html has no lang"
    body = page.soup.body
    if body is None or not body.get("data-page") or body["data-page"] == "none":
        yield "body has no data-page"
    elif body.get("data-role") not in ROLES:
        yield f"data-role {body.get('data-role')!r} is not one of the roles"
    if len(page.named("main")) != 1:
        yield "one main is needed"


def _forms(page: Parsed) -> Iterator[str]:
    for form in page.named("form"):
        action, method = form.get("action"), str(form.get("method", "")).lower()
        if not action or method not in ("get", "post"):
            yield f"form {action!r} {method!r} lacks an action or a method"
        # Forms for other sites must not get our token.
        ours = str(action).startswith("/") and not WITHOUT_TOKEN.match(str(action))
        if method == "post" and ours != bool(form.find("input", {"name": "csrf_token"})):
            yield f"form {action!r}: csrf token {'missing' if ours else 'sent elsewhere'}"
    labels = {str(label.get("for")): label for label in reversed(page.named("label"))}
    for control in page.named("input", "select", "textarea"):
        if control.get("type") not in UNLABELLED and not is_labelled(control, labels):
            yield f"control {control.get('name')!r} has no label"


def is_labelled(control: Tag, labels: Mapping[str, Tag]) -> bool:
    if control.get("aria-label") or control.get("aria-labelledby"):
        return True
    label = labels.get(str(control["id"])) if control.get("id") else None
    return bool(words(label or control.find_parent("label") or control))


def _references(page: Parsed) -> Iterator[str]:
    ids = page.ids
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for tag, attribute in product(page.tags, REFERRING):
        if tag.get(attribute) is not None:
            for name in " ".join(tag.get_attribute_list(attribute)).split():
                if name not in ids:
                    yield f"{tag.name} {attribute}={name!r} leads nowhere"
    for link in page.named("a"):
        target = str(link.get("href", ""))
        if not target or target == "#":
            yield f"link {words(link)!r} has no target"
        elif target.startswith("#") and target[1:] not in ids:
            yield f"link {target!r} leads nowhere"
        if not words(link) and not link.get("aria-label"):
            yield f"link to {target!r} has no words"


def _inline(page: Parsed) -> Iterator[str]:
    for tag in page.tags:
        if tag.name == "style" or (tag.name == "script" and not tag.get("src")):
            yield f"inline {tag.name}"
        for name, value in tag.attrs.items():
            if name == "style" or INLINE_EVENT.match(name):
                yield f"{tag.name} has an inline {name}"
            # What a person typed stands in a value again, and is text there.
            if name != "value" and str(value).strip().lower().startswith("javascript:"):
                yield f"{tag.name} has a script in {name}"


def _leaks(page: Parsed) -> Iterator[str]:
    for text in page.texts:
        said = " ".join(text.split())
        if LEAKED.search(said) and not (text.parent and text.parent.name in ("code", "pre")):
            yield f"leaked value in {said[:80]!r}"
    for tag in page.tags:
        for name, found in tag.attrs.items():
            value = str(found)
            if name in WITH_VALUES and (value == "None" or "/None" in value or "{{" in value):
                yield f"leaked value in {tag.name} {name}={value!r}"


def _headers(soup: BeautifulSoup, headers: Headers | Mapping[str, str]) -> Iterator[str]:
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield f"Content-Security-Policy is {policy!r}"
    if "frame-ancestors" not in policy:
        yield "Content-Security-Policy does not say who may frame the page"
    if "X-Frame-Options" in headers:
        yield "X-Frame-Options would keep the page out of the LMS"
    personal = soup.body is not None and soup.body.get("data-role") != "none"
    if personal and "no-store" not in headers.get("Cache-Control", ""):
        yield "a personal page may be stored"


def words(tag: Tag | None) -> str:
    """The text of ``tag`` as a person reads it, with single spaces."""
    return " ".join(tag.get_text(" ").split()) if tag else ""
