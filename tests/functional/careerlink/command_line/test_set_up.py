"""Setting up: configuration, database, server. Every refusal is one line that says why."""

import socket
from pathlib import Path

import pytest

from careerlink import cli, migrate
from careerlink.db import Database
from tests.command_line import CommandLine, usual_tables, write_config

COMMANDS = [
    ("serve",),
    ("worker", "--once"),
    ("db", "check"),
    ("lti", "list"),
    ("lti", "keys", "rotate"),
    ("staff", "list"),
    ("audit", "verify"),
    ("outbox", "list"),
    ("outbox", "retry", "1"),
    ("sample", "load"),
    ("backup", "somewhere.zip"),
]


def test_a_new_database_is_set_up_once_with_an_institution(on_sqlite: CommandLine) -> None:
    assert "not set up yet" in on_sqlite.refused("db", "check")

    for _ in range(2):
        assert migrate.head() in on_sqlite("db", "upgrade").out
    on_sqlite("db", "check")
    assert on_sqlite("staff", "list", "--institution", "main", "--json").data == []
    assert "other" in on_sqlite.refused("staff", "list", "--institution", "other")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_an_unmigrated_database_is_named_with_what_to_do(
    on_sqlite: CommandLine, command: tuple[str, ...]
) -> None:
    assert "run `careerlink db upgrade`" in on_sqlite.refused(*command)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_database_that_does_not_answer_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    # Port 1 of this machine: nobody listens there.
    tables = usual_tables(tmp_path, "postgresql+psycopg://careerlink:secret@127.0.0.1:1/none")
    run = CommandLine(write_config(tmp_path / "c.toml", tables), capsys)
    line = run.refused(*command)
    assert "database: cannot be reached" in line
    assert "secret" not in line


