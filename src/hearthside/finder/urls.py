"""The map of finder."""

from django.urls import URLPattern, URLResolver, path

from hearthside.finder.views import felt, search, weights, why, wish

FINDING: list[URLPattern | URLResolver] = [
    path("find/", search.find, name="find"),
    path("find/why/", why.why_which, name="why_which"),
    path("find/why/<slug:slug>/", why.why, name="why"),
]

KEEPING: list[URLPattern | URLResolver] = [
    path("find/wish/", wish.wish, name="wish"),
    path("find/wish/drop/", wish.wish_drop, name="wish_drop"),
    path("find/wish/end/", wish.wish_end, name="wish_end"),
    path("find/wish/back/", wish.wish_back, name="wish_back"),
    path("visits/<uuid:meeting_id>/felt/", felt.felt, name="felt"),
]

RANKING: list[URLPattern | URLResolver] = [
    path("programme/weights/", weights.weights, name="weights"),
    path("programme/weights/reset/", weights.weights_reset, name="weights_reset"),
    path("programme/weights/<uuid:version_id>/back/", weights.weights_back, name="weights_back"),
]

urlpatterns = [*FINDING, *KEEPING, *RANKING]
