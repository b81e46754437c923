"""A form filled in the way a person does: by the words beside its controls."""

from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag

from tests.markup import words

CHOSEN = ("checkbox", "radio")


def form_with_button(soup: BeautifulSoup, button: str) -> Tag:
    """The form whose button reads ``button``, or else begins with it."""
    buttons = [(words(b), b) for b in soup.find_all("button")]
    for exact in (True, False):
        for label, found in buttons:
            if label == button or (not exact and label.startswith(button)):
                form = found.find_parent("form") or soup.find(
                    "form", id=str(found.get("form", ""))
                )
                assert isinstance(form, Tag), f"the button {button!r} belongs to no form"
                return form
    raise AssertionError(f"no button {button!r}, only {[label for label, _ in buttons]}")


class FilledForm:
    def __init__(self, soup: BeautifulSoup, form: Tag, button: str) -> None:
        self._form = form
        self._labels = {label.get("for"): label for label in reversed(soup.find_all("label"))}
        controls = soup.find_all(["input", "select", "textarea"])
        self._controls = [control for control in controls if self._owns(control)]
        self.action = str(form["action"])
        self.method = str(form["method"]).lower()
        self.data: dict[str, Any] = {}
        for control in self._controls:
            for value in _initial(control):
                self.data.setdefault(str(control["name"]), []).append(value)
        pressed = next(b for b in form.find_all("button") if words(b).startswith(button))
        if pressed.get("name"):
            self.data[str(pressed["name"])] = [str(pressed.get("value", ""))]
        if pressed.get("formaction"):
            self.action = str(pressed["formaction"])

    def fill(self, values: Mapping[str, Any]) -> None:
        for label, value in values.items():
            controls = self._named(label)
            assert controls, f"no control {label!r}, only {self.labels()}"
            name = str(controls[0]["name"])
            if controls[0].get("type") in CHOSEN:
                self.data[name] = self._choose(controls, name, value)
            elif controls[0].name == "select":
                self.data[name] = [_option(controls[0], one) for one in _listed(value)]
            else:
                self.data[name] = [value]

    def labels(self) -> list[str]:
        return [self._label(control) for control in self._controls]

    def _choose(self, controls: list[Tag], name: str, value: Any) -> list[str]:
        if isinstance(value, bool):
            (control,) = controls
            others = [v for v in self.data.get(name, []) if v != control.get("value", "on")]
            kept = others if control["type"] == "checkbox" else []
            return [*kept, str(control.get("value", "on"))] if value else kept
        return [self._option_value(controls, one) for one in _listed(value)]

    def _option_value(self, controls: list[Tag], wanted: str) -> str:
        for control in controls:
            if self._label(control) == wanted or control.get("value") == wanted:
                return str(control.get("value", "on"))
        for control in controls:
            if self._label(control).startswith(wanted):
                return str(control.get("value", "on"))
        raise AssertionError(f"no choice {wanted!r}, only {[self._label(c) for c in controls]}")

    def _named(self, label: str) -> list[Tag]:
        """The control with this label or name, or all choices under this legend."""
        controls = self._controls
        if named := [c for c in controls if c["name"] == label]:
            return named
        for matches in (str.__eq__, str.startswith):
            if found := [c for c in controls if matches(self._label(c), label)]:
                return found[:1]
            if found := [c for c in controls if matches(_legend(c), label)]:
                return found
        return []

    def _owns(self, control: Tag) -> bool:
        owner = control.get("form")
        inside = (
            owner == self._form.get("id")
            if owner
            else any(parent is self._form for parent in control.parents)
        )
        return inside and bool(control.get("name")) and not control.has_attr("disabled")

    def _label(self, control: Tag) -> str:
        label = self._labels.get(control.get("id")) if control.get("id") else None
        return words(label or control.find_parent("label")) or str(
            control.get("aria-label", "")
        )


def _initial(control: Tag) -> list[str]:
    kind = control.get("type", "text")
    if control.name == "textarea":
        # A browser drops the line break that a template puts after the start tag.
        return [control.get_text().replace("\r\n", "\n").removeprefix("\n")]
    if control.name == "select":
        options = control.find_all("option")
        chosen = [o for o in options if o.has_attr("selected")]
        return [
            _value(o) for o in chosen or ([] if control.has_attr("multiple") else options[:1])
        ]
    if kind in CHOSEN:
        return [str(control.get("value", "on"))] if control.has_attr("checked") else []
    if kind in ("submit", "button", "image", "reset", "file"):
        return []
    return [str(control.get("value", ""))]


def _option(select: Tag, wanted: str) -> str:
    options = select.find_all("option")
    for option in options:
        if wanted in (words(option), option.get("value")):
            return _value(option)
    raise AssertionError(f"no option {wanted!r}, only {[words(o) for o in options]}")


def _value(option: Tag) -> str:
    return str(option.get("value", words(option)))


def _legend(control: Tag) -> str:
    group = control.find_parent("fieldset")
    return words(group.find("legend")) if group else ""


def _listed(value: Any) -> list[str]:
    return list(value) if isinstance(value, (list, tuple, set)) else [str(value)]
