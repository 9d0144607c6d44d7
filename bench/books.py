"""Villages whose books can be written side by side: each has a matter that is being carried out."""

from __future__ import annotations

from django.utils import timezone


def villages(count: int) -> list[tuple[str, str, str]]:
    """(unit, matter, task) of each; everything goes through ``perform``, on a clock of its own."""
    from shangliang.acts.act import SYSTEM, Act
    from shangliang.acts.perform import perform
    from shangliang.cases.models import Task
    from shangliang.site import telling

    days = telling.Days(timezone.localdate())
    units = [f"bench{n}" for n in range(count)]
    for unit in units:
        places = {
            "name": f"{unit}村",
            "kind": "village",
            "parent": telling.TOWN,
            "adults": 900,
            "households": 400,
        }
        perform(Act("found_unit", days.today, SYSTEM, places, unit=unit), clock=days)
        for role in ("clerk", "party_secretary", "grid_worker", "supervision_head"):
            data = {
                "role": role,
                "person": f"p-{unit}-{role[:4]}",
                "name": "某人",
                "since": str(days.ago(300)),
            }
            perform(Act("appoint", days.today, SYSTEM, data, unit=unit), clock=days)
        telling.CLERK[unit], telling.LIAISON[unit] = f"p-{unit}-cler", f"p-{unit}-grid"
    found = []
    for unit in units:
        told = telling.Teller(days, unit)
        told.say("河堤塌了一段，再下大雨菜地就没了。", kind="demand")
        told.screen("河堤护坡修复")
        told.approve("塌方长约三十米。")
        told.call(0)
        told.hold("consensus", "先修塌方的三十米。")
        told.publish("先修塌方三十米。", [("备齐石料两百方", "镇水利站（演示）", 30)])
        found.append((unit, told.matter, Task.objects.get(matter=told.matter).id))
    return found
