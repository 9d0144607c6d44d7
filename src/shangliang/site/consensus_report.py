"""The report of an opinion map: one HTML file in one language, with its drawing, without script or anything foreign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from shangliang.consensus import Group, OpinionMap, Point
from shangliang.site import consensus_drawing as drawing
from shangliang.site.consensus_drawing import letter
from shangliang.site.consensus_words import WORDS

STYLE = """
body{font:16px/1.75 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1f2328;background:#f6f4f0;margin:0}
main{max-width:60rem;margin:0 auto;padding:16px}
section{background:#fff;border:1px solid #d8d4cc;border-radius:6px;padding:8px 24px 16px;margin:16px 0}
h1{font-size:28px;line-height:1.35;border-bottom:2px solid #a8201a;padding-bottom:8px}h2{font-size:22px}h3{font-size:18px;margin-bottom:0}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
td,li{overflow-wrap:anywhere}
th,td{text-align:left;vertical-align:top;padding:6px 8px;border-bottom:1px solid #d8d4cc}th{color:#57606a;font-weight:normal}
td.n,th.n{text-align:right;white-space:nowrap}svg.plane{width:100%;max-width:560px;height:auto;display:block;flex:2 1 320px}
.beside{display:flex;flex-wrap:wrap;gap:16px 32px;align-items:flex-start}.beside table{flex:1 1 220px;width:auto}
b{white-space:nowrap}
p.note{color:#57606a}li{margin:4px 0}td svg{vertical-align:middle}
@media(max-width:600px){section{padding:8px 12px}table,tbody,tr,td{display:block}th{display:none}
td{border:0;padding:2px 0}td.n{text-align:left;display:inline-block;margin-right:16px}td[data-l]:before{content:attr(data-l) "　";color:#57606a}
tr{border-bottom:1px solid #d8d4cc;padding:8px 0;display:block}}
@media print{body{background:#fff}section{border:0;padding:0}tr{break-inside:avoid}}
"""
MOST = 30  # rows of a list; the tables have all


class Report:
    """Writes one report; `words` is a language."""

    def __init__(self, opinions: OpinionMap, texts: Mapping[int, str], lang: str, title: str) -> None:
        self.o, self.texts, self.title = opinions, texts, title
        self.w = WORDS[lang]

    def html(self) -> bytes:
        body = "".join((self._head(), self._agreed(), self._divided(), self._map(), self._cares(), self._unheard(),
                        self._sure(), self._all()))  # fmt: skip
        heading = escape(self.title or str(self.w["title"]))
        return (
            f'<!doctype html><html lang="{self.w["lang"]}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{heading}</title>'
            f"<style>{STYLE}</style></head><body><main>{body}</main></body></html>\n"
        ).encode()

    def say(self, word: str, **values: object) -> str:
        return escape(str(self.w[word]).format(**values))

    def text(self, statement: int) -> str:
        return escape(self.texts.get(statement, "")) or f"#{statement}"

    def _head(self) -> str:
        o = self.o
        facts = self.say("facts", people=o.votes.people, statements=o.votes.width, votes=len(o.votes.value),
                         placed=int(o.participants.placed.sum()))  # fmt: skip
        title = f"{escape(self.title)}　{self.say('title')}" if self.title else self.say("title")
        return f"<h1>{title}</h1><p>{facts}</p><p class=note>{self.say('method_' + o.method)}</p>"

    def _section(self, word: str, note: str, body: str) -> str:
        told = f"<p class=note>{self.say(note)}</p>" if note else ""
        return f"<section><h2>{self.say(word)}</h2>{told}{body}</section>"

    def _columns(self) -> list[str]:
        return [self.say("group_of", letter=letter(g.index)) for g in self.o.groups] or [self.say("together")]

    def _points(self, points: tuple[Point, ...], value: str, rejected: bool) -> str:
        heads = [self.say("statement"), self.say(value), self.say("interval"), *self._columns()]
        rows = []
        for p in points[:MOST]:
            word = (
                ("both_agree" if p.agrees else "both_reject")
                if rejected
                else ("agree" if p.agrees else "disagree")
            )
            rows.append((
                f"{self.text(p.statement)} <b>{self.say(word)}</b>", percent(p.value),
                f"{percent(p.low)}–{percent(p.high)} {drawing.span(p.low, p.value, p.high)}", *map(percent, p.shares),
            ))  # fmt: skip
        more = len(points) - MOST
        return table(heads, rows) + (f"<p>{self.say('more', n=more)}</p>" if more > 0 else "")

    def _agreed(self) -> str:
        body = (
            self._points(self.o.agreed, "share", True)
            if self.o.agreed
            else f"<p>{self.say('none_agreed')}</p>"
        )
        return self._section("agreed", "note_agreed", body)

    def _divided(self) -> str:
        body = (
            self._points(self.o.divided, "apart", False)
            if self.o.divided
            else f"<p>{self.say('none_divided')}</p>"
        )
        return self._section("divided", "note_divided", body)

    def _map(self) -> str:
        reason = self.o.sureness.reason
        told = f"<p>{self.say('reason_' + reason)}</p>" if reason else ""
        p = self.o.participants
        rows = [
            (f"{_key(g.index)} {letter(g.index)}", str(g.size), decimal(g.stability)) for g in self.o.groups
        ]
        if self.o.groups and len(p.ids):
            rows.append((f"{_key(-1)} {self.say('between')}", str(int((p.placed & (p.group < 0)).sum())), ""))
        beside = table([self.say("group"), self.say("people"), self.say("stability")], rows) if rows else ""
        picture = drawing.plane(self.o, str(self.w["map"]), str(self.w["note_map"])) if len(p.ids) else ""
        return self._section("map", "note_map", f"{told}<div class=beside>{picture}{beside}</div>")

    def _cares(self) -> str:
        if not self.o.groups:
            return ""
        return self._section("cares", "note_cares", "".join(map(self._group, self.o.groups)))

    def _group(self, g: Group) -> str:
        items = "".join(
            f"<li><b>{self.say('agree' if r.agrees else 'disagree')}</b> {percent(r.share)}　{self.text(r.statement)}</li>"
            for r in g.representative
        )
        return f"<h3>{_key(g.index)} {self.say('group_of', letter=letter(g.index))}（{g.size} {self.say('people')}）</h3><ul>{items}</ul>"

    def _unheard(self) -> str:
        u = self.o.unheard
        items = [self.say("few_answers", n=len(u.statements))] if u.statements else []
        lacking = [g for g, _ in u.group_statements]
        items += [self.say("group_few", group=letter(g), n=lacking.count(g)) for g in sorted(set(lacking))]
        items += [self.say("group_quiet", group=letter(g)) for g in u.groups]
        items += [self.say("unplaced", n=u.participants)] if u.participants else []
        items = items or [self.say("nothing_unheard")]
        return self._section("unheard", "", f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")

    def _sure(self) -> str:
        s = self.o.sureness
        items = [self.say("note_sure")]
        if s.stability == s.stability:
            items.append(self.say("steady", value=decimal(s.stability)))
        if s.error == s.error:
            items.append(self.say("hidden", error=decimal(s.error), plain=decimal(s.error_of_means)))
        return self._section("sure", "", f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")

    def _all(self) -> str:
        s = self.o.statements
        order = (-s.answered).argsort(kind="stable")[: 10 * MOST]
        heads = [self.say(word) for word in ("statement", "answered", "agree", "disagree", "passed")]
        rows = [
            (
                self.text(int(s.ids[c])),
                str(s.answered[c]),
                str(s.agree[c]),
                str(s.disagree[c]),
                str(s.passed[c]),
            )
            for c in order
        ]
        more = len(s.ids) - len(rows)
        return self._section(
            "all", "", table(heads, rows) + (f"<p>{self.say('rest', n=more)}</p>" if more > 0 else "")
        )


def percent(x: float) -> str:
    return "–" if x != x else f"{100 * x:.0f}%"


def decimal(x: float) -> str:
    return "–" if x != x else f"{x:.2f}"


def table(heads: list[str], rows: Iterable[tuple[str, ...]]) -> str:
    head = "".join(f"<th{'' if i == 0 else ' class=n'}>{h}</th>" for i, h in enumerate(heads))
    body = "".join(
        "<tr>"
        + "".join(
            f'<td{"" if i == 0 else " class=n"} data-l="{heads[i]}">{cell}</td>' for i, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _key(group: int) -> str:
    return f'<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{drawing.dot(8, 8, group, 1.0, 5.0)}</svg>'
