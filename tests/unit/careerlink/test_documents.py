"""Documents as PDF: the same bytes everywhere, and nothing that people type is a command."""

import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from careerlink.documents import moments, rendering, texts
from careerlink.documents.content import (
    Bullets,
    Document,
    Facts,
    Fingerprint,
    Heading,
    Notice,
    Paragraph,
    Table,
    Tone,
)

DATED = datetime(2026, 11, 22, 19, 5, tzinfo=UTC)
SCRIPTS = "José Ångström · 你好 こんにちは 한글 · שלום · مرحبا · नमस्ते · สวัสดี · 😀 👩‍💻 · ✓ →"
COMMANDS = (
    '#panic("no") $x^2$ @nobody <label> *bold* `raw` \\ #read("/etc/passwd") = not a title'
)

SAMPLE = Document(
    title="Learning agreement, version 2",
    lead="Churn analysis",
    institution="Eastmoor University",
    dated=DATED,
    footer="CareerLink",
    blocks=[
        Notice("Not signed", "Nobody has signed this version.", Tone.WARNING),
        Heading("Parties"),
        Facts([("Student", SCRIPTS), ("Note", "")]),
        Heading("More", level=2),
        Table(["Objective", "Evidence"], [["Clean data", "a\nb"]] * 30, widths=(3, 2)),
        Paragraph(COMMANDS),
        Paragraph("Quiet", is_muted=True),
        Bullets(["one", "two"]),
        Fingerprint("SHA-256", "ab" * 32),
    ],
)


def test_the_same_content_is_the_same_file_in_another_process_zone_and_language() -> None:
    code = (
        "import sys; from tests.unit.careerlink.test_documents import SAMPLE; "
        "from careerlink.documents import rendering; "
        "sys.stdout.buffer.write(rendering.pdf(SAMPLE))"
    )
    elsewhere = {"TZ": "Asia/Tokyo", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "7"}

    other = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **elsewhere},
        capture_output=True,
        check=True,
    )

    assert other.stdout == rendering.pdf(SAMPLE)


def test_another_word_is_another_file() -> None:
    assert rendering.pdf(replace(SAMPLE, title="Another")) != rendering.pdf(SAMPLE)


def test_it_is_tagged_and_says_its_language_its_title_and_its_own_date() -> None:
    made = rendering.pdf(SAMPLE)

    assert made.startswith(b"%PDF-1.7")
    assert b"/MarkInfo<</Marked true" in made
    assert b"/Lang(en)" in made
    assert b"pdfuaid:part>1<" in made
    assert b"/Title(Learning agreement, version 2)" in made
    assert set(re.findall(rb"Date\(D:(\d{14})", made)) == {b"20261122190500"}


@pytest.mark.parametrize(
    "text",
    [
        COMMANDS,
        SCRIPTS,
        "x" * 4000,
        "",
        "\x00\x01\ufeff\ufffe\udcff",
        "\U00013000 hieroglyph \ue123 \U000f0000",
        "\u202egpj.exe\u202c",
        "zero\u200bwidth\u200djoin",
    ],
    ids=["commands", "scripts", "long", "empty", "controls", "no glyph", "reversed", "joiners"],
)
def test_whatever_people_type_is_set(text: str) -> None:
    said = replace(
        SAMPLE,
        title=text or "Empty",
        lead=text,
        footer=text,
        institution=text or "Nobody",
        blocks=[Heading(text), Facts([(text, text)]), Table([text], [[text]]), Notice(text)],
    )

    assert rendering.pdf(said).startswith(b"%PDF")


def test_a_character_that_no_font_has_is_named() -> None:
    missing = texts.without_glyph("plain \u4f60 \U00013000", lambda t: "\U00013000" not in t)

    assert texts.named("a \U00013000 b", missing) == "a [U+13000] b"
    assert "\u4f60" not in missing


def test_marks_that_turn_text_around_are_taken_out() -> None:
    cleaned = texts.cleaned("pay \u202e0001\u202c\x07\r\nnow")

    assert cleaned == "pay 0001 \nnow"
    assert all(unicodedata.category(c) != "Cc" for c in cleaned.replace("\n", ""))


def test_a_word_without_an_end_may_break_and_a_fingerprint_stays_whole() -> None:
    assert "\u200b" in texts.cleaned("x" * 70)
    assert texts.cleaned("ab" * 32) == "ab" * 32


def test_a_paragraph_runs_from_where_its_first_letter_does() -> None:
    assert texts.runs_from_right("2. مرحبا")
    assert not texts.runs_from_right("2. Hello مرحبا")
    assert not texts.runs_from_right("123")


def test_a_time_on_paper_names_its_zone() -> None:
    assert moments.written_out(DATED, "America/New_York") == (
        "Sunday, November 22, 2026, 14:05 (America/New_York, UTC\u221205:00)"
    )
    assert moments.written_out(DATED, "Asia/Kolkata").startswith("Monday, November 23")
    assert moments.written_out(DATED, "UTC").endswith("19:05 (UTC, UTC)")
