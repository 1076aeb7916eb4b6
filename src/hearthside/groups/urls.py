"""The map of groups."""

from django.urls import URLPattern, URLResolver, path

from hearthside.groups.views import (
    apart,
    ground_rules,
    group,
    membership,
    people,
    programme,
    setup,
    sites,
    vocabulary,
)

GROUPS: list[URLPattern | URLResolver] = [
    path("groups/new/", setup.group_new, name="group_new"),
    path("groups/<slug:slug>/", group.group, name="group"),
    path("groups/<slug:slug>/edit/", setup.group_edit, name="group_edit"),
    path("groups/<slug:slug>/stage/", setup.group_stage, name="group_stage"),
    path("groups/<slug:slug>/ground-rules/", ground_rules.ground_rules, name="ground_rules"),
    path(
        "groups/<slug:slug>/ground-rules/edit/",
        ground_rules.ground_rules_edit,
        name="ground_rules_edit",
    ),
]

MEMBERSHIP: list[URLPattern | URLResolver] = [
    path("groups/<slug:slug>/membership/", membership.membership, name="membership"),
    path("groups/<slug:slug>/membership/end/", membership.membership_end, name="membership_end"),
    path("groups/<slug:slug>/membership/stay/", membership.membership_stay, name="membership_stay"),
    path(
        "groups/<slug:slug>/membership/listening/",
        membership.membership_listening,
        name="membership_listening",
    ),
]

PEOPLE: list[URLPattern | URLResolver] = [
    path("groups/<slug:slug>/people/", people.group_people, name="group_people"),
    path(
        "groups/<slug:slug>/people/<uuid:membership_id>/",
        people.request_answer,
        name="request_answer",
    ),
    path("roles/<uuid:role_id>/end/", people.role_end, name="role_end"),
]

PROGRAMME: list[URLPattern | URLResolver] = [
    path("sites/", sites.sites, name="sites"),
    path("sites/new/", sites.site_new, name="site_new"),
    path("sites/<slug:slug>/", sites.site, name="site"),
    path("sites/<slug:slug>/edit/", sites.site_edit, name="site_edit"),
    path("programme/", programme.programme, name="programme"),
    path("programme/roles/", programme.roles, name="roles"),
]

VOCABULARY: list[URLPattern | URLResolver] = [
    path("programme/vocabulary/", vocabulary.vocabulary, name="vocabulary"),
    path("programme/vocabulary/new/", vocabulary.experience_new, name="experience_new"),
    path("programme/vocabulary/<slug:slug>/", vocabulary.experience, name="experience"),
    path(
        "programme/vocabulary/<slug:slug>/place/",
        vocabulary.experience_place,
        name="experience_place",
    ),
    path(
        "programme/vocabulary/<slug:slug>/merge/",
        vocabulary.experience_merge,
        name="experience_merge",
    ),
    path(
        "programme/vocabulary/<slug:slug>/remove/",
        vocabulary.experience_remove,
        name="experience_remove",
    ),
]

APART: list[URLPattern | URLResolver] = [
    path("safety/keep-apart/", apart.keep_apart, name="keep_apart"),
    path("safety/keep-apart/<uuid:pair_id>/end/", apart.keep_apart_end, name="keep_apart_end"),
    path("safety/keep-apart/<uuid:pair_id>/back/", apart.keep_apart_back, name="keep_apart_back"),
]

urlpatterns = [*GROUPS, *MEMBERSHIP, *PEOPLE, *PROGRAMME, *VOCABULARY, *APART]
