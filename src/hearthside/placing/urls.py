"""The map of placing."""

from django.urls import URLPattern, URLResolver, path

from hearthside.placing.views import desk, invitations, runs, together, waiting

MEMBERS: list[URLPattern | URLResolver] = [
    path("place/", waiting.place_ask, name="place_ask"),
    path("place/together/", together.together, name="together"),
    path("place/together/code/", together.together_code, name="together_code"),
    path("place/together/end/", together.together_end, name="together_end"),
    path("place/<uuid:request_id>/", waiting.place_request, name="place_request"),
    path("place/<uuid:request_id>/end/", waiting.place_end, name="place_end"),
    path("place/<uuid:request_id>/still/", waiting.place_still, name="place_still"),
    path("place/<uuid:request_id>/again/", waiting.place_again, name="place_again"),
    path("invitations/<uuid:invitation_id>/", invitations.invitation, name="invitation"),
    path("invitations/<uuid:invitation_id>/no/", invitations.invitation_no, name="invitation_no"),
    path(
        "invitations/<uuid:invitation_id>/undo/",
        invitations.invitation_undo,
        name="invitation_undo",
    ),
]
COORDINATORS: list[URLPattern | URLResolver] = [
    path("sites/<slug:slug>/placing/", desk.placing, name="placing"),
    path("sites/<slug:slug>/placing/decide/", desk.placing_decide, name="placing_decide"),
    path("sites/<slug:slug>/placing/fairness/", desk.placing_fairness, name="placing_fairness"),
    path("sites/<slug:slug>/placing/loads/", desk.placing_loads, name="placing_loads"),
    path("placing/<uuid:run_id>/", runs.placing_run, name="placing_run"),
    path("placing/<uuid:run_id>/stop/", runs.placing_stop, name="placing_stop"),
    path("placing/<uuid:run_id>/again/", runs.placing_again, name="placing_again"),
    path("placing/<uuid:run_id>/accept/", runs.placing_accept, name="placing_accept"),
    path("placing/<uuid:run_id>/undo/", runs.placing_undo, name="placing_undo"),
    path(
        "placing/<uuid:run_id>/openings/<uuid:opening_id>/",
        runs.placing_opening,
        name="placing_opening",
    ),
]

urlpatterns = [*MEMBERS, *COORDINATORS]
