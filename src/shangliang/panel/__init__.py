"""Panels by lot: quotas kept, everybody's chance as equal as they allow, a draw that anybody can repeat.

A pure room: a problem in, a certified lottery out; no Django, no clock, no input or output. `docs/panels.md` says what
fairness means here, how the solution is found and proved, and how to draw in a village hall.

    from shangliang.panel import Person, Problem, Quota, publish, solve
    solution = solve(Problem(size, categories, quotas, people))      # solution.achieved, .bound, .chances
    published = publish(solution)                                     # 1,000 equally likely panels, their digest
    drawn(published, "3 5 1 6 2 …")                                   # the number of the panel that was drawn
"""

from shangliang.panel.draw import Published, drawn, publish
from shangliang.panel.problem import Change, Infeasible, PanelError, Person, Problem, Quota, check
from shangliang.panel.solve import OBJECTIVES, Level, Objective, Solution, solve
from shangliang.panel.watch import Watch

__all__ = [
    "OBJECTIVES",
    "Change",
    "Infeasible",
    "Level",
    "Objective",
    "PanelError",
    "Person",
    "Problem",
    "Published",
    "Quota",
    "Solution",
    "Watch",
    "check",
    "drawn",
    "publish",
    "solve",
]
