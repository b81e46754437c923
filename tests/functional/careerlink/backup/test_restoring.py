"""A backup of a filled CareerLink restores to the same rows, files and pages."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from careerlink import audit_seal, audit_verify, backup, migrate
from careerlink.app import compose, create_app
from careerlink.config import Settings
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Base, Database
from careerlink.demo import sample_data
from careerlink.errors import Misconfigured
from careerlink.files import storage
from careerlink.institutions.models import Institution
from tests.databases import PostgresqlServer, SqliteFiles
from tests.factories.sessions import launched
from tests.pages import Visitor

Rows = dict[str, list[tuple[Any, ...]]]
CONTRACT = b"%PDF- the affiliation agreement"


class Place:
    """A database with its folder of files."""

    def __init__(self, settings: Settings, url: str, files: Path) -> None:
        self.settings = settings.model_copy(
            update={
                "database": settings.database.model_copy(update={"url": url}),
                "files": settings.files.model_copy(update={"url": f"file://{files}"}),
            }
        )
        self.database = Database(url)

    def write(self, file: Path) -> Path:
        assert backup.write(self.database, self.settings, file) == len(self.files())
        return file

    def restore(self, file: Path) -> None:
        assert backup.restore(self.database, self.settings, file) == len(self.files())

    def files(self) -> dict[str, bytes]:
        """The uploads, by the hash of their content."""
        return {p.name: p.read_bytes() for p in storage.root(self.settings).glob("??/*")}

    def rows(self) -> Rows:
        """Everything but sessions and tokens, which a backup leaves out on purpose."""
        with self.database.read() as session:
            return {
                table.name: [
                    tuple(row) for row in session.execute(select(table).order_by(table.c.id))
                ]
                for table in Base.metadata.sorted_tables
                if table.name not in backup.NOT_KEPT
            }

    def pages(self) -> dict[str, str]:
        """What a student reads, the full-text search included."""
        with self.database.read() as session:
            student = session.scalars(
                select(CourseMember).where(CourseMember.launch_role == CourseRole.STUDENT)
            ).first()
            assert student is not None
            course = session.get_one(Course, student.course_id).public_id
        app = create_app(self.settings, self.database)
        visitor = Visitor(app, self.settings.server.public_url)
        launched(
            visitor, self.database, student.person_id, student.course_id, CourseRole.STUDENT
        )
        paths = (f"/courses/{course}/", f"/courses/{course}/board?q=dashboard")
        return {path: visitor.get(path).text for path in paths}

    def faults(self) -> list[str]:
        with self.database.read() as session:
            return audit_verify.verify(session, self.settings).faults


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.model_validate(
        {
            "server": {
                "public_url": "https://careerlink.example.edu",
                "secret_key": "only-for-tests-" * 4,
            }
        }
    )


@pytest.fixture
def place(
    settings: Settings, tmp_path: Path, clock: time_machine.Traveller
) -> Iterator[Callable[..., Place]]:
    made: list[Place] = []

    def at(name: str, url: str = "") -> Place:
        url = url or f"sqlite:///{tmp_path}/{name}.db"
        made.append(Place(settings, url, tmp_path / name))
        return made[-1]

    yield at
    for each in made:
        each.database.dispose()


@pytest.fixture
def filled(place: Callable[..., Place], sqlite_files: SqliteFiles, tmp_path: Path) -> Place:
    """The demo's class at every stage of a term, an upload, and a sealed trail."""
    source = place("source", sqlite_files.copy(tmp_path))
    compose()
    with source.database.write() as session:
        sample_data.institution(session)
        sample_data.load(session, source.settings, slug=sample_data.SLUG, with_stories=True)
    storage.keep(source.settings, io.BytesIO(CONTRACT), lambda stream: None)
    audit_seal.seal(source.database, source.settings)
    return source


