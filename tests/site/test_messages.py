"""Translations are compiled as gettext reads them."""

from gettext import GNUTranslations
from io import BytesIO

from shangliang.site.messages import compiled

PO = r"""
#, fuzzy
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

#: a.py:1
msgid "Matter"
msgstr "事项"
# follows without an empty line
msgctxt "verb"
msgid "Matter"
msgstr "要紧"

msgid ""
"Say \"yes\"\n"
"or no"
msgstr "说“是”\n或否"

msgid "%d task"
msgid_plural "%d tasks"
msgstr[0] "%d 项"
msgstr[1] "%d 些"

#, fuzzy, python-format
msgid "Old"
msgstr "旧"

msgid "Open"
msgstr ""

#~ msgid "Gone"
#~ msgstr "去"
"""


def test_every_kind_of_entry() -> None:
    found = GNUTranslations(BytesIO(compiled(PO)))
    assert found.gettext("Matter") == "事项"
    assert found.pgettext("verb", "Matter") == "要紧"
    assert found.gettext('Say "yes"\nor no') == "说“是”\n或否"
    assert found.ngettext("%d task", "%d tasks", 1) == "%d 项"
    assert found.ngettext("%d task", "%d tasks", 2) == "%d 些"


def test_fuzzy_empty_and_obsolete_entries_stay_in_english() -> None:
    found = GNUTranslations(BytesIO(compiled(PO)))
    assert [found.gettext(text) for text in ("Old", "Open", "Gone")] == ["Old", "Open", "Gone"]
