"""Two methods side by side on the same answers: what they find, how well they guess hidden answers, how stable they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

import numpy as np

from shangliang.consensus import Method, OpinionMap, map_opinions
from shangliang.consensus.arrays import Ints
from shangliang.consensus.measures import adjusted_rand, area_under_curve, rank_correlation, root_mean_square
from shangliang.consensus.schema import number
from shangliang.site import consensus_drawing as drawing
from shangliang.site.consensus_reading import Conversation
from shangliang.site.consensus_report import STYLE, percent, table
from shangliang.site.consensus_words import WORDS

TIMES = 5  # how often a tenth of the answers is hidden
TOP = 10


def compare(
    found: Conversation, ours: OpinionMap, theirs: OpinionMap, seed: int, progress: Callable[[str], None]
) -> dict[str, Any]:
    """Both maps in figures; hiding a tenth of the answers is done with the same tenths for both."""
    told = {}
    for opinions in (ours, theirs):
        hidden = _hidden(found, opinions, seed, progress)
        told[opinions.method] = _figures(opinions) | hidden
    both = (ours.participants.group >= 0) & (theirs.participants.group >= 0)
    common = set(_top(ours)) & set(_top(theirs))
    return {
        "methods": told,
        "same_groups": number(adjusted_rand(ours.participants.group[both], theirs.participants.group[both]))
        if ours.groups and theirs.groups and both.any()
        else None,
        "same_top": len(common),
        "top": {opinions.method: _top(opinions) for opinions in (ours, theirs)},
    }


def _figures(o: OpinionMap) -> dict[str, Any]:
    p = o.participants
    radius = np.hypot(p.x[p.placed], p.y[p.placed])
    return {
        "groups": [g.size for g in o.groups],
        "radius_by_answers": number(rank_correlation(p.answers[p.placed], radius)),
        "seconds": {name: number(s) for name, s in o.timings.items()},
    }


def _hidden(found: Conversation, o: OpinionMap, seed: int, progress: Callable[[str], None]) -> dict[str, Any]:
    """Error and area under the curve on hidden answers, and the adjusted Rand index of the groups found without them."""
    votes = o.votes
    people, columns = np.repeat(np.arange(votes.people), votes.answers), votes.column.astype(np.int64)
    errors, areas, stable = [], [], []
    for i in range(TIMES):
        progress(f"{o.method} {i + 1}/{TIMES}")
        keep = np.random.default_rng((seed, 1, i)).random(len(columns)) >= 0.1
        less = _map(
            o.method,
            votes.participants[people],
            votes.statements[columns],
            votes.value,
            keep,
            votes.statements,
            seed,
        )
        rows = np.minimum(
            np.searchsorted(less.votes.participants, votes.participants[people[~keep]]), less.votes.people - 1
        )
        there = less.votes.participants[rows] == votes.participants[people[~keep]]
        guess = less.model.predict(rows[there], columns[~keep][there])
        true = votes.value[~keep][there]
        errors.append(root_mean_square(true - guess))
        areas.append(area_under_curve(true[true != 0] > 0, guess[true != 0]))
        stable.append(_again(o, less))
    return {
        "error": number(float(np.mean(errors))),
        "area": number(float(np.mean(areas))),
        "stability": number(float(np.median(stable))) if o.groups else None,
    }


def _map(
    method: Method, people: Ints, statements: Ints, values: Any, keep: Any, all_statements: Ints, seed: int
) -> OpinionMap:
    return map_opinions(
        people[keep], statements[keep], values[keep], method=method, seed=seed, all_statements=all_statements
    )


def _again(o: OpinionMap, less: OpinionMap) -> float:
    _, a, b = np.intersect1d(o.participants.ids, less.participants.ids, return_indices=True)
    one, other = o.participants.group[a], less.participants.group[b]
    both = (one >= 0) & (other >= 0)
    return adjusted_rand(one[both], other[both]) if both.any() else 0.0


def _top(o: OpinionMap) -> list[int]:
    order = np.argsort(
        -o.statements.low if o.method == "shangliang" else -o.statements.consensus, kind="stable"
    )
    return [int(o.statements.ids[c]) for c in order[:TOP]]


ROWS = (
    ("groups", "分组人数", "People in each group"),
    ("stability", "抽掉一成回答后分组的一致程度（调整兰德指数，中位数）", "Groups after leaving out a tenth (median adjusted Rand)"),
    ("error", "猜隐藏回答的误差", "Error on hidden answers"),
    ("area", "猜隐藏回答的把握（曲线下面积）", "Area under the curve on hidden answers"),
    ("radius_by_answers", "离中心远近与回答多少的秩相关", "Rank correlation of radius and number of answers"),
)  # fmt: skip


def lines(told: Mapping[str, Any]) -> Iterator[str]:
    """For the terminal."""
    methods = told["methods"]
    yield f"{'':62}" + "".join(f"{method:>22}" for method in methods)
    for key, zh, en in ROWS:
        yield f"{zh} / {en}"
        yield f"{'':62}" + "".join(f"{_cell(figures[key]):>22}" for figures in methods.values())
    yield f"两种分组的一致程度 / same groups (adjusted Rand): {_cell(told['same_groups'])}"
    yield f"前十条共识相同的 / common among the top ten: {told['same_top']}"


def html(
    told: Mapping[str, Any],
    ours: OpinionMap,
    theirs: OpinionMap,
    texts: Mapping[int, str],
    lang: str,
    title: str,
) -> bytes:
    """One page: figures, both maps, both lists of common ground."""
    w, zh = WORDS[lang], lang == "zh"
    names = [w[f"method_{o.method}"] for o in (ours, theirs)]
    heading = escape(title or w["title"])
    rows = [
        (escape(row[1] if zh else row[2]), *(_cell(f[row[0]]) for f in told["methods"].values()))
        for row in ROWS
    ]
    maps = [drawing.plane(o, w["map"], w["note_map"]) for o in (ours, theirs)]
    lists = [_list(o, told["top"][o.method], texts) for o in (ours, theirs)]
    sections = "".join(
        f"<section><h2>{escape(name)}</h2>{picture}<h3>{escape(w['agreed'])}</h3><ol>{listed}</ol></section>"
        for name, picture, listed in zip(names, maps, lists, strict=True)
    )
    return (
        f'<!doctype html><html lang="{w["lang"]}"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width,initial-scale=1"><title>{heading}</title><style>{STYLE}</style></head>'
        f"<body><main><h1>{heading}</h1><section>{table(['', *map(escape, names)], rows)}</section>"
        f"{sections}</main></body></html>\n"
    ).encode()


def _list(o: OpinionMap, top: list[int], texts: Mapping[int, str]) -> str:
    at = np.searchsorted(o.statements.ids, top)
    shares = o.statements.agree[at] / np.maximum(o.statements.answered[at], 1)
    return "".join(
        f"<li>{percent(float(share))}　{escape(texts.get(ident, f'#{ident}'))}</li>"
        for ident, share in zip(top, shares, strict=True)
    )


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return " ".join(map(str, value)) if isinstance(value, list) else f"{value:.4g}"
