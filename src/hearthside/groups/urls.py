"""The map of groups."""

from django.urls import URLPattern, URLResolver, path

from hearthside.groups.views import (
    apart,
    ground_rules,
    group,
    measures,
    membership,
    people,
    programme,
    setup,
    shield,
    sites,
    supervision,
    training,
    training_desk,
    under_eighteen,
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
    path("programme/under-18/", under_eighteen.under_eighteen, name="under_eighteen"),
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

MEASURES: list[URLPattern | URLResolver] = [
    path("safety/measures/", measures.measures, name="measures"),
    path("safety/measures/new/", measures.suspension_new, name="suspension_new"),
    path("safety/looks/<uuid:look_id>/", measures.look, name="look"),
    path("safety/measures/<uuid:measure_id>/", measures.measure, name="measure"),
    path(
        "safety/measures/<uuid:measure_id>/signature/",
        measures.measure_signature,
        name="measure_signature",
    ),
    path("safety/measures/<uuid:measure_id>/end/", measures.measure_end, name="measure_end"),
    path(
        "groups/<slug:slug>/people/<uuid:person_id>/measure/",
        measures.measure_new,
        name="measure_new",
    ),
]

TRAINING: list[URLPattern | URLResolver] = [
    path("training/", training.training, name="training"),
    path("training/<slug:slug>/", training.training_module, name="training_module"),
    path("facilitators/", training_desk.facilitators, name="facilitators"),
    path("facilitators/<uuid:facilitator_id>/", training_desk.facilitator, name="facilitator"),
    path(
        "facilitators/<uuid:facilitator_id>/observed/",
        training_desk.facilitator_observed,
        name="facilitator_observed",
    ),
    path(
        "facilitators/<uuid:facilitator_id>/vetting/",
        training_desk.facilitator_vetting,
        name="facilitator_vetting",
    ),
    path(
        "facilitators/<uuid:facilitator_id>/sign/",
        training_desk.facilitator_sign,
        name="facilitator_sign",
    ),
    path(
        "facilitators/<uuid:facilitator_id>/withdraw/",
        training_desk.facilitator_withdraw,
        name="facilitator_withdraw",
    ),
    path("care/", shield.care, name="my_care"),
    path("care/contact/", shield.shield, name="shield"),
    path("care/load/", shield.load, name="load"),
    path("care/share/", shield.strain_share, name="strain_share"),
    path("supervision/", supervision.supervision, name="supervision"),
    path(
        "supervision/<uuid:supervision_id>/",
        supervision.supervision_notes,
        name="supervision_notes",
    ),
    path(
        "supervision/<uuid:supervision_id>/accept/",
        supervision.supervision_accept,
        name="supervision_accept",
    ),
    path(
        "supervision/<uuid:supervision_id>/end/",
        supervision.supervision_end,
        name="supervision_end",
    ),
    path("programme/training/", training_desk.training_gate_page, name="training_gate"),
]

urlpatterns = [
    *GROUPS,
    *MEMBERSHIP,
    *PEOPLE,
    *PROGRAMME,
    *VOCABULARY,
    *APART,
    *MEASURES,
    *TRAINING,
]
