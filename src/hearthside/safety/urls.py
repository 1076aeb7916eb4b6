"""The map of safety."""

from django.urls import URLPattern, URLResolver, path

from hearthside.safety.views import (
    blocks,
    care,
    case_log,
    cases,
    concerns,
    crisis,
    desk,
    duty,
    flags,
    lines,
    measures,
    mine,
    postvention,
    safeguarding,
)

CONCERNS: list[URLPattern | URLResolver] = [
    path("concerns/", mine.concerns, name="concerns"),
    path("concerns/new/", concerns.concern_new, name="concern_new"),
    path("concerns/new/<str:lane>/", concerns.concern_raise, name="concern_raise"),
    path("read/<uuid:concern_id>/", mine.concern_read, name="concern_read"),
    path("concerns/<uuid:concern_id>/", desk.concern, name="concern"),
    path("concerns/<uuid:concern_id>/here/", desk.concern_here, name="concern_here"),
    path("concerns/<uuid:concern_id>/words/", desk.concern_words, name="concern_words"),
    path("concerns/<uuid:concern_id>/answer/", desk.concern_answer, name="concern_answer"),
    path("concerns/<uuid:concern_id>/appeal/", mine.concern_appeal, name="concern_appeal"),
    path("concerns/link/<str:link>/", mine.concern_linked, name="concern_linked"),
    path("concerns/link/<str:link>/words/", mine.concern_linked_words, name="concern_linked_words"),
    path("concerns/link/<str:link>/appeal/", mine.concern_linked_appeal, name="concern_linked_appeal"),
]  # fmt: skip

DUTY: list[URLPattern | URLResolver] = [
    path("safety/desk/", desk.safety_desk, name="safety_desk"),
    path("safety/duty/", duty.duty_rota, name="duty_rota"),
    path("safety/duty/minutes/", duty.duty_minutes, name="duty_minutes"),
    path("safety/duty/days-off/", duty.duty_days_off, name="duty_days_off"),
    path("safety/duty/<uuid:shift_id>/end/", duty.duty_shift_end, name="duty_shift_end"),
    path("safety/duty/<uuid:shift_id>/free/", duty.duty_free, name="duty_free"),
    path("safety/duty/<uuid:shift_id>/take/", duty.duty_take, name="duty_take"),
]

CASES: list[URLPattern | URLResolver] = [
    path("safety/cases/", cases.cases, name="cases"),
    path("safety/cases/<uuid:case_id>/", cases.case, name="case"),
    path("safety/cases/<uuid:case_id>/notes/", cases.case_notes, name="case_notes"),
    path("safety/cases/<uuid:case_id>/step/", cases.case_step, name="case_step"),
    path("safety/cases/<uuid:case_id>/people/", cases.case_people, name="case_people"),
    path(
        "safety/cases/<uuid:case_id>/people/<uuid:person_id>/end/",
        cases.case_person_end,
        name="case_person_end",
    ),
    path("safety/cases/<uuid:case_id>/requests/", cases.case_request, name="case_request"),
    path(
        "safety/cases/<uuid:case_id>/requests/<uuid:request_id>/signature/",
        cases.case_signature,
        name="case_signature",
    ),
    path("safety/cases/<uuid:case_id>/take-up/", cases.case_take_up, name="case_take_up"),
    path("concerns/<uuid:concern_id>/case/", cases.case_open, name="case_open"),
    path("me/safety-log/", case_log.safety_log, name="safety_log"),
    path(
        "safety/log-questions/<uuid:question_id>/",
        case_log.safety_log_answer,
        name="safety_log_answer",
    ),
]

CARE: list[URLPattern | URLResolver] = [
    path("me/care/", care.care, name="care"),
    path("me/care/stop/", care.care_stop, name="care_stop"),
    path("me/care/<uuid:care_id>/", care.care_answer, name="care_answer"),
    path("concerns/<uuid:concern_id>/care/", care.care_offer, name="care_offer"),
    path("safety/care/", care.care_desk, name="care_desk"),
    path("safety/care/<uuid:check_in_id>/", care.check_in, name="check_in"),
    path("safety/after-a-death/", postvention.postvention, name="postvention"),
]

MINE: list[URLPattern | URLResolver] = [
    path("me/people/", blocks.blocks, name="blocks"),
    path("me/people/flag/", flags.flag, name="flag"),
    path("me/people/<uuid:block_id>/end/", blocks.block_end, name="block_end"),
    path("me/decisions/", measures.my_measures, name="my_measures"),
    path("me/decisions/<uuid:measure_id>/", measures.my_measure, name="my_measure"),
]

urlpatterns = [
    *CONCERNS,
    *DUTY,
    *CASES,
    *CARE,
    *MINE,
    path("help-now/", crisis.crisis, name="crisis"),
    path("safeguarding/", safeguarding.safeguarding, name="safeguarding"),
    path("crisis-lines/", lines.lines, name="lines"),
    path("crisis-lines/next/", lines.line_next, name="line_next"),
    path("crisis-lines/new/", lines.line_new, name="line_new"),
    path("crisis-lines/said/<uuid:said_id>/back/", lines.line_said_back, name="line_said_back"),
    path(
        "crisis-lines/written/<uuid:row_id>/back/",
        lines.line_written_back,
        name="line_written_back",
    ),
    path("crisis-lines/<slug:facts>/", lines.line, name="line"),
    path("crisis-lines/<slug:facts>/correct/", lines.line_correct, name="line_correct"),
    path("crisis-lines/<slug:facts>/gone/", lines.line_gone, name="line_gone"),
]
