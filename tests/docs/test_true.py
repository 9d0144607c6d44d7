"""What the documents say of the code: excerpts, commands, settings, names on the screen, functions."""

from __future__ import annotations

import argparse
import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import polib
import pytest
from tests.docs.pages import NAMES, ROOT, SOURCE, headings, prose, text

from shangliang.site import cli
from shangliang.site.environment import Environment
from shangliang.site.working import Settings

EXCERPT = re.compile(r"^`([\w./-]+)`\n```\w*\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
EXCERPTS = [(name, path, code) for name in NAMES for path, code in EXCERPT.findall(text(name))]


@pytest.mark.parametrize(("name", "path", "code"), EXCERPTS, ids=[f"{n}:{p}" for n, p, _ in EXCERPTS])
def test_an_excerpt_stands_in_its_file(name: str, path: str, code: str) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    for part in code.split("\n…\n"):
        assert part in source, f"{name} shows what {path} no longer says:\n{part}"


def test_one_feature_is_walked_through_every_sort_of_file() -> None:
    walked = {path for name, path, _ in EXCERPTS if name == "docs/contributing.md"}
    for part in ("acts/catalogue/", "acts/checks", "cases/models", "web/public/", "templates/", ".po", "documents/sheets/",
                 "docs/acts.md", "tests/acts/", "tests/web/"):  # fmt: skip
        assert any(part in path for path in walked), part


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def commands() -> dict[str, argparse.ArgumentParser]:
    top = cli.parser(cli.registry())
    (words,) = [a for a in top._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(words.choices)


def options_of(command: argparse.ArgumentParser) -> set[str]:
    """The options of a command and of its own commands (`procedure check`)."""
    found = {option for action in command._actions for option in action.option_strings}
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            found |= {o for inner in action.choices.values() for o in options_of(inner)}
    return found


USED = re.compile(r"(?:^|[\s`/])(?:\./run|shangliang) ([a-z]+)\b([^`\n]*)", re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_commands_exist(name: str) -> None:
    for word, rest in USED.findall(text(name)):
        if word == "test":  # ./run test ARGS: pytest's own
            for path in re.findall(r"tests/[\w/.]*", rest):
                assert (ROOT / path).exists(), path
            continue
        assert word in commands(), f"{name}: {word}"
        named = set(re.findall(r"(?<=\s)--[a-z-]+", rest.partition("&&")[0].partition("#")[0]))
        assert named <= options_of(commands()[word]), f"{name}: shangliang {word}{rest}"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_commands_of_a_readme_can_be_typed(name: str) -> None:
    typed = re.findall(r"(?:^    |`)\./run ([^`\n]+)", text(name), re.MULTILINE)
    assert {line.split()[0] for line in typed} >= {"demo", "test", "verify", "procedure"}
    for line in typed:
        if not line.startswith("test"):
            cli.parser(cli.registry()).parse_args(line.split())


# ── settings ─────────────────────────────────────────────────────────────────────────────────────────────────────────

DEVELOPMENT = {"SHANGLIANG_"}  # the prefix itself


def settings_in_code() -> set[str]:
    """Fields of the classes that read the environment, and every name written out."""
    classes = (Environment, Settings)
    fields = {f"SHANGLIANG_{field.upper()}" for each in classes for field in each.model_fields}
    sources = [*SOURCE.rglob("*.py"), ROOT / "run"]
    written = {
        n for path in sources for n in re.findall(r"SHANGLIANG_[A-Z_]*", path.read_text(encoding="utf-8"))
    }
    return (fields | written) - DEVELOPMENT


def test_no_other_class_reads_the_environment() -> None:
    readers = [p for p in SOURCE.rglob("*.py") if "(BaseSettings)" in p.read_text(encoding="utf-8")]
    assert {p.name for p in readers} == {"environment.py", "working.py"}


def test_every_setting_has_its_line_for_operators() -> None:
    rows = "\n".join(
        line for line in text("docs/operators.md").splitlines() if line.startswith("| `SHANGLIANG_")
    )
    told = set(re.findall(r"`(SHANGLIANG_[A-Z_]+)`", rows))
    assert told == settings_in_code()


@pytest.mark.parametrize("name", NAMES)
def test_settings_that_are_named_exist(name: str) -> None:
    assert set(re.findall(r"SHANGLIANG_[A-Z_]*[A-Z]", text(name))) <= settings_in_code()


# ── what stands on the screen ────────────────────────────────────────────────────────────────────────────────────────


@cache
def screen() -> dict[str, str]:
    po = polib.pofile(SOURCE / "web" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po")
    return {entry.msgid: entry.msgstr for entry in po}


def english_names(name: str) -> set[str]:
    return {words.replace("\n", " ") for words in re.findall(r"\*\*([^*]+)\*\*", prose(name))}


def chinese_names(name: str) -> set[str]:
    return set(re.findall(r"【([^】]+)】", prose(name)))


def test_pages_and_buttons_are_called_so() -> None:
    assert english_names("docs/users.md") <= screen().keys()
    for name in ("docs/users.zh-CN.md", "README.zh-CN.md"):
        assert chinese_names(name) <= set(screen().values())


def test_both_languages_speak_of_the_same_pages() -> None:
    assert {screen()[n] for n in english_names("docs/users.md")} == chinese_names("docs/users.zh-CN.md")


def test_the_tour_names_what_is_there() -> None:
    tour = text("README.md").partition("## A tour")[2].partition("\n## ")[0]
    assert set(re.findall(r"\*\*([^*]+)\*\*", tour)) <= screen().keys()
    demo = "".join(path.read_text(encoding="utf-8") for path in (SOURCE / "site").glob("**/*.py"))
    for words in re.findall(r"[\u4e00-\u9fff]{2,}", tour):
        assert words in demo, words


# ── functions and files ──────────────────────────────────────────────────────────────────────────────────────────────

ROOMS = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}


def found(dotted: str) -> Any:
    """The module or the thing in it that a dotted name means; a model may be named by its room."""
    room, _, rest = dotted.partition(".")
    for there in (f"shangliang.{dotted}", f"shangliang.{room}.models.{rest}"):
        with suppress(ImportError, AttributeError):
            return resolve_name(there)
    raise AssertionError(f"there is no {dotted}")


@pytest.mark.parametrize("name", NAMES)
def test_functions_that_are_named_exist(name: str) -> None:
    for dotted in re.findall(r"`(\w+(?:\.\w+)+)(?:\([^`]*)?`", prose(name)):
        if dotted.split(".")[0] in ROOMS and not dotted.endswith((".py", ".md", ".toml")):
            assert found(dotted)


@pytest.mark.parametrize("name", NAMES)
def test_files_that_are_named_exist(name: str) -> None:
    for path in re.findall(r"`((?:[\w-]+/)+[\w.-]*)`", prose(name)):
        places = (ROOT, SOURCE, ROOT / "docs")
        if path.split("/")[0] in ROOMS | {"docs", "tests", "src", "requirements", "bench"}:
            assert any((place / path).exists() for place in places), path


def test_the_diagram_names_functions_of_the_code() -> None:
    diagram = (
        text("docs/architecture.md")
        .partition("## From a form to a page")[2]
        .partition("```\n")[2]
        .partition("```")[0]
    )
    rooms = (SOURCE / "acts", SOURCE / "record")
    source = "\n".join(p.read_text(encoding="utf-8") for room in rooms for p in room.glob("*.py"))
    names = re.findall(r"^   (\w+) {2,}", diagram, re.MULTILINE)
    assert {"_one", "_lock", "look", "_write"} <= {*names}
    for name in {*names} | {
        "_who",
        "_when",
        "_what",
        "_procedure",
        "judge",
        "seal_texts",
        "append",
        "apply",
        "tell",
    }:
        assert f"def {name}(" in source, name


# ── the rest ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_changelog_has_what_is_not_released() -> None:
    sections = [words for level, words in headings("CHANGELOG.md") if level == 2]
    assert sections[0] == "[Unreleased]"
    first = text("CHANGELOG.md").partition("## [Unreleased]")[2].partition("\n## ")[0]
    assert "### Added" in first and first.count("\n- ") >= 5


def test_no_excerpt_is_endless() -> None:
    for name, path, code in EXCERPTS:
        assert len(code.splitlines()) <= 40, f"{name}: {path}"


def test_documents_end_with_a_line_and_hold_no_tabs() -> None:
    for name in NAMES:
        assert text(name).endswith("\n") and "\t" not in text(name), name
    assert Path(ROOT / "LICENSE").read_text(encoding="utf-8").lstrip().startswith("Apache License")
