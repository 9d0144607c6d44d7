"""No formalism on the fingertip, and nothing of the machine it was written on."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {".git", ".hypothesis", ".venv", "var", "build", "dist", "__pycache__"}

# Check-in points, rankings, likes, time spent online.
FORMALISM = re.compile(
    r"打卡|积分|排名|排行|点赞|在线时长|浏览时长|活跃度"
    r"|\b(?:check-?in (?:points?|streaks?)|leaderboards?|rankings?|upvotes?|thumbs[- ]up|likes"
    r"|(?:online|screen)[- ]time|time (?:spent )?online|daily streaks?)\b",
    re.IGNORECASE,
)
# Folders of a machine; an address such as https://example.cn/home/ is none.
MACHINE = re.compile(r"(?<![\w.*}-])/(?:" + "|".join(["work", "root", "home", "Users"]) + r")/\w")


def files() -> list[Path]:
    return [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file() and not SKIPPED.intersection(path.relative_to(ROOT).parts) and path.suffix != ".mo"
    ]


def text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def found(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number} {match[0]}"
        for path in paths
        for number, line in enumerate(text(path).splitlines(), 1)
        for match in pattern.finditer(line)
    ]


def test_no_screen_counts_check_ins_points_ranks_or_likes() -> None:
    screens = [path for path in files() if path.suffix == ".po" or {"templates", "static"} & set(path.parts)]
    assert not found(FORMALISM, screens)


def test_no_file_names_a_folder_of_a_machine() -> None:
    assert not found(MACHINE, files())


@pytest.mark.parametrize("words", ["签到打卡", "积分排名", "top of the leaderboard", "3 likes"])
def test_formalism_is_noticed(words: str) -> None:
    assert FORMALISM.search(words)


@pytest.mark.parametrize("words", ["签到表", "agreed points", "it looks like rain", "同意"])
def test_ordinary_words_pass(words: str) -> None:
    assert not FORMALISM.search(words)
