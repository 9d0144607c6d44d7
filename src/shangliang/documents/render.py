"""Lays a sheet out: as HTML to look at, as PDF to print. Both come from one template and one stylesheet.

The same sheet gives the same bytes each time: nothing of the hour of printing goes into a paper.
"""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from shangliang.documents import papers
from shangliang.documents.sheet import Sheet
from shangliang.errors import Broken

STYLE = Path(__file__).resolve().parent / "static" / "documents" / "paper.css"
SHOWN_DIGITS = 16
"""Digits of a digest that are printed; the square code carries all of them."""

_one_at_a_time = threading.Lock()  # Pango's font maps are not made for several threads


def html(sheet: Sheet, blank: bool = False, lang: str | None = None) -> str:
    """A whole page with the paper on it. ``blank`` gives the empty form of the same paper instead. Papers are Chinese;
    ``lang`` (else the current language) only names the page."""
    sheet = papers.blank(sheet.paper) if blank else sheet
    return render_to_string("documents/page.html", _context(sheet, lang))


def fragment(sheet: Sheet, blank: bool = False) -> SafeString:
    """The paper alone, to be laid into another page that links ``documents/paper.css``."""
    sheet = papers.blank(sheet.paper) if blank else sheet
    return mark_safe(render_to_string(f"documents/{sheet.family}.html", _context(sheet, None)))


def pdf(sheet: Sheet, blank: bool = False) -> bytes:
    """The paper as PDF, the same bytes for the same sheet.

    Raises Broken where this machine cannot make PDF; the HTML of the paper can still be printed from the browser.
    """
    engine = _engine()
    sheet = papers.blank(sheet.paper) if blank else sheet
    text = render_to_string("documents/page.html", _context(sheet, "zh-hans") | {"printing": True})
    identifier = hashlib.sha256(text.encode()).hexdigest()[:32]
    with _one_at_a_time:
        page = engine.HTML(string=text, base_url="paper:///", url_fetcher=_refuse)
        made = page.write_pdf(
            stylesheets=[_style()], font_config=_fonts(), pdf_identifier=identifier.encode(), full_fonts=False
        )
    return bytes(made)


def digest_of(data: bytes) -> str:
    """SHA-256 of a PDF, for whoever keeps one."""
    return hashlib.sha256(data).hexdigest()


def filename(sheet: Sheet) -> str:
    """What the PDF is called when it is saved: 会议记录-柳河村-20261122.pdf."""
    parts = [
        papers.spec(sheet.paper).zh,
        sheet.number or sheet.unit,
        sheet.on.strftime("%Y%m%d") if sheet.on else "",
    ]
    if sheet.blank:
        parts = [parts[0], "空白表"]
    return "-".join("".join(c for c in p if c not in '\\/:*?"<>|') for p in parts if p) + ".pdf"


def check_address(digest: str) -> str:
    """Where a printed digest is checked."""
    return f"{settings.PUBLIC_URL}/check/?d={digest}"


def qr(text: str) -> SafeString:
    """A square code as inline SVG, black on white, without size: the stylesheet gives it one."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        border=2,
        lineclass=None,
        svgclass="qr",
        light="#fff",
    )
    return mark_safe(out.getvalue().decode().strip())


def _context(sheet: Sheet, lang: str | None) -> dict[str, Any]:
    chinese = (lang or get_language() or "zh").startswith("zh")
    spec = papers.spec(sheet.paper)
    proof = sheet.proof
    return {
        "sheet": sheet,
        "body": f"documents/{sheet.family}.html",
        "name": spec.zh if chinese else spec.en,
        "qr": qr(check_address(proof.digest)) if proof else "",
        "digits": _groups(proof.digest) if proof else "",
        "host": urlsplit(settings.PUBLIC_URL).netloc,
        "site": settings.PUBLIC_URL,
    }


def _groups(digest: str) -> str:
    shown = digest[:SHOWN_DIGITS]
    return " ".join(shown[i : i + 4] for i in range(0, len(shown), 4))


@lru_cache(maxsize=1)
def _engine() -> ModuleType:
    try:
        import weasyprint
    except (ImportError, OSError) as error:  # Pango and its friends are found when the library is loaded
        raise Broken(
            "这台服务器缺少生成 PDF 的组件（WeasyPrint 或 Pango），请管理员安装；现在可以打开预览页，用浏览器打印。",
            "This server lacks WeasyPrint or Pango, which make PDF; until they are installed, open the preview and print it"
            " from the browser.",
        ) from error
    return weasyprint


@lru_cache(maxsize=1)
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@lru_cache(maxsize=1)
def _style() -> Any:
    printed, _, _ = STYLE.read_text(encoding="utf-8").partition("/* On the screen only")
    return _engine().CSS(string=printed, font_config=_fonts(), url_fetcher=_refuse)


def _refuse(url: str, *_: Any, **__: Mapping[str, Any]) -> Any:
    """A paper fetches nothing: its style is handed over, its drawings and codes are inside it."""
    raise ValueError(f"a paper fetches nothing, not even {url}")
