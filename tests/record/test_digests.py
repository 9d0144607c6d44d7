"""SHA-256 and SM3, here and in the stand-alone verifier."""

import hashlib
import random
from pathlib import Path

import pytest

from shangliang.errors import Broken, Malformed
from shangliang.record import digests, shangliang_verify

ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_sm3_has_the_digest_of_the_standard() -> None:
    assert digests.digest("sm3", "abc") == shangliang_verify.sm3(b"abc") == ABC
    assert digests.digest("sm3", b"abcd" * 16) == shangliang_verify.sm3(b"abcd" * 16)


def test_both_implementations_of_sm3_agree_at_every_length() -> None:
    source = random.Random(3)
    for length in range(200):
        data = source.randbytes(length)
        assert shangliang_verify.sm3(data) == hashlib.new("sm3", data).hexdigest()


def test_a_commitment_can_be_recomputed_by_hand() -> None:
    salt, text = "5a" * 32, "村口路灯"
    assert digests.commitment("sha256", salt, text) == hashlib.sha256((salt + text).encode()).hexdigest()


def test_an_unknown_algorithm_is_refused() -> None:
    with pytest.raises(Malformed):
        digests.digest("md5", "abc")


def test_an_openssl_without_sm3_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(name: str, data: bytes = b"") -> None:
        raise ValueError(f"unsupported hash type {name}")

    digests.hasher.cache_clear()
    monkeypatch.setattr(hashlib, "new", lacking)
    with pytest.raises(Broken, match="OpenSSL"):
        digests.digest("sm3", "abc")
    assert digests.digest("sha256", "abc").startswith("ba7816bf")
    # The stand-alone verifier goes on with its own.
    assert shangliang_verify.hash_function("sm3")("abc") == ABC
    monkeypatch.undo()
    digests.hasher.cache_clear()


def test_the_stand_alone_verifier_stands_alone() -> None:
    source = Path(shangliang_verify.__file__).read_text(encoding="utf-8")
    assert "import shangliang" not in source and "from shangliang" not in source and "django" not in source
