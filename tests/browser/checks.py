"""What holds on every page a browser shows, in a frame or not."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, Page

_package = find_spec("axe_playwright_python")
if _package is None or _package.origin is None:
    raise ImportError("axe-playwright-python carries axe.min.js and is not installed")
AXE = (Path(_package.origin).parent / "axe.min.js").read_text()

OPEN_ALL = """() => {
  window.folded = [...document.querySelectorAll("details:not([open])")];
  folded.forEach(d => { d.open = true });
}"""
FOLD_AGAIN = "() => (window.folded || []).forEach(d => { d.open = false })"
VIOLATIONS = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
SIDEWAYS = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > room + 0.5)
    .map(e => `${e.tagName.toLowerCase()}.${e.className} ends at ` +
              `${Math.round(e.getBoundingClientRect().right)} of ${room} px`)
    .concat("the page scrolls sideways");
}"""


def axe_faults(page: Page | Frame) -> list[str]:
    """What axe-core finds, one line per element; all its rules, every disclosure open."""
    page.evaluate(OPEN_ALL)
    if not page.evaluate("() => 'axe' in window"):
        # Evaluated by the debugger, which the page's own policy does not bind.
        page.evaluate(AXE)
    violations: list[dict[str, Any]] = page.evaluate(VIOLATIONS)
    return [
        f"{rule['id']}: {rule['help']} – {node['target']} {node['failureSummary']}"
        for rule in violations
        for node in rule["nodes"]
    ]


def sideways_faults(page: Page | Frame) -> list[str]:
    """What makes the page scroll sideways, if it does."""
    faults: list[str] = page.evaluate(SIDEWAYS)
    return faults


def assert_sound(page: Page | Frame) -> None:
    faults = axe_faults(page) + sideways_faults(page)
    assert not faults, f"{page.url}:\n" + "\n".join(faults)
