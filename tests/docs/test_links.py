"""Every link leads somewhere, every picture is there, light enough, and used."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from tests.docs.pages import DOCS, NAMES, ROOT, headings, links, slugs, text

IMAGES = sorted((ROOT / "docs" / "images").iterdir())
LARGEST, ALL = 150_000, 900_000  # bytes


@pytest.mark.parametrize("name", NAMES)
def test_links_resolve(name: str) -> None:
    broken = []
    for target in links(name):
        if target.startswith(("https://", "http://", "mailto:")):
            continue
        place, _, anchor = target.partition("#")
        path = ((ROOT / name).parent / place).resolve() if place else ROOT / name
        if not path.exists() or (anchor and anchor not in slugs(path.relative_to(ROOT).as_posix())):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("name", NAMES)
def test_documents_that_are_named_exist(name: str) -> None:
    """In running text a document is named with or without its folder."""
    named = re.findall(r"`(?:docs/)?([\w.-]+\.md)`|\bdocs/([\w.-]+\.md)", text(name))
    known = {path.name for path in DOCS}
    assert {one or other for one, other in named} <= known


def test_the_index_leads_to_every_document() -> None:
    there = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert there <= set(links("docs/index.md"))


def test_the_two_readmes_have_the_same_structure() -> None:
    english, chinese = headings("README.md"), headings("README.zh-CN.md")
    assert [level for level, _ in english] == [level for level, _ in chinese]
    counted = ("![", "](", "\n- ", "\n| ", "\n1. ", "./run")
    assert [text("README.md").count(c) for c in counted] == [
        text("README.zh-CN.md").count(c) for c in counted
    ]
    assert [level for level, _ in headings("docs/users.md")] == [
        level for level, _ in headings("docs/users.zh-CN.md")
    ]


def test_a_chinese_document_shows_chinese_pictures() -> None:
    for name in NAMES:
        other = ".en.png" if name.endswith("zh-CN.md") else ".zh.png"
        shown = {target for target in links(name) if target.endswith(other)}
        assert {target.rpartition("/")[2] for target in shown} <= {
            "paper.zh.png"
        }  # a paper is always Chinese


def test_every_picture_says_what_it_shows() -> None:
    for name in NAMES:
        assert "![](" not in text(name)


def test_pictures_are_light_and_used() -> None:
    used = {target.rpartition("/")[2] for name in NAMES for target in links(name)}
    sizes = {path.name: path.stat().st_size for path in IMAGES}
    assert sizes.keys() <= used
    assert max(sizes.values()) < LARGEST and sum(sizes.values()) < ALL


@pytest.mark.parametrize("path", IMAGES, ids=lambda path: path.name)
def test_a_picture_is_of_a_phone_or_a_desk(path: object) -> None:
    with Image.open(path) as picture:  # type: ignore[arg-type]
        assert picture.format == "PNG" and picture.width in (2 * 390, 1280)
