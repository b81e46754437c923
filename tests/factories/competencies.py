"""A framework on file, and a file of one that was read and not yet taken over."""

from sqlalchemy.orm import Session

from credit.competencies import importing
from credit.competencies.models import Competency, FileFormat
from tests.factories.agreements import Scene

MOODLE = """\
Parent ID number,ID number,Short name,Description,Description format,Scale values,Scale configuration,Rule type,Rule outcome,Rule config,Related,Exported ID,Is framework,Taxonomy
,shop,Shop floor,,1,,,,,,,,1,
,listen,Listens,<p>To the end.</p>,1,,,,0,null,,1,,
"""  # noqa: E501 - a file as it comes


def addresses(session: Session, cast: Scene) -> dict[str, str]:
    row = importing.keep(
        session,
        MOODLE.encode(),
        actor=cast.staff,
        file_format=FileFormat.MOODLE,
        file_name="shop.csv",
        framework=None,
    )
    known = session.get_one(Competency, cast.competency_ids[0])
    return {
        "import_id": row.public_id,
        "competency_id": str(known.id),
        "framework_id": str(known.framework_id),
    }
