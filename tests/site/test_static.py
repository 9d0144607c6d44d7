"""Static files: kept for a year by their digest, and packed for those who take it so."""

import gzip

import pytest
from django.templatetags.static import static
from django.test import Client

SHEET = "shangliang.css"


def fetched(**headers: str) -> tuple[bytes, dict[str, str]]:
    answer = Client().get(static(SHEET), headers=headers)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content), {k.lower(): v for k, v in answer.items()}  # type: ignore[attr-defined]


def test_the_style_sheet_comes_packed_and_plain() -> None:
    plain, plainly = fetched()
    packed, packedly = fetched(accept_encoding="gzip, deflate, br")
    assert gzip.decompress(packed) == plain and len(packed) * 3 < len(plain)
    assert (packedly["content-encoding"], packedly["content-length"]) == ("gzip", str(len(packed)))
    assert "content-encoding" not in plainly and plainly["content-length"] == str(len(plain))
    assert plainly["vary"] == packedly["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_its_address_carries_its_digest_so_that_it_may_be_kept(encoding: str) -> None:
    assert "?v=" in static(SHEET)
    assert "max-age=31536000" in fetched(accept_encoding=encoding)[1]["cache-control"]
