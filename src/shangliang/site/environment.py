"""What an operator may set: the ``SHANGLIANG_…`` environment variables."""

import os
import secrets
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from pydantic import ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

# pytest sets this for the whole run and for the processes it starts.
TESTING = "PYTEST_VERSION" in os.environ

PRAGMAS = (
    # An act changes a row or two on each of some sixteen pages, and a commit writes whole pages. Of a new file only.
    "PRAGMA page_size=2048",
    "PRAGMA journal_mode=WAL",
    # Every commit reaches the disk: an act that was confirmed survives a power cut.
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-20000",
    "PRAGMA mmap_size=268435456",
    "PRAGMA journal_size_limit=67108864",
    # The log is carried over at as many bytes as is usual with larger pages.
    "PRAGMA wal_autocheckpoint=2000",
)


class Environment(BaseSettings):
    """Settings read from the environment; an empty variable counts as not set."""

    model_config = SettingsConfigDict(env_prefix="SHANGLIANG_", env_ignore_empty=True)

    data_dir: Path = Path("var/test" if TESTING else "var")
    secret_key: str = ""
    # "sqlite" (a file in data_dir), a postgres:// address, or "postgres-embedded" (development and tests).
    database: str = "sqlite"
    demo: bool = False
    debug: bool = False
    allowed_hosts: Annotated[list[str], NoDecode] = []
    # Where people reach the site, without a trailing slash; printed in QR codes and notices.
    public_url: str = "http://127.0.0.1:8000"
    digest: Literal["sha256", "sm3"] = "sha256"
    time_zone: str = "Asia/Shanghai"

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def split_hosts(cls, value: Any) -> Any:
        return value.replace(",", " ").split() if isinstance(value, str) else value

    @field_validator("public_url")
    @classmethod
    def check_public_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("give a full address such as https://shangliang.example.cn")
        return value.rstrip("/")

    @field_validator("database")
    @classmethod
    def check_database(cls, value: str) -> str:
        if value in ("sqlite", "postgres-embedded") or urlsplit(value).scheme in ("postgres", "postgresql"):
            return value
        raise ValueError("give sqlite, postgres-embedded or a postgres:// address")

    @model_validator(mode="after")
    def complete(self) -> Self:
        self.data_dir = self.data_dir.expanduser().resolve()
        if not self.secret_key:
            kept = self.data_dir / "secret_key"
            if not (self.demo or self.debug or TESTING or kept.exists()):
                raise ValueError(
                    f"give SHANGLIANG_SECRET_KEY 50 or more random characters, or put them into {kept}"
                )
            self.secret_key = own_secret(kept)
        if len(self.secret_key) < 32:
            raise ValueError("the secret key is too short: give 50 or more random characters")
        return self

    @property
    def origin(self) -> str:
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def hosts(self) -> list[str]:
        local = ["localhost", "127.0.0.1", "[::1]"]
        return list(dict.fromkeys([*self.allowed_hosts, urlsplit(self.public_url).hostname or "", *local]))

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https:") or not (self.demo or self.debug)

    def database_settings(self) -> dict[str, Any]:
        """The ``default`` entry of Django's ``DATABASES``."""
        if self.database == "sqlite":
            return sqlite_settings(self.data_dir / "shangliang.sqlite3")
        if self.database == "postgres-embedded":
            from shangliang.site.embedded import start

            return postgres_settings(start(self.data_dir / "postgres"))
        return postgres_settings(self.database)


def own_secret(path: Path) -> str:
    """The random key kept in ``path``, readable by its owner only; made on first use."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(fresh, path)  # atomic: of several processes starting at once, one key wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="ascii").strip()


def sqlite_settings(path: Path) -> dict[str, Any]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)  # SQLite gives its side files the same mode
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": ";".join(PRAGMAS)},
    }


def postgres_settings(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    # Whether the server may keep plans of statements for a connection; a pooler that hands a connection from one to
    # another in between cannot have that: ?prepare_threshold=none
    threshold = str(options.get("prepare_threshold", 5))
    options["prepare_threshold"] = int(threshold) if threshold.isdecimal() else None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "shangliang",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket's folder comes as ?host=…
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def load() -> Environment:
    """Read the environment; every mistake in it is named in one ``ImproperlyConfigured``."""
    try:
        return Environment()
    except ValidationError as error:
        raise ImproperlyConfigured("; ".join(sentence(mistake) for mistake in error.errors())) from None


def sentence(mistake: Any) -> str:
    message = mistake["msg"].removeprefix("Value error, ")
    name = "_".join(map(str, mistake["loc"])).upper()
    return f"SHANGLIANG_{name}: {message}" if name else message
