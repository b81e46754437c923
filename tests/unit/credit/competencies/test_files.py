"""Framework files: read, written back the same, refused with the place of each fault."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from careerlink.csv_text import FileRefused
from credit.competencies.files import exchange
from credit.competencies.files.content import Content, Item
from credit.competencies.levels import MASTERY
from credit.competencies.models import FileFormat
from tests.unit.credit.competencies import sources

CASE, CANVAS, MOODLE = FileFormat.CASE, FileFormat.CANVAS, FileFormat.MOODLE
FILES = {
    CASE: sources.case_file(),
    CANVAS: sources.CANVAS.encode(),
    MOODLE: sources.MOODLE.encode(),
}


def said(content: Content) -> list[Any]:
    """Everything but where in the file it stood."""
    items = [replace(item, place="") for item in content.items]
    return [content.key, content.name, content.source, content.description, content.told, items]


@pytest.mark.parametrize("file_format", FILES)
def test_a_file_that_is_read_and_written_says_the_same(file_format: FileFormat) -> None:
    first = exchange.read(file_format, FILES[file_format])
    second = exchange.read(file_format, exchange.write(first))

    assert said(second) == said(first)
    assert exchange.write(second) == exchange.write(first)


def test_case_is_a_tree_with_levels_lines_and_what_we_do_not_model() -> None:
    content = exchange.read(CASE, FILES[CASE])

    assert [(item.label, item.parent, item.is_group) for item in content.items] == [
        ("Working with others", "", True),
        ("Writes so that others can use it.", sources.BASE + "i1", False),
        ("Asks early", sources.BASE + "i1", False),
    ]
    writes, asks = content.items[1:]
    assert writes.behaviors == ["Puts the answer first."]
    assert asks.anchors == ["Sentence 1", "Sentence 2", "Sentence 3", "Sentence 4"]
    assert (asks.code, asks.key) == ("W.1", sources.BASE + "i2")
    again = json.loads(exchange.write(content))
    assert again["CFDefinitions"] == sources.case()["CFDefinitions"]
    assert again["CFDocument"]["subject"] == ["Work"]
    assert {a["identifier"] for a in again["CFAssociations"]} == {"a1", "a2", "a3", "a4", "a5"}
    assert again["CFRubrics"][0]["CFRubricCriteria"][0]["weight"] == 1.5


def test_canvas_levels_go_down_and_become_anchors_where_they_are_four() -> None:
    content = exchange.read(CANVAS, FILES[CANVAS])
    by_key = {item.key: item for item in content.items}

    assert by_key["o1"].anchors == ["Step by step", "With a hint", "Alone", "Lifts others"]
    assert by_key["o2"].anchors == []
    assert by_key["o2"].behaviors == ["Answer first", "No jargon"]
    assert by_key["o3"].is_retired
    rows = list(csv.reader(io.StringIO(exchange.write(content).decode())))
    assert rows[0].index("ratings") == len([name for name in rows[0] if name]) - 1
    assert {len(row) for row in rows} == {len(rows[0])}
    o2 = next(row for row in rows if row[0] == "o2")
    assert o2[rows[0].index("parent_guids")] == "g1 g2"
    assert [cell for cell in o2[rows[0].index("ratings") :] if cell] == [
        "3", "Excellent", "1", "Good",
    ]  # fmt: skip


def test_our_own_levels_say_from_which_one_on_it_is_enough() -> None:
    """Left empty, Canvas would take the highest tier for it; Moodle marks the level itself."""
    ours = [
        Item("o1", "C", "Communication"),
        Item("o2", "T", "Teams", anchors=["a", "b", "c", "d"]),
    ]
    content = Content(CANVAS, "root", "Skills", items=ours)

    rows = list(csv.DictReader(io.StringIO(exchange.write(content).decode("utf-8-sig"))))
    assert [row["mastery_points"] for row in rows] == ["", "3", "3"]
    assert [row["ratings"] for row in rows] == ["", "4", "4"]

    moodle = exchange.write(replace(content, file_format=MOODLE)).decode()
    lines = list(csv.reader(io.StringIO(moodle)))
    proficient = [one["id"] for one in json.loads(lines[1][6]) if one.get("proficient")]
    assert min(proficient) == MASTERY == 3


def test_moodle_keeps_its_fourteen_columns_and_scale() -> None:
    content = exchange.read(MOODLE, FILES[MOODLE])

    assert [(item.key, item.parent, item.is_group) for item in content.items] == [
        ("people", "", True), ("ask", "people", False), ("write", "people", False),
    ]  # fmt: skip
    rows = list(csv.reader(io.StringIO(exchange.write(content).decode())))
    assert {len(row) for row in rows} == {14}
    assert rows[1][12] == "1"
    assert json.loads(rows[1][6])[1]["proficient"] == 1
    assert rows[3][7:12] == [r"core_competency\competency_rule_all", "2", "null", "write", "8"]


def test_spreadsheets_may_have_changed_separator_encoding_and_line_ends() -> None:
    plain = exchange.read(CANVAS, FILES[CANVAS])
    table = list(csv.reader(io.StringIO(sources.CANVAS)))
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(table)

    assert said(exchange.read(CANVAS, b"\xef\xbb\xbf" + out.getvalue().encode())) == said(plain)
    tabbed = io.StringIO()
    csv.writer(tabbed, delimiter="\t").writerows(table)
    assert said(exchange.read(CANVAS, tabbed.getvalue().encode("utf-16"))) == said(plain)


def test_no_exported_cell_is_a_formula_and_none_changes_on_the_way() -> None:
    data = sources.CANVAS.replace("Asks early", '"=HYPERLINK(""https://x.example"")"').encode()
    content = exchange.read(CANVAS, data)

    written = exchange.write(content).decode()
    cells = [cell for row in csv.reader(io.StringIO(written)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    again = exchange.read(CANVAS, written.encode())
    assert again.items[2].label == '=HYPERLINK("https://x.example")'


def _changed(text: str, old: str, new: str) -> bytes:
    assert old in text
    return text.replace(old, new).encode()


CANVAS_FAULTS: dict[str, tuple[bytes, str]] = {
    "encoding": (sources.CANVAS.replace("Alone", "Über").encode("latin-1"), "Line 4:"),
    "empty": (b"  \n", "empty"),
    "heading only": (sources.CANVAS.split("\n")[0].encode(), "no outcomes below it"),
    "no column": (_changed(sources.CANVAS, "vendor_guid", "guid"), "“vendor_guid” is missing"),
    "unknown column": (_changed(sources.CANVAS, "display_name", "nick"), "no column “nick”"),
    "same id": (_changed(sources.CANVAS, "o3,out", "o2,out"), "Line 6: “o2” stands in Line 5"),
    "space in id": (_changed(sources.CANVAS, "o3,out", "o 3,out"), "Line 6: vendor_guid must"),
    "no title": (_changed(sources.CANVAS, "Was never used", ""), "Line 6: title is missing"),
    "no such type": (_changed(sources.CANVAS, "o3,outcome", "o3,skill"), "object_type is “sk"),
    "parent unknown": (_changed(sources.CANVAS, "deleted,g1", "deleted,g9"), "parent “g9”"),
    "points go up": (_changed(sources.CANVAS, "3,Excellent,1", "3,Excellent,5"), "must go"),
    "no points": (_changed(sources.CANVAS, "3,Excellent,1", "3,Excellent,x"), "not “x”"),
    "open quote": (_changed(sources.CANVAS, "Was never", '"Was never'), "quotation marks"),
}  # fmt: skip


@pytest.mark.parametrize("name", CANVAS_FAULTS)
def test_a_bad_canvas_file_is_refused_with_the_place(name: str) -> None:
    data, words = CANVAS_FAULTS[name]
    with pytest.raises(FileRefused) as refusal:
        exchange.read(CANVAS, data)

    assert any(words in fault for fault in refusal.value.faults), refusal.value.faults


MOODLE_FAULTS: dict[str, tuple[bytes, str]] = {
    "two frameworks": (_changed(sources.MOODLE, "null,,7,,", "null,,7,1,"), "Line 3: a second"),
    "no framework": (_changed(sources.MOODLE, ",,1,\"domain", ",,,\"domain"), "No row is the"),
    "circle": (_changed(sources.MOODLE, ",people,People", "ask,people,People"), "in a circle"),
    "scale": (_changed(sources.MOODLE, '[{""scaleid', '{""scaleid'), "not JSON as Moodle"),
    "no id": (_changed(sources.MOODLE, "people,write,", "people,,"), "Line 5: the ID number"),
    "few columns": (b"a,b\n1,2\n", "14 columns, this one 2"),
}  # fmt: skip


@pytest.mark.parametrize("name", MOODLE_FAULTS)
def test_a_bad_moodle_file_is_refused_with_the_place(name: str) -> None:
    data, words = MOODLE_FAULTS[name]
    with pytest.raises(FileRefused) as refusal:
        exchange.read(MOODLE, data)

    assert any(words in fault for fault in refusal.value.faults), refusal.value.faults


def _item(number: int, **changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda package: package["CFItems"][number].update(changes)


def _end(number: int, identifier: str) -> Callable[[dict[str, Any]], None]:
    def change(package: dict[str, Any]) -> None:
        package["CFAssociations"][number]["destinationNodeURI"]["identifier"] = identifier

    return change


CASE_FAULTS: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "no document": (lambda p: p.pop("CFDocument"), "no CFDocument"),
    "no items": (lambda p: p.update(CFItems=[]), "no CFItems"),
    "not a list": (lambda p: p.update(CFItems={"a": 1}), "CFItems is not a list"),
    "no statement": (_item(1, fullStatement=""), "item 2: fullStatement is missing"),
    "same id": (_item(1, identifier="i1"), "item 2: the identifier i1 is that of item 1"),
    "circle": (_end(0, "i2"), "item 1: “i1” is above itself"),
    "too many": (lambda p: p.update(CFItems=p["CFItems"] * 2000), "8000 items; up to 5000"),
}


@pytest.mark.parametrize("name", CASE_FAULTS)
def test_a_bad_case_package_is_refused_with_the_place(name: str) -> None:
    change, words = CASE_FAULTS[name]
    package = sources.case()
    change(package)
    with pytest.raises(FileRefused) as refusal:
        exchange.read(CASE, json.dumps(package).encode())

    assert any(words in fault for fault in refusal.value.faults), refusal.value.faults


def test_a_file_that_is_no_json_is_refused_with_line_and_column() -> None:
    with pytest.raises(FileRefused, match="Line 2, column 1"):
        exchange.read(CASE, b'{"CFDocument":\n}')
    with pytest.raises(FileRefused, match="nested deeper"):
        exchange.read(CASE, b"[" * 200_000)


def test_a_hundred_thousand_rows_are_refused_before_they_are_all_read() -> None:
    heading = sources.CANVAS.split("\n")[0]
    rows = "\n".join(f"o{n},outcome,T,,,,,,,3,A" for n in range(100_000))
    with pytest.raises(FileRefused, match="more than 5000 rows"):
        exchange.read(CANVAS, f"{heading}\n{rows}".encode())
