"""The pieces every page is made of, one tag each; and, from ``saying``, the filters that write dates and words.

``{% load pieces %}`` first. Every tag takes plain values: strings, dates, dicts or objects with the named
attributes. A text may be a string or anything with ``zh`` and ``en`` (a rule's own words), and shows in the
reader's language.
``gallery.html`` shows each piece once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop

from shangliang.web.saying import (
    DOT,
    attribute,
    date_of,
    day,
    day_left,
    dotted,
    first_line,
    hexshort,
    month,
    other_lines,
    say,
    show,
    source,
)

register = template.Library()
for each in (day, day_left, dotted, first_line, hexshort, month, other_lines, say, show, source):
    register.filter(each.__name__, each)


@register.simple_tag
def dot() -> SafeString:
    """Parts what stands on one line of a page."""
    return DOT


_STATES = ("ok", "wait", "stop")

# Django says these in its own words; the Chinese of every screen is ours.
PLAINER = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
)


def _known(state: str) -> str:
    if state not in _STATES:
        raise template.TemplateSyntaxError(f"state is one of {', '.join(_STATES)}, not {state!r}")
    return state


@register.inclusion_tag("pieces/step_bar.html")
def step_bar(stages: Sequence[Any], clock: Any = "") -> dict[str, Any]:
    """A matter's way. Each stage: ``name``, ``state`` (done, now, blocked, ahead), ``href`` (may be empty).
    ``clock`` is the sentence under it: what the present stage waits for, and until when."""
    now = next((n for n, s in enumerate(stages, 1) if attribute(s, "state") in ("now", "blocked")), 0)
    return {
        "stages": stages,
        "linked": any(
            attribute(s, "href") for s in stages
        ),  # else the keyboard needs the bar itself to scroll it
        "clock": clock,
        "n": now,
        "total": len(stages),
        "now": stages[now - 1] if now else None,
    }


@register.inclusion_tag("pieces/next_card.html")
def next_card(
    title: Any,
    sentence: Any = "",
    url: str = "",
    label: Any = "",
    minor: Iterable[Any] = (),
    findings: Iterable[Any] = (),
) -> dict[str, Any]:
    """What can be done now, with one button. ``minor``: ``label``, ``url``; ``findings``: as in not_yet."""
    return {
        "title": title,
        "sentence": sentence,
        "url": url,
        "label": label,
        "minor": minor,
        "findings": findings,
    }


@register.inclusion_tag("pieces/not_yet.html")
def not_yet(findings: Iterable[Any], title: Any = "") -> dict[str, Any]:
    """What cannot be done yet. Each finding: ``say`` (why), ``satisfy`` (what would help), ``clause``."""
    return {"findings": findings, "title": title}


@register.inclusion_tag("pieces/clause_chip.html")
def clause_chip(clause: Any) -> dict[str, Any]:
    """A rule in short, opening its full text. ``clause``: ``short``, ``text``, ``cite``, ``origin`` (local,
    law, default, engine); a plain string shows without anything to open."""
    return {"clause": clause, "plain": isinstance(clause, str)}


@register.inclusion_tag("pieces/record_line.html")
def record_line(line: Any) -> dict[str, Any]:
    """One line of the record, an ``<li>`` for ``<ol class="record">``. ``line``: ``happened``, ``entered``
    (shown when on a later day), ``who`` (post or body), ``say`` (one sentence), ``digest``, ``url``."""
    happened, entered = date_of(attribute(line, "happened")), date_of(attribute(line, "entered"))
    return {"line": line, "later": entered if entered and happened and entered > happened else None}


@register.inclusion_tag("pieces/record.html")
def record(lines: Iterable[Any]) -> dict[str, Any]:
    """A whole list of record lines."""
    return {"lines": lines}


@register.inclusion_tag("pieces/facts_list.html")
def facts_list(facts: Iterable[Any]) -> dict[str, Any]:
    """Label and value. ``facts``: pairs (label, value), or dicts with ``label``, ``value`` and ``url`` or
    ``state``. Empty values are left out."""
    rows = [{"label": f[0], "value": f[1]} if isinstance(f, tuple | list) else f for f in facts]
    return {"facts": [f for f in rows if attribute(f, "value") not in (None, "")]}


@register.inclusion_tag("pieces/table_cards.html")
def table_cards(columns: Sequence[Any], rows: Iterable[Sequence[Any]], caption: Any = "") -> dict[str, Any]:
    """A table that becomes cards on a phone. Column: a label, or a dict with ``label`` and ``num`` (numbers).
    Cell: a value, or a dict with ``text`` and ``url`` or ``state`` (ok, wait, stop). The first heads it."""
    heads = [c if isinstance(c, Mapping) and "label" in c else {"label": c} for c in columns]
    cells = [
        [
            {**(c if isinstance(c, Mapping) and "text" in c else {"text": c}), "head": h}
            for c, h in zip(r, heads, strict=True)
        ]
        for r in rows
    ]
    return {"heads": heads, "rows": cells, "caption": caption}


@register.inclusion_tag("pieces/link_rows.html")
def link_rows(items: Iterable[Any]) -> dict[str, Any]:
    """A list to choose from. Each: ``title``, ``url``, ``sub`` (text or date), ``state`` with ``word``."""
    return {"items": items}


@register.simple_tag
def state_word(state: str, word: Any) -> str:
    """A word with its shape: ok ●, wait ◐, stop ■."""
    return format_html('<span class="state {}">{}</span>', _known(state), say(word))


@register.inclusion_tag("pieces/notice.html")
def notice(state: str, title: Any, sentence: Any = "") -> dict[str, Any]:
    """Something to know before going on. ``state``: ok, wait, stop."""
    return {"state": _known(state), "title": title, "sentence": sentence}


@register.inclusion_tag("pieces/refusal.html")
def refusal(
    title: Any,
    why: Any = "",
    clause: Any = None,
    then: Any = "",
    url: str = "",
    label: Any = "",
    override: Any = None,
) -> dict[str, Any]:
    """A refusal that teaches: why, under which clause, and what to do next (``then``, with a link). ``override`` is who
    may allow an exception, if anybody may."""
    return {
        "title": title, "why": why, "clause": clause, "then": then, "url": url, "label": label, "override": override,
    }  # fmt: skip


@register.inclusion_tag("pieces/success.html")
def success(
    title: Any,
    sentence: Any = "",
    number: str = "",
    then: Any = "",
    who: Any = "",
    by: Any = "",
    url: str = "",
    label: Any = "",
) -> dict[str, Any]:
    """Done: the number to keep, what happens next (``then``), who does it, by when (a date or a sentence)."""
    return {
        "title": title,
        "sentence": sentence,
        "number": number,
        "then": then,
        "who": who,
        "by": by,
        "url": url,
        "label": label,
    }


@register.inclusion_tag("pieces/empty.html")
def empty(sentence: Any, url: str = "", label: Any = "") -> dict[str, Any]:
    """An empty page says what to do first."""
    return {"sentence": sentence, "url": url, "label": label}


@register.inclusion_tag("pieces/form_field.html")
def form_field(field: BoundField) -> dict[str, Any]:
    """Label, help, control, error of one field of a form. Choices become rows to tap; a line break in a
    choice's label sets its explanation apart; two short choices stand side by side; dates get the browser's
    own picker."""
    widget = field.field.widget
    if isinstance(widget, forms.DateInput):
        widget.format = "%Y-%m-%d"
        widget.input_type = "date"
    kind = "control"
    if field.is_hidden:
        kind = "hidden"
    elif isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        kind = "choices"
    elif isinstance(widget, forms.CheckboxInput):
        kind = "tick"
    options = list(field.subwidgets) if kind == "choices" else []
    labels = [str(o.choice_label) for o in options]
    two = (
        isinstance(widget, forms.RadioSelect) and len(labels) == 2 and all(len(text) <= 5 for text in labels)
    )
    chosen = isinstance(widget, forms.RadioSelect) and field.value() not in (None, "")
    return {"field": field, "kind": kind, "options": options, "two": two,
            "optional": not field.field.required and not chosen}  # fmt: skip


@register.inclusion_tag("pieces/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """What is still missing in a form, each with a link to its field. Shows nothing when nothing is."""
    return {"form": form, "fields": [form[name] for name in form.errors if name in form.fields]}


@register.inclusion_tag("pieces/form_steps.html")
def form_steps(n: int, total: int) -> dict[str, Any]:
    """“第1步，共3步”, above the question."""
    return {"n": n, "total": total, "marks": [i < n for i in range(total)]}


@register.inclusion_tag("pieces/big_button.html")
def big_button(label: Any, url: str = "", name: str = "", value: str = "") -> dict[str, Any]:
    """The screen's one main button: a link when it has a ``url``, else it submits its form."""
    return {"label": label, "url": url, "name": name, "value": value}


