"""What answers, reasons and results of a gathering are called."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from shangliang.acts import answers

ANSWERS = {answers.AGREE: N_("Agree"), answers.DISAGREE: N_("Disagree"), answers.PASS: N_("Cannot say")}

REASONS = {
    "personal": N_("It speaks of a person"),
    "repeats": N_("It is asked already in other words"),
    "off_topic": N_("It is about another matter"),
    "several": N_("It says several things at once; please one at a time"),
    "insult": N_("It insults somebody"),
    "other": N_("For another reason"),
}
"""Why a statement is not asked: whoever wrote it reads this."""

RESULTS = {
    "few": ("", N_("Too few answers to say anything")),
    "agree_most": ("ok", N_("At least four in five agree")),
    "agree": ("ok", N_("More than half agree")),
    "divided": ("wait", N_("Opinions are divided")),
    "unsure": ("wait", N_("Most cannot say")),
    "disagree": ("stop", N_("More than half disagree")),
    "disagree_most": ("stop", N_("At least four in five disagree")),
}
"""(state, words) of what may be said of a statement."""
