"""Moodle's competency framework CSV, of its tool "Import competency framework".

The fourteen columns count by their place, as their headings are translated:
admin/tool/lpimportcsv/classes/framework_importer.php and framework_exporter.php of Moodle.
"""

import json
from collections.abc import Sequence
from typing import Any

from careerlink import csv_text
from careerlink.csv_text import FileRefused, Row
from credit.competencies.files import rich_text
from credit.competencies.files.content import MOST_ITEMS, Content, Item, in_order
from credit.competencies.levels import LEVELS
from credit.competencies.models import FileFormat

HEADING = (
    "Parent ID number", "ID number", "Short name", "Description", "Description format",
    "Scale values", "Scale configuration", "Rule type (optional)", "Rule outcome (optional)",
    "Rule config (optional)", "Cross-referenced competency ID numbers",
    "Exported ID (optional)", "Is framework", "Taxonomy",
)  # fmt: skip
(PARENT, ID, NAME, TEXT, TEXT_FORMAT, SCALE, SCALE_SETUP, RULE, RULE_OUTCOME, RULE_SETUP,
 RELATED, EXPORTED, IS_FRAMEWORK, TAXONOMY) = range(14)  # fmt: skip
FEWEST = 13
LONGEST = 100
"""Moodle shortens ID numbers and names to this."""
KEPT = {
    "description_format": TEXT_FORMAT, "scale": SCALE, "scale_setup": SCALE_SETUP,
    "rule": RULE, "rule_outcome": RULE_OUTCOME, "rule_setup": RULE_SETUP, "related": RELATED,
    "exported": EXPORTED, "taxonomy": TAXONOMY,
}  # fmt: skip
HTML = "1"
OWN_SCALE = ",".join(LEVELS.values())
OWN_SCALE_SETUP = json.dumps(
    [
        {"scaleid": "0"},
        {"id": 3, "scaledefault": 1, "proficient": 1},
        {"id": 4, "scaledefault": 0, "proficient": 1},
    ],
    separators=(",", ":"),
)
"""Moodle wants one level as the default and one that counts as proficient; it sets the id."""
OWN_TAXONOMY = "competency,competency,competency,competency"


def read(data: bytes) -> Content:
    heading, rows = csv_text.rows_of(csv_text.text_of(data), most=MOST_ITEMS)
    if len(heading.cells) < FEWEST:
        raise FileRefused(
            [
                f"Line {heading.line}: Moodle's file has {len(HEADING)} columns, this one "
                f"{len(heading.cells)}."
            ]
        )
    faults = [fault for row in rows for fault in _faults(row)]
    frameworks = [row for row in rows if _is_true(row[IS_FRAMEWORK])]
    if not frameworks:
        faults.append("No row is the framework itself; one needs 1 under “Is framework”.")
    faults += [
        f"{row.place}: a second framework. Import one framework a file."
        for row in frameworks[1:]
    ]
    if faults:
        raise FileRefused(faults)
    top = frameworks[0]
    items = [_item(row) for row in rows if row is not top]
    parents = {item.parent for item in items}
    for item in items:
        item.is_group = item.key in parents
    return Content(
        FileFormat.MOODLE,
        key=top[ID].strip(),
        name=top[NAME].strip(),
        description=rich_text.words(top[TEXT]),
        told=_told(top),
        items=in_order(items),
    )


def _faults(row: Row) -> list[str]:
    setup = row[SCALE_SETUP].strip()
    checks = {
        "the ID number is missing.": not row[ID].strip(),
        f"the ID number is longer than {LONGEST} characters.": len(row[ID].strip()) > LONGEST,
        "the short name is missing.": not row[NAME].strip(),
        "the scale configuration is not JSON as Moodle writes it.": bool(setup)
        and not _is_setup(setup),
        "a scale configuration needs scale values.": bool(setup) and not row[SCALE].strip(),
        "there are more columns than Moodle has.": any(row.cells[len(HEADING) :]),
    }
    return [f"{row.place}: {words}" for words, is_wrong in checks.items() if is_wrong]


def _is_setup(text: str) -> bool:
    try:
        setup = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(setup, list) and bool(setup) and all(isinstance(o, dict) for o in setup)


def _is_true(cell: str) -> bool:
    return cell.strip().lower() in ("1", "true", "yes")


def _told(row: Row) -> dict[str, Any]:
    kept = {name: row[at] for name, at in KEPT.items() if row[at].strip()}
    return {**kept, "id_number": row[ID].strip(), "description": row[TEXT]}


def _item(row: Row) -> Item:
    text, behaviors = rich_text.read(row[TEXT])
    return Item(
        key=row[ID].strip(),
        code=row[ID].strip(),
        label=row[NAME].strip(),
        description=text,
        behaviors=behaviors,
        parent=row[PARENT].strip(),
        told=_told(row),
        place=row.place,
    )


def write(content: Content) -> bytes:
    """Without the retired ones: Moodle's file cannot say so."""
    items = [item for item in content.items if not item.is_retired]
    return csv_text.write([HEADING, _framework_row(content), *map(_row, _attached(items))])


def _attached(items: Sequence[Item]) -> list[Item]:
    """What hung below a retired one comes to the top, or Moodle would leave it out."""
    here = {item.key for item in items}
    for item in items:
        item.parent = item.parent if item.parent in here else ""
    return list(items)


def _framework_row(content: Content) -> list[str]:
    defaults = {"scale": OWN_SCALE, "scale_setup": OWN_SCALE_SETUP, "taxonomy": OWN_TAXONOMY}
    row = _cells(content.told or defaults)
    row[ID], row[NAME] = content.key, shortened(content.name)
    raw = content.told.get("description", "")
    is_same = rich_text.words(raw) == content.description
    row[TEXT] = raw if is_same else rich_text.write(content.description, [])
    row[IS_FRAMEWORK] = "1"
    return row


def _row(item: Item) -> list[str]:
    row = _cells(item.told or {"rule_outcome": "0", "rule_setup": "null"})
    row[PARENT], row[ID], row[NAME] = item.parent, item.key, shortened(item.label)
    row[TEXT] = rich_text.kept_or_written(
        item.told.get("description", ""), item.description, item.behaviors
    )
    return row


def _cells(told: dict[str, Any]) -> list[str]:
    row = [""] * len(HEADING)
    for name, at in KEPT.items():
        row[at] = str(told.get(name, ""))
    if not told.get("id_number"):
        row[TEXT_FORMAT] = HTML
    return row


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
