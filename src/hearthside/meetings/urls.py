"""The map of meetings."""

from django.urls import URLPattern, URLResolver, path

from hearthside.meetings.views import (
    changes,
    debrief,
    duties,
    guests,
    leading,
    meetings,
    pool,
    rooms,
    roster,
    seats,
    series,
)

MEETING: list[URLPattern | URLResolver] = [
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/seat/", seats.seat, name="seat"),
    path("meetings/<uuid:meeting_id>/seat/release/", seats.seat_release, name="seat_release"),
    path("meetings/<uuid:meeting_id>/seat/take-back/", seats.seat_take_back, name="seat_take_back"),
    path("meetings/<uuid:meeting_id>/room/", rooms.meeting_room, name="meeting_room"),
    path("my-meetings/", meetings.my_meetings, name="my_meetings"),
]

LEADING: list[URLPattern | URLResolver] = [
    path("today/", leading.today, name="today"),
    path("meetings/<uuid:meeting_id>/duty/confirm/", leading.duty_confirm, name="duty_confirm"),
    path("meetings/<uuid:meeting_id>/duty/decline/", leading.duty_decline, name="duty_decline"),
    path("meetings/<uuid:meeting_id>/move/", changes.meeting_move, name="meeting_move"),
    path(
        "meetings/<uuid:meeting_id>/move/back/", changes.meeting_move_back, name="meeting_move_back"
    ),
    path("meetings/<uuid:meeting_id>/cancel/", changes.meeting_cancel, name="meeting_cancel"),
    path("meetings/<uuid:meeting_id>/restore/", changes.meeting_restore, name="meeting_restore"),
]

ROSTER: list[URLPattern | URLResolver] = [
    path("meetings/<uuid:meeting_id>/roster/", roster.roster, name="roster"),
    path("meetings/<uuid:meeting_id>/roster/walk-in/", roster.walk_in, name="walk_in"),
    path("meetings/<uuid:meeting_id>/roster/note/", roster.note, name="note"),
    path("meetings/<uuid:meeting_id>/roster/<uuid:person_id>/", roster.mark, name="mark"),
]

SERIES: list[URLPattern | URLResolver] = [
    path("groups/<slug:slug>/series/new/", series.series_new, name="series_new"),
    path("series/<uuid:series_id>/edit/", series.series_edit, name="series_edit"),
    path("series/<uuid:series_id>/end/", series.series_end, name="series_end"),
]

AFTER: list[URLPattern | URLResolver] = [
    path("meetings/<uuid:meeting_id>/debrief/", debrief.debrief, name="debrief"),
    path(
        "meetings/<uuid:meeting_id>/debrief/forget/", debrief.debrief_forget, name="debrief_forget"
    ),
    path("calls/", debrief.calls, name="calls"),
    path("calls/<uuid:call_id>/take/", debrief.call_take, name="call_take"),
    path("calls/<uuid:call_id>/done/", debrief.call_done, name="call_done"),
]

DUTIES: list[URLPattern | URLResolver] = [
    path("duties/", duties.own, name="duties"),
    path("duties/<str:duty_token>/", duties.duty_answer, name="duty_answer"),
    path("meetings/<uuid:meeting_id>/duty/swap/", duties.duty_swap, name="duty_swap"),
    path("meetings/<uuid:meeting_id>/duty/here/", duties.duty_here, name="duty_here"),
    path("stepping-in/", pool.pool, name="pool"),
    path("stepping-in/end/", pool.pool_end, name="pool_end"),
    path("sites/<slug:slug>/week/", duties.duty_week, name="duty_week"),
    path("groups/<slug:slug>/guests/", guests.guest_welcome, name="guest_welcome"),
    path("guests/<uuid:haven_id>/", guests.guest_seat, name="guest_seat"),
]

urlpatterns = [*AFTER, *DUTIES, *MEETING, *LEADING, *ROSTER, *SERIES]
