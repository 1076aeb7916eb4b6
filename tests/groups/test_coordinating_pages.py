"""The pages of coordinators and operators: sites, programme, roles, vocabulary."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils.html import format_html

from hearthside.groups import ports
from hearthside.groups.actions import experiences
from hearthside.groups.enums import RoleKind, Stage, Standing
from hearthside.groups.models import Experience, Programme, Role, Site
from tests import world
from tests.groups.counting import own_queries

pytestmark = pytest.mark.django_db

FOR_OPERATORS = ("roles",)
FOR_THE_PROGRAMME = ("programme", "site_new")
FOR_COORDINATORS = ("sites", "vocabulary", "experience_new")


@pytest.mark.parametrize("name", [*FOR_OPERATORS, *FOR_THE_PROGRAMME, *FOR_COORDINATORS])
def test_each_page_is_there_for_those_it_is_for(name: str) -> None:
    group = world.group()
    may = {
        None: False,
        world.member(group): False,
        world.role(RoleKind.FACILITATOR, group=group): False,
        world.role(RoleKind.COORDINATOR, site=group.site): name in FOR_COORDINATORS,
        world.role(RoleKind.COORDINATOR): name not in FOR_OPERATORS,
        world.role(RoleKind.OPERATOR): True,
    }
    for who, is_there in may.items():
        answer = world.browser(who).get(reverse(name))
        if who is None:
            assert answer["Location"].startswith(reverse("account_login"))
        else:
            assert answer.status_code == (200 if is_there else 404), who


def test_a_coordinator_of_another_site_finds_no_site_here() -> None:
    site = world.site()
    stranger = world.browser(world.role(RoleKind.COORDINATOR, site=world.site("York")))
    for name in ("site", "site_edit"):
        address = reverse(name, args=[site.slug])
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, {"name": "Mine"}).status_code in (404, 405)
    site.refresh_from_db()
    assert site.name == "Leeds"


def test_a_site_at_a_glance(monkeypatch: pytest.MonkeyPatch) -> None:
    panel = {"seats": lambda _request, site: format_html("<p>Seats at {}</p>", site.name)}
    monkeypatch.setattr(ports, "_site_panels", panel)
    site = world.site()
    group = world.group("Living with a stoma", site=site)
    world.group("Being made", site=site, stage=Stage.DRAFT)
    world.role(RoleKind.FACILITATOR, world.person("otter"), group=group)
    world.member(group, standing=Standing.ASKED)
    browser = world.browser(world.role(RoleKind.COORDINATOR, site=site))
    html = browser.get(reverse("site", args=[site.slug])).content.decode()
    for words in ("Living with a stoma", "otter", "1 asks to join", "Being made", "Seats at Leeds"):
        assert words in html


def test_a_site_without_groups_says_what_to_do_next() -> None:
    site = world.site()
    browser = world.browser(world.role(RoleKind.COORDINATOR, site=site))
    html = browser.get(reverse("site", args=[site.slug])).content.decode()
    assert "No groups here yet" in html
    assert reverse("group_new") in html


def test_somebody_who_runs_the_programme_opens_and_changes_a_site() -> None:
    world.programme()
    browser = world.browser(world.role(RoleKind.COORDINATOR))
    fields = {"name": "St Anne's", "country": "GB", "time_zone": "Europe/London"}
    browser.post(reverse("site_new"), fields)
    site = Site.objects.get()
    assert site.slug == "st-annes"
    browser.post(reverse("site_edit", args=[site.slug]), {**fields, "time_zone": "Asia/Kolkata"})
    site.refresh_from_db()
    assert site.time_zone == "Asia/Kolkata"


def test_a_time_zone_that_is_none_is_refused() -> None:
    world.programme()
    browser = world.browser(world.role(RoleKind.COORDINATOR))
    fields = {"name": "Leeds", "country": "GB", "time_zone": "Mars/Olympus"}
    assert browser.post(reverse("site_new"), fields).status_code == 200
    assert not Site.objects.exists()


def test_a_country_without_known_lines_is_kept_when_the_rest_changes() -> None:
    site = world.site(country="IS")
    browser = world.browser(world.role(RoleKind.OPERATOR))
    fields = {"name": "Reykjavík", "country": "IS", "time_zone": "Atlantic/Reykjavik"}
    browser.post(reverse("site_edit", args=[site.slug]), fields)
    site.refresh_from_db()
    assert (site.name, site.country) == ("Reykjavík", "IS")


def test_the_programme_changes_what_it_says() -> None:
    world.programme()
    browser = world.browser(world.role(RoleKind.OPERATOR))
    fields = {"name": "Harbour Lane", "welcome": "Come in.", "country": "GB", "visits": "5"}
    browser.post(reverse("programme"), fields)
    programme = Programme.objects.get()
    assert (programme.welcome, programme.visits) == ("Come in.", 5)


def test_an_operator_gives_and_ends_a_role_and_the_last_operator_stays() -> None:
    world.programme()
    operator = world.role(RoleKind.OPERATOR)
    heron = world.person("heron")
    site = world.site()
    browser = world.browser(operator)
    answers = {"person": "Heron", "kind": "coordinator", "site": str(site.pk)}
    browser.post(reverse("roles"), answers)
    role = Role.objects.get(person=heron)
    assert (role.kind, role.site, role.given_by) == (RoleKind.COORDINATOR, site, operator)
    browser.post(reverse("role_end", args=[role.pk]))
    role.refresh_from_db()
    assert role.until_at is not None
    own = Role.objects.get(person=operator)
    html = browser.post(reverse("role_end", args=[own.pk]), follow=True).content.decode()
    assert "Name another operator first" in html
    own.refresh_from_db()
    assert own.until_at is None


def test_an_operator_is_always_one_of_the_whole_programme() -> None:
    world.programme()
    heron, site = world.person("heron"), world.site()
    world.browser(world.role(RoleKind.OPERATOR)).post(
        reverse("roles"), {"person": "heron", "kind": "operator", "site": str(site.pk)}
    )
    assert Role.objects.get(person=heron).site is None


def test_nobody_but_an_operator_posts_a_role() -> None:
    world.programme()
    browser = world.browser(world.role(RoleKind.COORDINATOR))
    answers = {"person": "heron", "kind": "operator"}
    world.person("heron")
    assert browser.post(reverse("roles"), answers).status_code == 404
    assert Role.objects.count() == 1


def test_a_coordinator_adds_words_and_gives_them_more() -> None:
    browser = world.browser(world.role(RoleKind.COORDINATOR, site=world.site()))
    browser.post(reverse("experience_new"), {"label": "Stoma", "language": "en"})
    stoma = Experience.objects.get()
    address = reverse("experience", args=[stoma.slug])
    browser.post(address, {"language": "es", "label": "Estoma", "synonyms": "bolsa\r\nileostomía"})
    stoma = Experience.objects.get()
    assert stoma.label("es") == "Estoma"
    assert "bolsa" in browser.get(f"{address}?in=es").content.decode()
    again = browser.post(reverse("experience_new"), {"label": "stoma", "language": "en"})
    assert "has that name already" in again.content.decode()


def test_a_groups_own_words_come_first_and_are_put_in_their_place(now: datetime) -> None:
    broad = experiences.add(label="Gut", language="en")
    own = experiences.propose(words="Bag for life", language="en", by=world.person(), now=now)
    browser = world.browser(world.role(RoleKind.COORDINATOR, site=world.site()))
    assert "own words, new" in browser.get(reverse("vocabulary")).content.decode()
    browser.post(reverse("experience_place", args=[own.slug]), {"parent": str(broad.pk)})
    assert Experience.objects.get(pk=own.pk).parent == broad
    assert "own words, new" not in browser.get(reverse("vocabulary")).content.decode()


def test_words_are_merged_and_removed_by_their_pages() -> None:
    stoma, bag, gut = (
        experiences.add(label=label, language="en") for label in ("Stoma", "Bag", "Gut")
    )
    world.group().experiences.add(stoma)
    browser = world.browser(world.role(RoleKind.COORDINATOR, site=world.site()))
    browser.post(reverse("experience_merge", args=[bag.slug]), {"into": str(stoma.pk)})
    browser.post(reverse("experience_remove", args=[gut.slug]))
    html = browser.post(reverse("experience_remove", args=[stoma.slug]), follow=True)
    assert "Merge it instead" in html.content.decode()
    assert list(Experience.objects.all()) == [stoma]


def test_something_is_not_merged_into_its_own_part() -> None:
    broad = experiences.add(label="Gut", language="en")
    narrow = experiences.add(label="Stoma", language="en", parent=broad)
    browser = world.browser(world.role(RoleKind.COORDINATOR, site=world.site()))
    browser.post(reverse("experience_merge", args=[broad.slug]), {"into": str(narrow.pk)})
    browser.post(reverse("experience_place", args=[broad.slug]), {"parent": str(narrow.pk)})
    assert Experience.objects.count() == 2
    assert Experience.objects.get(pk=broad.pk).parent is None


def test_a_facilitator_leaves_the_vocabulary_alone() -> None:
    stoma = experiences.add(label="Stoma", language="en")
    browser = world.browser(world.role(RoleKind.FACILITATOR, group=world.group()))
    for name in ("experience", "experience_place", "experience_merge", "experience_remove"):
        assert browser.post(reverse(name, args=[stoma.slug])).status_code == 404
    assert Experience.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries_with_one_row_and_with_three(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "_site_panels", {})
    first = world.site()
    for number in range(count):
        group = world.group(site=first)
        world.role(RoleKind.FACILITATOR, group=group)
        world.role(RoleKind.COORDINATOR, site=world.site())
        experiences.add(label=f"Stoma {number}", language="en")
    browser = world.browser(world.role(RoleKind.OPERATOR))
    assert own_queries(browser, reverse("sites")) == 1
    # The site, its groups with their numbers, their teams.
    assert own_queries(browser, reverse("site", args=[first.slug])) == 3
    assert own_queries(browser, reverse("roles")) == 2
    assert own_queries(browser, reverse("vocabulary")) == 2


@pytest.mark.parametrize(
    "model",
    ["programme", "site", "group", "stagechange", "groundrules", "role", "experience"],
)
def test_an_operator_looks_things_up_on_the_operator_screens(model: str) -> None:
    group = world.group()
    world.member(group)
    experiences.add(label="Stoma", language="en")
    operator = world.role(RoleKind.OPERATOR, world.person(is_staff=True, is_superuser=True))
    browser = world.browser(operator)
    assert browser.get(reverse(f"admin:groups_{model}_changelist")).status_code == 200
    if model == "group":
        assert browser.get(reverse("admin:groups_group_change", args=[group.pk])).status_code == 200


def test_who_belongs_to_a_group_is_nobodys_to_browse_on_the_operator_screens() -> None:
    member = world.member(world.group(), world.person("quiet-kettle"))
    operator = world.role(RoleKind.OPERATOR, world.person(is_staff=True, is_superuser=True))
    browser = world.browser(operator)
    index = browser.get(reverse("admin:app_list", args=["groups"])).content.decode()
    assert "Ground rules" in index
    assert "embership" not in index
    address = reverse("admin:groups_role_changelist").replace("role", "membership")
    assert browser.get(f"{address}{member.memberships.get().pk}/change/").status_code == 404


def test_panels_stand_in_the_order_of_the_floors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_site_panels", {})
    ports.register_site_panel("top", lambda _request, _site: format_html("{}", "top floor"))
    ports.register_site_panel("next", lambda _request, _site: format_html("{}", "next floor"))
    site = world.site()
    browser = world.browser(world.role(RoleKind.COORDINATOR, site=site))
    html = browser.get(reverse("site", args=[site.slug])).content.decode()
    assert html.index("next floor") < html.index("top floor")
