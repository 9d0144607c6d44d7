"""A solution on one page: how likely everybody is to be drawn, by group, as a table and a picture beside it.

HTML and SVG with presentation attributes only: no script, no foreign fonts, prints on A4.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np

from shangliang.panel.draw import Published
from shangliang.panel.problem import Problem
from shangliang.panel.solve import Solution

INK, SOFT, RULE, BLUE, ORANGE = "#1f2328", "#57606a", "#d8d4cc", "#0072b2", "#d55e00"
WIDTH, LEFT, RIGHT, LINE = 760, 230, 90, 26
_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width">
<style>body{{font:16px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1f2328;max-width:760px;
margin:24px auto;padding:0 16px}}h1{{font-size:24px}}table{{border-collapse:collapse;width:100%}}
td,th{{border-bottom:1px solid #d8d4cc;padding:2px 8px;text-align:right;font-variant-numeric:tabular-nums}}
td:first-child,th:first-child{{text-align:left}}code{{overflow-wrap:anywhere}}svg{{width:100%;height:auto}}
@media print{{@page{{size:A4;margin:14mm}}body{{font-size:11px;margin:0}}}}</style></head>
<body>{body}</body></html>
"""
_ZH = {
    "title": "谁会被抽中：每个人的机会", "seats": "名额", "people": "可抽的人", "least": "机会最小的人", "bound": "任何办法能做到的上限",
    "gap": "相差", "group": "分组", "in_pool": "名单", "quota": "名额", "mean": "平均机会", "range": "最小到最大",
    "digest": "公示文件的指纹（SHA-256）", "panels": "公示 {n} 组，每组机会相同；机会最小的人在其中 {k} 组里。",
    "proven": "已证明：在这些名额之下，没有更公平的抽法。", "open": "时间用完：最小机会离上限还差 {gap}；其余各层没有全部证明。",
    "nowhere": "有 {n} 人按这些名额怎么也坐不进去：{ids}", "all": "各组机会（点为平均，线为最小到最大）",
}  # fmt: skip
_EN = {
    "title": "Who may be drawn: everybody's chance", "seats": "Seats", "people": "People who can be drawn",
    "least": "Smallest chance", "bound": "Bound for any method", "gap": "Difference", "group": "Group",
    "in_pool": "Pool", "quota": "Quota", "mean": "Mean chance", "range": "Smallest to largest",
    "digest": "Digest of the published file (SHA-256)",
    "panels": "{n} panels are published, all equally likely; the least favoured person sits in {k} of them.",
    "proven": "Proven: with these quotas no fairer draw exists.",
    "open": "Time ran out: the smallest chance is {gap} from the bound; the other levels are not all proven.",
    "nowhere": "{n} people fit no panel under these quotas: {ids}",
    "all": "Chances by group (dot: mean, line: smallest to largest)",
}  # fmt: skip


@dataclass(frozen=True)
class Group:
    """One value of one category: how many are in the pool, their quota, their smallest, mean and largest chance."""

    category: str
    value: str
    people: int
    low: int
    high: int
    least: float
    mean: float
    most: float


def groups(solution: Solution) -> list[Group]:
    """Chances by group, people who are recused or must sit not counted."""
    problem: Problem = solution.problem
    drawn = np.array([p.id not in problem.without and p.id not in problem.must for p in problem.people], bool)
    found = []
    for q in problem.quotas:
        place = problem.categories.index(q.category)
        here = drawn & np.array([p.values[place] == q.value for p in problem.people], bool)
        part = solution.chances[here] if here.any() else np.zeros(1)
        found.append(
            Group(q.category, q.value, int(here.sum()), q.low, q.high,
                  float(part.min()), float(part.mean()), float(part.max()))
        )  # fmt: skip
    return found


