"""From the form of an act to the act: choices, what is filled already, who decided, and what was refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shangliang.acts import rulebooks
from shangliang.acts.act import Act, new_key, today
from shangliang.acts.asks import asks
from shangliang.acts.perform import perform
from shangliang.acts.vocabulary import Catalogue
from shangliang.cases.models import Matter
from shangliang.errors import Conflict, Full, Malformed, NotFound, Refused
from shangliang.people.models import Post
from shangliang.people.queries import above
from shangliang.people.roles import BODIES
from shangliang.procedure.findings import Finding
from shangliang.procedure.law import law_on, subjects_on
from shangliang.procedure.model import Role
from shangliang.procedure.say import NOTHING, Say
from shangliang.web.actform import ActForm, form_class
from shangliang.web.actor import Actor
from shangliang.web.desk import filling, filling_consulting  # noqa: F401  (they register their plans)
from shangliang.web.desk.filling_deciding import bodies
from shangliang.web.desk.plans import FILL
from shangliang.web.saying import day


@dataclass(frozen=True)
class Outcome:
    done: bool
    findings: tuple[Finding, ...] = ()


def form_for(matter: Matter, name: str, actor: Actor, posted: QueryDict | None) -> ActForm:
    """The form of an act for this matter, everything filled that the system knows."""
    fill = FILL.get(name)
    plan = fill(matter) if fill else {}
    cls = form_class(
        name, only=plan.get("only"), choices=plan.get("choices", {}) | _choices(matter, name), without=plan.get("without", ()),
        hidden=plan.get("hidden", ()), required=plan.get("required", ()),
    )  # fmt: skip
    initial = {"happened_on": today(), "key": new_key(), **plan.get("initial", {})}
    form = cls(posted, initial=initial)
    for field, made in plan.get("fields", {}).items():
        form.fields[field] = made
    _add_decider(form, matter, name, actor)
    for gate in _reasons_in(posted):
        form.fields[f"reason:{gate}"] = _reason_field(gate)
    form.folded = frozenset(plan.get("fold", ()))
    for field, label in plan.get("labels", {}).items():
        form.fields[field].label = label
    for field, help_text in plan.get("help", {}).items():
        if field in form.fields:
            form.fields[field].help_text = help_text
    _in_order(form)
    return form


def _choices(matter: Matter, name: str) -> Mapping[str, Iterable[tuple[Any, Any]]]:
    if "touches" not in Catalogue.acts[name].data.model_fields:
        return {}
    lang = get_language() or "zh"
    return {"touches": [(s.id, s.name.text(lang)) for s in subjects_on(law_on(today(), matter.unit.kind))]}


def roles_of(matter: Matter, name: str) -> tuple[Role, ...]:
    return next((a.roles for a in asks(matter) if a.name == name), ())


def _add_decider(form: ActForm, matter: Matter, name: str, actor: Actor) -> None:
    """Who decided: the one holder of the post is written down already; of several the first is chosen. Of a body the form
    asks for the paper its conclusion stands on, and which body it was where the procedure names several."""
    roles, spec = roles_of(matter, name), Catalogue.acts[name]
    bodies = _bodies(roles, spec.body)
    posts = [] if spec.body in bodies else _candidates(matter, roles)
    if bodies and not posts and "body" not in spec.data.model_fields:
        if len(bodies) > 1:
            form.fields["by_body"] = forms.ChoiceField(
                label=_("Which body decided?"), choices=[(b, BODIES.get(b, b)) for b in bodies], initial=bodies[0],
                widget=forms.RadioSelect,
            )  # fmt: skip
        else:
            form.fields["by_body"] = forms.CharField(widget=forms.HiddenInput, initial=bodies[0])
        form.fields["paper"] = forms.CharField(
            label=_("On which paper does it stand? (number or place)"), max_length=120, required=False,
            initial=_("Minutes of %(day)s") % {"day": day(today())},
        )  # fmt: skip
        return
    if not posts:
        return
    form.fields["decided"] = forms.ChoiceField(
        label=_("Who decided?"), choices=[(p.id, _described(p)) for p in posts], required=False,
        widget=forms.HiddenInput if len(posts) == 1 else forms.RadioSelect,
        initial=next((p.id for p in posts if p.person_id == actor.person), posts[0].id),
    )  # fmt: skip


def _bodies(roles: tuple[Role, ...], usual: str) -> list[str]:
    """The bodies that may decide, the usual one first."""
    found = list(dict.fromkeys(b for r in roles for b in sorted(r.bodies)))
    return sorted(found, key=lambda b: b != usual)


def _candidates(matter: Matter, roles: tuple[Role, ...]) -> list[Post]:
    wanted = tuple(dict.fromkeys(p for r in roles for posts in r.posts.values() for p in posts))
    if not wanted:
        return []
    found = above(matter.unit, wanted, today()).select_related("person__name", "unit")
    near = [p for p in found if p.unit_id == matter.unit_id] or list(found)
    if matter.convener_is_party and any(p.role == "cppcc_member" for p in near):
        near = [p for p in near if p.role != "party_secretary"]
    return sorted(near, key=lambda p: (wanted.index(p.role), p.since, p.id))


def _described(post: Post) -> str:
    from shangliang.people.roles import ROLES

    return f"{post.title or ROLES[post.role]} {post.person}"


def _reasons_in(posted: QueryDict | None) -> list[str]:
    return [k.removeprefix("reason:") for k in posted or () if k.startswith("reason:")]


def _reason_field(gate: str) -> forms.Field:
    return forms.CharField(
        label=_("Why is it done all the same?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )


def _in_order(form: ActForm) -> None:
    """The day and who decided come last, after what people know by heart."""
    last = [f for f in ("by_body", "decided", "paper", "happened_on") if f in form.fields]
    reasons = [f for f in form.fields if f.startswith("reason:")]
    form.order_fields([f for f in form.fields if f not in (*last, *reasons)] + reasons + last)


def do(matter: Matter, name: str, actor: Actor, form: ActForm, posted: QueryDict) -> Outcome:
    """Performs what the form says. Refusals come back with every reason; soft ones get a field for the reason."""
    fill = FILL.get(name)
    plan = fill(matter) if fill else {}
    cleaned = form.cleaned_data
    data = form.act_data()
    if shape := plan.get("shape"):
        data = shape(data, cleaned)
    act = Act(
        name=name, happened_on=cleaned["happened_on"], entered_by=actor.person, data=data, subject=matter.pk,
        decided_by=_decided(matter, name, cleaned), key=cleaned.get("key") or "",
        reasons={k.removeprefix("reason:"): v for k, v in cleaned.items() if k.startswith("reason:") and v},
    )  # fmt: skip
    try:
        perform(act)
    except Refused as error:
        findings = tuple(f for f in error.findings if isinstance(f, Finding) and f.verdict != "noted")
        _ask_reasons(form, findings)
        return Outcome(False, findings)
    except Malformed as error:
        for field, zh, en in error.problems:
            form.add_error(
                field if field in form.fields else None,
                en if (get_language() or "zh").startswith("en") else zh,
            )
        return Outcome(False)
    except (NotFound, Conflict, Full) as error:
        return Outcome(False, (plain(error),))
    return Outcome(True)


def plain(error: NotFound | Conflict | Full) -> Finding:
    """An error that no rule brought, in the shape of a finding."""
    return Finding(type(error).__name__.lower(), None, "hard", "refused", Say(error.zh, error.en), NOTHING)


def _decided(matter: Matter, name: str, cleaned: Mapping[str, Any]) -> Mapping[str, Any] | None:
    if body := cleaned.get("by_body"):
        decided: dict[str, Any] = {
            "body": body,
            "paper": cleaned["paper"] or None,
            "present": cleaned.get("present"),
        }
        return decided
    return {"post": cleaned["decided"]} if cleaned.get("decided") else None


def _ask_reasons(form: ActForm, findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        if finding.code == "reason_needed" and finding.gate and f"reason:{finding.gate}" not in form.fields:
            form.fields[f"reason:{finding.gate}"] = _reason_field(finding.gate)
    _in_order(form)


def described(matter: Matter, name: str) -> Say:
    """The act's name as this procedure calls it."""
    procedure = rulebooks.pinned(matter.procedure, matter.version)
    for flow in procedure.flows.values():
        for stage in flow.stages.values():
            if (act := stage.act(name)) is not None:
                return act.title
    spec = Catalogue.acts[name]
    return Say(spec.zh, spec.en)