@pytest.mark.postgresql
def test_a_filled_database_moves_to_postgresql_and_back(
    filled: Place,
    place: Callable[..., Place],
    postgresql_server: PostgresqlServer,
    tmp_path: Path,
) -> None:
    rows, pages = filled.rows(), filled.pages()
    assert len(rows["listing"]) > 30
    assert len(rows["course_member"]) > 5

    there = place("there", postgresql_server.empty())
    there.restore(filled.write(tmp_path / "to.zip"))
    assert there.rows() == rows
    assert there.pages() == pages
    assert there.faults() == []

    back = place("back")
    back.restore(there.write(tmp_path / "from.zip"))
    assert back.rows() == rows
    assert back.pages() == pages
    assert back.faults() == []
    assert back.files() == filled.files()
    assert CONTRACT in back.files().values()


@pytest.mark.postgresql
def test_new_rows_go_on_where_the_backup_ended(
    place: Callable[..., Place], postgresql_server: PostgresqlServer, tmp_path: Path
) -> None:
    source = school(place)
    there = place("there", postgresql_server.empty())
    backup.write(source.database, source.settings, tmp_path / "b.zip")
    backup.restore(there.database, there.settings, tmp_path / "b.zip")
    with there.database.write() as session:
        session.add(Institution(slug="second", name="Second"))
    with there.database.read() as session:
        assert session.scalars(select(Institution.id).order_by(Institution.id)).all() == [1, 2]


def school(place: Callable[..., Place]) -> Place:
    source = place("source")
    migrate.upgrade(source.database)
    with source.database.write() as session:
        session.add(Institution(slug="main", name="Eastmoor University"))
    return source


def refused(place: Place, file: Path) -> str:
    with pytest.raises(Misconfigured) as caught:
        backup.restore(place.database, place.settings, file)
    return str(caught.value)


def test_nothing_is_written_over(place: Callable[..., Place], tmp_path: Path) -> None:
    source = school(place)
    backup.write(source.database, source.settings, tmp_path / "b.zip")
    before = source.rows()
    assert "not empty" in refused(source, tmp_path / "b.zip")
    assert source.rows() == before

    with source.database.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert "not empty" in refused(source, tmp_path / "b.zip")
    assert migrate.current(source.database) == "0001"


def test_a_backup_of_another_revision_or_of_something_else_is_refused(
    place: Callable[..., Place], tmp_path: Path
) -> None:
    source, target, file = school(place), place("target"), tmp_path / "b.zip"
    backup.write(source.database, source.settings, file)

    with zipfile.ZipFile(tmp_path / "old.zip", "w") as old:
        old.writestr(backup.MANIFEST, json.dumps({"version": "0.0.1", "revision": "0000"}))
    assert "restore it with that version, then upgrade" in refused(target, tmp_path / "old.zip")

    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("letter.txt", "Dear office")
    (tmp_path / "text.zip").write_text("no archive")
    for name in ("other.zip", "text.zip"):
        assert "is not a backup of CareerLink" in refused(target, tmp_path / name)


def test_a_backup_cannot_write_outside_the_files_folder(
    place: Callable[..., Place], tmp_path: Path
) -> None:
    source, target, file = school(place), place("target"), tmp_path / "b.zip"
    backup.write(source.database, source.settings, file)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("files/..", "x")
    assert "no upload" in refused(target, file)
    assert target.rows()["institution"] == []


def test_only_its_owner_can_read_a_backup(place: Callable[..., Place], tmp_path: Path) -> None:
    source, file = school(place), tmp_path / "b.zip"
    backup.write(source.database, source.settings, file)
    assert file.stat().st_mode & 0o077 == 0
    assert [p.name for p in tmp_path.glob("*.new")] == []


def test_sessions_and_tokens_stay_out(place: Callable[..., Place], tmp_path: Path) -> None:
    source, file = school(place), tmp_path / "b.zip"
    backup.write(source.database, source.settings, file)
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
    assert "tables/institution.jsonl" in names
    assert not {f"tables/{name}.jsonl" for name in backup.NOT_KEPT} & names