@register.inclusion_tag("pieces/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any], name: str = "page") -> dict[str, Any]:
    """Back and on through a long list, keeping the rest of the address. Nothing when there is one page."""
    request = context.get("request")
    query = request.GET.copy() if request else None

    def to(number: int) -> str:
        if query is None:
            return f"?{name}={number}"
        query[name] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "before": to(page.previous_page_number()) if page.has_previous() else "",
        "after": to(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("pieces/bar_chart.html")
def bar_chart(rows: Iterable[Any], title: Any = "", unit: Any = "", of: Any = "") -> dict[str, Any]:
    """Bars, each on its line of a table with its label and number, drawn here as SVG. Row: a pair (label,
    value), or a dict with ``label``, ``value``, ``of`` (what it should be, an outline), ``url``. The tag's
    own ``of`` names what the outline means."""
    plain = [{"label": r[0], "value": r[1]} if isinstance(r, tuple | list) else r for r in rows]
    top = max([max(attribute(r, "value") or 0, attribute(r, "of") or 0) for r in plain], default=0) or 1
    bars = [
        {
            "label": attribute(r, "label"),
            "url": attribute(r, "url"),
            "value": attribute(r, "value") or 0,
            "of": attribute(r, "of"),
            # Whole tenths of a percent, written without a comma whatever the language.
            "width": f"{100 * (attribute(r, 'value') or 0) / top:.1f}%",
            "track": f"{100 * attribute(r, 'of') / top:.1f}%" if attribute(r, "of") else "",
        }
        for r in plain
    ]
    return {"rows": bars, "title": title, "unit": unit, "of": of}