def success(number: str, name: str) -> tuple[str, str]:
    """What to say after an act: that it is recorded, and what comes next."""
    from shangliang.web.desk.showing import stage_name

    matter = Matter.objects.select_related("unit").get(pk=number)
    lang = get_language() or "zh"
    where = stage_name(matter).text(lang)
    done = described(matter, name).text(lang)
    then = _("This matter has ended: %(where)s.") if matter.ended else _("Where it stands now: %(where)s.")
    return _("Recorded: %(what)s.") % {"what": done}, then % {"where": where}


def context(matter: Matter, name: str) -> dict[str, Any]:
    """What the page of an act shows beside the form, so that nobody has to look it up."""
    agreed = next(
        (r.agreed.text for r in reversed(list(matter.rounds.all())) if r.agreed and r.agreed.text), ""
    )
    opinion = next((o.words.text for o in matter.opinions.all() if o.words and o.words.text), "")
    study = next((r.note.text for r in matter.rulings.all() if r.kind == "study" and r.note), "")
    shown = {
        "put_forward": [(_("What was said"), opinion)],
        "screen": [(_("What was said"), opinion)],
        "study": [(_("What was said"), opinion)],
        "approve": [(_("What was said"), opinion), (_("What the council found"), study)],
        "draft_notice": [(_("What all agree on"), agreed)],
        "set_tasks": [(_("What all agree on"), agreed)],
        "check_work": [(_("What all agree on"), agreed)],
        "close": [(_("What all agree on"), agreed)],
        "reply": [(_("What was said"), opinion), (_("What all agree on"), agreed)],
        "record_resolution": bodies(matter) if name == "record_resolution" else [],
    }
    return {"beside": [b for b in shown.get(name, []) if b[1]]}
