"""The map of rooms."""

from django.urls import URLPattern, URLResolver, path

from hearthside.rooms import api
from hearthside.rooms.views import (
    goodbye,
    leading,
    lobby,
    reports,
    room,
    rules,
    side_rooms,
    sitting,
    turns,
    veils,
)

ROOM: list[URLPattern | URLResolver] = [
    path("rooms/<uuid:room_id>/", lobby.room_lobby, name="room_lobby"),
    path("rooms/<uuid:room_id>/in/", room.room, name="room"),
    path("rooms/<uuid:room_id>/leave/", goodbye.room_leave, name="room_leave"),
    path("rooms/<uuid:room_id>/goodbye/", goodbye.room_goodbye, name="room_goodbye"),
    path("rooms/<uuid:room_id>/stance/", lobby.room_stance, name="room_stance"),
    path("rooms/<uuid:room_id>/turn/", turns.turn, name="room_turn"),
    path("rooms/<uuid:room_id>/lead/", leading.lead, name="room_lead"),
    path("rooms/<uuid:room_id>/veil/", veils.room_veil, name="room_veil"),
    path("rooms/<uuid:room_id>/keep/", leading.keep, name="room_keep"),
    path("rooms/<uuid:room_id>/invite/", sitting.invite, name="room_invite"),
    path("rooms/<uuid:room_id>/side/", side_rooms.side, name="room_side"),
    path("rooms/<uuid:room_id>/side/answer/", side_rooms.side_answer, name="room_side_answer"),
    path("rooms/<uuid:room_id>/side/end/", side_rooms.side_end, name="room_side_end"),
    path("rooms/<uuid:room_id>/side/second/", sitting.side_second, name="room_side_second"),
    path("rooms/<uuid:room_id>/side/take/", sitting.side_take, name="room_side_take"),
    path("rooms/<uuid:room_id>/side/reply/", sitting.side_reply, name="room_side_reply"),
    path("rooms/<uuid:room_id>/side/care/", sitting.side_care, name="room_side_care"),
]

KEYS: list[URLPattern | URLResolver] = [
    path("rooms/devices/", api.devices, name="room_devices"),
    path("rooms/devices/<uuid:device_id>/packages/", api.packages, name="room_packages"),
    path("rooms/<uuid:room_id>/claim/", api.claim, name="room_claim"),
    path("rooms/<uuid:room_id>/keys/", api.keys, name="room_keys"),
]

REPORTS: list[URLPattern | URLResolver] = [
    path("rooms/<uuid:room_id>/report/", api.report, name="room_report"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<uuid:report_id>/", reports.report, name="report"),
]

RULES: list[URLPattern | URLResolver] = [
    path("groups/<slug:slug>/room/", rules.room_rules, name="room_rules"),
]

urlpatterns = [*ROOM, *KEYS, *REPORTS, *RULES]