def svg(solution: Solution, lang: str = "zh") -> str:
    """The chances by group: a line from the smallest to the largest, a dot at the mean, the numbers beside it."""
    rows = groups(solution)
    words = _ZH if lang == "zh" else _EN
    top = max([*(g.most for g in rows), 1e-9])
    span = WIDTH - LEFT - RIGHT
    height = 34 + LINE * len(rows) + 26
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-size="14"'
        f" font-family=\"'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif\" fill=\"{INK}\">",
        f"<title>{escape(words['all'])}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="0" y="18" font-weight="bold">{escape(words["all"])}</text>',
    ]
    for n, g in enumerate(rows):
        y = 34 + LINE * n + LINE / 2
        x0, x1, x2 = (LEFT + span * value / top for value in (g.least, g.mean, g.most))
        label = f"{g.category}：{g.value}" if lang == "zh" else f"{g.category}: {g.value}"
        parts.append(f'<path d="M{LEFT} {y + LINE / 2:g}H{WIDTH}" stroke="{RULE}" stroke-width=".5"/>')
        parts.append(f'<text x="0" y="{y + 5:g}">{escape(_short(label))}</text>')
        if g.people:
            parts.append(
                f'<path d="M{x0:.1f} {y:g}H{max(x2, x0 + 1):.1f}" stroke="{BLUE}" stroke-width="3"/>'
            )
            parts.append(f'<circle cx="{x1:.1f}" cy="{y:g}" r="5" fill="{ORANGE}"/>')
            parts.append(f'<text x="{WIDTH}" y="{y + 5:g}" text-anchor="end">{g.mean:.1%}</text>')
        else:
            parts.append(f'<text x="{WIDTH}" y="{y + 5:g}" text-anchor="end" fill="{SOFT}">—</text>')
    y = height - 8
    parts.append(f'<text x="{LEFT}" y="{y}" fill="{SOFT}">0</text>')
    parts.append(f'<text x="{LEFT + span}" y="{y}" text-anchor="end" fill="{SOFT}">{top:.1%}</text>')
    return "\n".join([*parts, "</svg>"])


def page(solution: Solution, published: Published | None = None, lang: str = "zh") -> str:
    """The report as one HTML page."""
    words = _ZH if lang == "zh" else _EN
    open_ = sum(len(members) for members in solution.shape.members)
    facts = [
        (words["seats"], str(solution.problem.size)), (words["people"], str(open_)),
        (words["least"], f"{solution.achieved:.4%}"), (words["bound"], f"{solution.bound:.4%}"),
        (words["gap"], f"{solution.gap:.1e}"),
    ]  # fmt: skip
    body = [f"<h1>{escape(words['title'])}</h1>", "<table>"]
    body += [f"<tr><td>{escape(name)}</td><td>{value}</td></tr>" for name, value in facts]
    body.append("</table>")
    told = words["proven"] if solution.proven else words["open"].format(gap=f"{solution.gap:.1e}")
    body.append(f"<p>{escape(told)}</p>")
    if solution.nowhere:
        ids = " ".join(solution.nowhere[:20])
        body.append(f"<p>{escape(words['nowhere'].format(n=len(solution.nowhere), ids=ids))}</p>")
    if published is not None:
        told = words["panels"].format(n=len(published.panels), k=published.least)
        body.append(f"<p>{escape(told)}<br>{escape(words['digest'])}<br><code>{published.digest}</code></p>")
    body += [svg(solution, lang), "<table><tr>"]
    body += [f"<th>{escape(words[name])}</th>" for name in ("group", "in_pool", "quota", "mean", "range")]
    body.append("</tr>")
    for g in groups(solution):
        label = f"{g.category}：{g.value}" if lang == "zh" else f"{g.category}: {g.value}"
        body.append(
            f"<tr><td>{escape(label)}</td><td>{g.people}</td><td>{g.low}–{g.high}</td><td>{g.mean:.2%}</td>"
            f"<td>{g.least:.2%} – {g.most:.2%}</td></tr>"
        )
    body.append("</table>")
    return _PAGE.format(
        lang="zh-Hans" if lang == "zh" else "en", title=escape(words["title"]), body="\n".join(body)
    )


def _short(text: str) -> str:
    """A label that fits beside the picture; a Chinese sign counts double."""
    room = 30
    for n, sign in enumerate(text):
        room -= 2 if ord(sign) > 0x2E7F else 1
        if room < 0:
            return text[:n] + "…"
    return text