def test_a_file_that_is_no_database_is_one_line(on_sqlite: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "new.db").write_bytes(b"something else entirely" * 100)
    assert "not a database" in on_sqlite.refused("db", "check")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("127.0.0.1:{taken}", "in use"),
        ("127.0.0.1:99999", "is not the number of a port"),
        ("127.0.0.1:http", "is not HOST:PORT"),
    ],
)
def test_an_address_that_is_taken_or_none_is_one_line(
    careerlink: CommandLine, address: str, said: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        assert said in careerlink.refused("serve", "--bind", address.format(taken=taken))


@pytest.mark.parametrize("name", ["DEMO_PORT", "DEMO_LMS_PORT"])
def test_a_demo_whose_port_is_taken_says_which_before_it_writes_anything(
    on_sqlite: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        ports = {"DEMO_PORT": free.getsockname()[1], "DEMO_LMS_PORT": free.getsockname()[1]}
        ports[name] = other.getsockname()[1]
        free.close()
        for each, port in ports.items():
            monkeypatch.setenv(each, str(port))
        monkeypatch.setenv("DEMO_DIR", str(tmp_path / "demo"))
        assert name in on_sqlite.refused("demo")
    assert not (tmp_path / "demo").exists()


def test_a_database_of_a_newer_version_is_named(
    careerlink: CommandLine, database: Database
) -> None:
    with database.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert "at 9999" in careerlink.refused("lti", "list")


def test_the_configuration_is_checked(careerlink: CommandLine) -> None:
    out = careerlink("config", "check").out
    assert "https://careerlink.example.edu" in out


def test_a_password_is_not_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = usual_tables(tmp_path, "postgresql+psycopg://careerlink:geheim@db/careerlink")
    out = CommandLine(write_config(tmp_path / "c.toml", tables), capsys)("config", "check").out
    assert "careerlink:***@db" in out


@pytest.mark.parametrize(
    ("table", "key", "value", "words"),
    [
        ("server", "public_ulr", "https://a.example", "server.public_ulr: unknown key"),
        ("serve", "port", 1, "serve: unknown key"),
        ("server", "public_url", "http://tool.example.edu", "must begin with https://"),
        ("server", "public_url", "https://tool.example.edu/", "must not end with a slash"),
        ("server", "secret_key", "short", "at least 32 characters"),
        ("server", "secret_key_file", "/etc/both", "either secret_key or secret_key_file"),
        ("database", "url", "mysql://db/careerlink", "database: url must begin with"),
        ("database", "url", "postgresql://a:b@c:d:e/f", "database: url cannot be read"),
        ("database", "pool_size", 0, "database.pool_size"),
        ("mail", "url", "pigeon:", "mail url must begin with"),
        ("files", "url", "s3://bucket", "files url must begin with"),
        ("lti", "allow_private_hosts", "perhaps", "lti.allow_private_hosts"),
    ],
)
def test_a_wrong_configuration_names_the_key(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    table: str,
    key: str,
    value: str | int,
    words: str,
) -> None:
    tables = usual_tables(tmp_path, f"sqlite:///{tmp_path}/new.db")
    tables.setdefault(table, {})[key] = value
    run = CommandLine(write_config(tmp_path / "c.toml", tables), capsys)
    assert words in run.refused("config", "check")


def test_every_fault_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_config(tmp_path / "c.toml", {"server": {"color": "red"}, "mali": {}})
    line = CommandLine(config, capsys).refused("config", "check")
    assert "server.public_url" in line
    assert "server.color" in line
    assert "mali" in line


def test_a_missing_or_broken_file_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = CommandLine(tmp_path / "none.toml", capsys)
    assert "none.toml cannot be read" in run.refused("config", "check")
    run.config.write_text("[server")
    assert "is not TOML" in run.refused("config", "check")


def test_the_environment_overrides_the_file_and_is_checked_as_strictly(
    on_sqlite: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREERLINK_SERVER__PUBLIC_URL", "https://other.example.edu")
    monkeypatch.setenv("CAREERLINK_DATABASE__URL", f"sqlite:///{tmp_path}/other.db")
    monkeypatch.setenv("CAREERLINK_LTI__PRIVATE_HOSTS", "lms.campus,other.campus")
    monkeypatch.setenv("CAREERLINK_SERVER__FORMER_URLS", "https://a.example,https://b.example")
    assert "https://other.example.edu" in on_sqlite("config", "check").out
    on_sqlite("db", "upgrade")
    assert (tmp_path / "other.db").exists()
    assert not (tmp_path / "new.db").exists()

    monkeypatch.setenv("CAREERLINK_SERVER__FORMER_URLS", "https://other.example.edu")
    said = on_sqlite.refused("config", "check")
    assert "former_urls must not hold the present public_url" in said
    monkeypatch.setenv("CAREERLINK_SERVER__FORMER_URLS", "http://a.example")
    assert "former_urls must be like https://" in on_sqlite.refused("config", "check")
    monkeypatch.delenv("CAREERLINK_SERVER__FORMER_URLS")
    monkeypatch.setenv("CAREERLINK_MAIL__COLOR", "red")
    assert "mail.color: unknown key" in on_sqlite.refused("config", "check")


def test_the_environment_alone_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for table, values in usual_tables(tmp_path, f"sqlite:///{tmp_path}/e.db").items():
        for key, value in values.items():
            monkeypatch.setenv(f"CAREERLINK_{table}__{key}".upper(), str(value))
    (tmp_path / "empty.toml").touch()
    monkeypatch.setenv("CAREERLINK_CONFIG", str(tmp_path / "empty.toml"))
    CommandLine(tmp_path / "empty.toml", capsys)("config", "check")


def test_sqlite_takes_one_web_process(on_sqlite: CommandLine) -> None:
    assert "use PostgreSQL" in on_sqlite.refused("serve", "--workers", "2")


@pytest.mark.parametrize(
    "arguments", [("nothing",), ("lti", "add"), ("serve", "--workers", "0"), ("lti", "--loud")]
)
def test_a_wrong_command_is_one_line(
    on_sqlite: CommandLine, arguments: tuple[str, ...]
) -> None:
    on_sqlite.refused(*arguments)


def test_help_names_the_commands(on_sqlite: CommandLine) -> None:
    out = on_sqlite("--help").out
    for command in (
        *("audit", "backup", "config", "db", "demo", "lti", "outbox", "restore"),
        *("sample", "serve", "staff", "worker"),
    ):
        assert f"\n  {command} " in out
    on_sqlite.refused()


def test_without_anything_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main([])
    assert capsys.readouterr().err.startswith("Usage:")


def test_sample_data_fill_an_empty_institution_once(careerlink: CommandLine) -> None:
    assert "partners and" in careerlink("sample", "load").out
    assert "has partners already" in careerlink.refused("sample", "load")


def test_the_worker_does_what_is_due_and_ends(careerlink: CommandLine) -> None:
    assert careerlink("worker", "--once").out == "0 deliveries tried\n"
    careerlink("staff", "grant", "a@example.edu")
    careerlink("worker", "--once")
    assert "0 waiting" in careerlink("audit", "verify").out
