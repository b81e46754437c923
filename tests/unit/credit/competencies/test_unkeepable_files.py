"""Files whose signs or numbers no database keeps are refused, not stumbled over."""

import json

import pytest

from careerlink.csv_text import FileRefused
from credit.competencies.files import exchange
from credit.competencies.models import FileFormat

CANVAS = "vendor_guid,object_type,title,description,parent_guids\na,outcome,Write,Clearly,\n"


def package(statement: str = "Write", order: str = "1") -> bytes:
    text = json.dumps(
        {
            "CFDocument": {"identifier": "d", "uri": "urn:d", "title": "Skills"},
            "CFItems": [
                {"identifier": "i", "uri": "urn:i", "fullStatement": statement, "order": 0}
            ],
        }
    )
    return text.replace('"order": 0', f'"order": {order}').encode()


@pytest.mark.parametrize(
    "refused",
    [
        package(statement="Write\0"),
        package(statement="Write\ud800"),
        package(order="NaN"),
        package(order="1e999"),
        package(order="9" * 5000),
    ],
    ids=["nul", "half a character", "nan", "infinite", "too long"],
)
def test_a_package_that_cannot_be_kept_is_refused(refused: bytes) -> None:
    assert exchange.read(FileFormat.CASE, package()).items[0].label == "Write"
    with pytest.raises(FileRefused, match="cannot be kept"):
        exchange.read(FileFormat.CASE, refused)


def test_a_nul_in_excel_s_unicode_text_is_refused() -> None:
    assert exchange.read(FileFormat.CANVAS, CANVAS.encode("utf-16")).items[0].label == "Write"
    with pytest.raises(FileRefused, match="not a text file"):
        exchange.read(FileFormat.CANVAS, CANVAS.replace("Write", "Wr\0te").encode("utf-16"))
