"""Configuration: one TOML file, any key also as ``CAREERLINK_<TABLE>__<KEY>``."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from careerlink.errors import Misconfigured

PREFIX = "CAREERLINK_"
ENVIRONMENT_FILE = "CAREERLINK_CONFIG"
LISTS = ("private_hosts", "former_urls")
"""Keys whose environment variable holds several values, parted by commas."""
LOOPBACK = ("http://127.0.0.1", "http://localhost", "http://[::1]")
OPEN_MAILBOX = ("127.0.0.1", "localhost", "::1")


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Server(Table):
    public_url: str
    """Address under which browsers and platforms reach CareerLink, without a final slash."""
    former_urls: list[str] = []
    """Addresses it had before; an LMS that still names them keeps working."""
    secret_key: str = ""
    secret_key_file: Path | None = None

    @model_validator(mode="after")
    def _check(self) -> "Server":
        if not self.public_url.startswith(("https://", *LOOPBACK)):
            raise ValueError("public_url must begin with https:// (http:// only on loopback)")
        if self.public_url.endswith("/"):
            raise ValueError("public_url must not end with a slash")
        for former in self.former_urls:
            if not former.startswith(("https://", *LOOPBACK)) or former.endswith("/"):
                raise ValueError(
                    "former_urls must be like https://old.example.edu, without a final slash"
                )
            if former == self.public_url:
                raise ValueError("former_urls must not hold the present public_url")
        if bool(self.secret_key) == bool(self.secret_key_file):
            raise ValueError("give either secret_key or secret_key_file")
        if len(self.secret) < 32:
            raise ValueError("the secret key needs at least 32 characters")
        return self

    @property
    def secret(self) -> str:
        if self.secret_key_file is None:
            return self.secret_key
        try:
            return self.secret_key_file.read_text().strip()
        except OSError as exc:
            raise ValueError(f"secret_key_file cannot be read: {exc.strerror}") from exc


class DatabaseTable(Table):
    url: str = "sqlite:///careerlink.db"
    pool_size: int = Field(default=10, ge=1, le=200)

    @model_validator(mode="after")
    def _check(self) -> "DatabaseTable":
        if not self.url.startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://")):
            raise ValueError("url must begin with sqlite:/// or postgresql+psycopg://")
        try:
            make_url(self.url)
        except (ArgumentError, ValueError) as exc:
            raise ValueError("url cannot be read; %-encode special characters") from exc
        return self


class Mail(Table):
    url: str = "console:"
    """``smtp://user:pw@host:587``, ``smtps://…``, ``file:///directory`` or ``console:``."""
    sender: str = "CareerLink <careerlink@localhost>"
    bounces: str = ""
    """``imaps://user:pw@host/INBOX``, where reports of failed mail come to; empty: nowhere."""

    @model_validator(mode="after")
    def _check(self) -> "Mail":
        if not self.url.startswith(("smtp://", "smtps://", "file:///", "console:")):
            raise ValueError("mail url must begin with smtp://, smtps://, file:/// or console:")
        mailbox = urlsplit(self.bounces)
        is_open = mailbox.scheme == "imap" and mailbox.hostname in OPEN_MAILBOX
        if self.bounces and mailbox.scheme != "imaps" and not is_open:
            raise ValueError("bounces must begin with imaps:// (imap:// only on loopback)")
        return self


class Files(Table):
    url: str = "file:///var/lib/careerlink/files"
    max_megabytes: int = Field(default=25, ge=1, le=500)

    @model_validator(mode="after")
    def _check(self) -> "Files":
        if not self.url.startswith("file:///"):
            raise ValueError("files url must begin with file:///")
        return self


class Lti(Table):
    allow_private_hosts: bool = False
    private_hosts: list[str] = []


class SignIn(Table):
    """Campus sign-in for career staff by OpenID Connect; empty issuer: LMS launches only."""

    issuer: str = ""
    client_id: str = ""
    client_secret: str = ""


class Settings(Table):
    server: Server
    database: DatabaseTable = DatabaseTable()
    mail: Mail = Mail()
    files: Files = Files()
    lti: Lti = Lti()
    sign_in: SignIn = SignIn()


def load(path: Path | None, environment: Mapping[str, str] | None = None) -> Settings:
    """Read ``path`` and lay the environment over it.

    :raises Misconfigured: with every fault and its key, in one line.
    """
    environment = os.environ if environment is None else environment
    try:
        return Settings.model_validate(_overlay(_read(path), environment))
    except ValidationError as exc:
        faults = "; ".join(_fault(e["loc"], e["msg"]) for e in exc.errors())
        raise Misconfigured(f"configuration: {faults}") from exc


def _read(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text())
    except OSError as exc:
        raise Misconfigured(f"configuration: {path} cannot be read: {exc.strerror}") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise Misconfigured(f"configuration: {path} is not TOML: {exc}") from exc


def _overlay(values: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    for name, value in environment.items():
        if not name.startswith(PREFIX) or "__" not in name:
            continue
        table, key = name.removeprefix(PREFIX).lower().split("__", 1)
        given = values.setdefault(table, {})
        if not isinstance(given, dict):
            raise Misconfigured(f"configuration: {table} must be a table")
        given[key] = value.split(",") if key in LISTS else value
    return values


def _fault(location: tuple[int | str, ...], message: str) -> str:
    if message == "Extra inputs are not permitted":
        message = "unknown key"
    return (
        f"{'.'.join(str(part) for part in location)}: {message.removeprefix('Value error, ')}"
    )
