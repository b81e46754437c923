"""Which mails are reports, what they say, and which of our mails they are about."""

from collections.abc import Callable

import pytest

from careerlink import delivery_reports, mail_marks
from tests.unit.careerlink import bounced_mails as shapes
from tests.unit.careerlink.bounced_mails import SECRET

OURS = mail_marks.name(17, SECRET)


@pytest.mark.parametrize(
    "shape",
    [shapes.report, shapes.gmail, shapes.exchange, shapes.qmail],
    ids=lambda s: s.__name__,
)
def test_every_shape_names_our_mail_the_address_and_the_reason(
    shape: Callable[[str], bytes],
) -> None:
    (found,) = delivery_reports.read(shape(OURS), secret=SECRET)

    assert found.number == 17
    assert found.recipient == "ines@northlight.example"
    assert found.is_hard
    assert found.status.startswith("5.1.1")
    assert not found.is_forged


def test_a_delay_and_a_full_disk_are_soft() -> None:
    delayed = shapes.report(OURS, action="delayed", status="4.4.1")
    full = shapes.report(OURS, status="4.2.2", said="smtp; 452 4.2.2 over quota")

    for data in (delayed, full):
        (found,) = delivery_reports.read(data, secret=SECRET)
        assert not found.is_hard
        assert found.number == 17


def test_what_arrived_or_was_passed_on_is_no_report_of_failure() -> None:
    for action in ("delivered", "relayed", "expanded"):
        data = shapes.report(OURS, action=action, status="2.0.0")
        assert delivery_reports.read(data, secret=SECRET) == []


@pytest.mark.parametrize(
    "data",
    [shapes.out_of_office(), shapes.answer(), shapes.read_receipt(OURS), b"", b"\xff\xfe\x00"],
)
def test_answers_and_other_mails_are_left_alone(data: bytes) -> None:
    assert delivery_reports.read(data, secret=SECRET) == []


def test_a_made_up_mark_is_known_as_forged() -> None:
    (found,) = delivery_reports.read(shapes.report("outbox-17-0123456789abcdef"), secret=SECRET)

    assert found.is_forged
    assert found.number is None


def test_without_the_original_the_address_is_all_there_is() -> None:
    (found,) = delivery_reports.read(shapes.report(OURS, returned=""), secret=SECRET)

    assert (found.number, found.is_forged) == (None, False)
    assert found.recipient == "ines@northlight.example"


def test_an_alias_is_reported_under_the_address_that_we_wrote_to() -> None:
    data = shapes.report(OURS, recipient="box7@farm.example").replace(
        b"Final-Recipient:",
        b"Original-Recipient: rfc822;Ines@Northlight.example\nFinal-Recipient:",
    )
    (found,) = delivery_reports.read(data, secret=SECRET)

    assert found.recipient == "ines@northlight.example"


def test_a_charset_that_nobody_knows_breaks_nothing() -> None:
    data = shapes.gmail(OURS).replace(b"charset=utf-8", b"charset=x-no-such")
    (found,) = delivery_reports.read(data, secret=SECRET)

    assert found.recipient == "ines@northlight.example"


@pytest.mark.parametrize(
    "hostile",
    [
        b"From: " + b'"' * 60_000 + b"\n\n550 5.1.1",
        b"From: mailer-daemon@x.example\nContent-Type: "
        + b"a@b.c," * 10_000
        + b"\n\n550 5.1.1",
        b"From: mailer-daemon@x.example\nX-Failed-Recipients: " + b"a." * 30_000 + b"\n\n5.1.1",
        b"From: mailer-daemon@x.example\n\n550 5.1.1 " + b"a" * 250_000,
    ],
    ids=["sender", "kind", "recipients", "word"],
)
def test_long_words_and_headers_are_read_to_their_end(hostile: bytes) -> None:
    """Without bounds each of these takes minutes, and nobody reads the reports behind it."""
    assert len(delivery_reports.read(hostile, secret=SECRET)) <= 1


def test_what_databases_refuse_is_not_in_a_report() -> None:
    hostile = (
        b"From: mailer-daemon@x.example\nX-Failed-Recipients: ines\xff@northlight.example\n"
        b"Content-Type: text/plain; charset=utf-7\n\n550 5.1.1 nobody\x00 +2AA-\n"
    )
    (found,) = delivery_reports.read(hostile, secret=SECRET)
    assert "nobody" in found.said
    assert (found.said + found.recipient).isprintable()
