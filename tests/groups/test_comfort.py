"""What a group is like: ticked by those who lead it, read by everybody, wished for in the finder."""

import pytest

from hearthside.finder.forms import SearchForm
from hearthside.finder.queries.readback import chips_of_search
from hearthside.finder.search import Search
from hearthside.groups.enums import Comfort, RoleKind
from hearthside.groups.models import Group
from tests import world

pytestmark = pytest.mark.django_db


def test_a_facilitator_ticks_what_is_true_and_everybody_reads_it() -> None:
    group = world.group(gender="any")
    browser = world.browser(world.role(RoleKind.FACILITATOR, group=group))
    page = browser.get(f"/groups/{group.slug}/edit/").content.decode()
    assert "You need not speak" in page
    told = {
        "name": group.name, "summary": group.summary, "languages": ["en"], "format": "in_person",
        "address": group.address, "openness": "open", "course": "drop_in", "gender": "any",
        "age_from": 18, "size_min": 3, "size_max": 12, "comfort": ["quiet", "children_welcome"],
    }  # fmt: skip
    browser.post(f"/groups/{group.slug}/edit/", told)
    assert Group.objects.get(pk=group.pk).comfort == ["quiet", "children_welcome"]
    shown = world.browser().get(group.get_absolute_url()).content.decode()
    assert "You need not speak, Children may come along" in shown


def test_a_word_that_is_not_one_of_ours_is_left_out_of_the_page() -> None:
    group = world.group(comfort=["levitating", "secular"])
    shown = world.browser().get(group.get_absolute_url()).content.decode()
    assert "No religion" in shown
    assert "levitating" not in shown


def test_the_finder_s_form_understands_comfort_and_shows_it_as_chips() -> None:
    form = SearchForm({"comfort": ["small", "nonsense"]})
    search = form.search()
    assert search.comfort == (Comfort.SMALL,)
    chips = chips_of_search(search, near="", label=str)
    assert [(chip.words, chip.drop) for chip in chips] == [
        ("A small circle, about eight people", "comfort:small")
    ]
    assert search.without("comfort:small") == Search()
    assert Search.unpacked(search.packed()) == search
