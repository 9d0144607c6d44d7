"""The flow chart: well-formed, without style or script, with nothing lying on anything else."""

from itertools import combinations
from xml.etree import ElementTree

import pytest

from shangliang.procedure.chart import chart
from shangliang.procedure.chart_layout import lay_out
from shangliang.procedure.loader import procedure, shipped
from shangliang.procedure.moves import Position

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("id", shipped())
def test_a_chart_is_svg_that_strict_csp_allows(id, lang):
    text = chart(shipped()[id], lang)
    root = ElementTree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert root[0].tag == f"{SVG}title" and root[1].tag == f"{SVG}desc"
    for element in root.iter():
        assert element.tag not in (f"{SVG}style", f"{SVG}script")
        assert not [a for a in element.attrib if a == "style" or a.startswith("on") or a.endswith("href")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_stage_and_end_is_drawn(lang):
    found = procedure("dongning")
    texts = {e.text for e in ElementTree.fromstring(chart(found, lang)).iter(f"{SVG}text")}
    for thing in (*found.root.stages.values(), *found.root.ends.values()):
        assert thing.name.text(lang) in texts


@pytest.mark.parametrize("id", shipped())
def test_no_box_lies_on_another(id):
    boxes = lay_out(shipped()[id]).boxes.values()
    for a, b in combinations(boxes, 2):
        apart = a.right <= b.x or b.right <= a.x or abs(a.y - b.y) >= (a.height + b.height) / 2
        assert apart, f"{a.id} lies on {b.id}"


@pytest.mark.parametrize("id", shipped())
def test_no_two_lines_share_a_lane(id):
    bundles = lay_out(shipped()[id]).bundles
    for a, b in combinations(bundles, 2):
        if a.lane == b.lane:
            assert max(a.ports.values()) < min(b.ports.values()) or max(b.ports.values()) < min(
                a.ports.values()
            )


def test_where_a_matter_stands_is_marked_by_a_sign_not_by_colour_alone():
    found = procedure("dongning")
    text = chart(found, "zh", Position({"": "D-7", "publication": "p3"}))
    assert "◉ 公开与落实" in text
    assert "◉公示期" in text
    assert "◉" not in chart(found)
