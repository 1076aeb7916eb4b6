"""One row: what is read, what is mended and how it is said, and what cannot become a group."""

from datetime import UTC, datetime, time

import pytest

from peerkit.formats.meeting_guide import REMARKS, SENTENCES, Format, Outcome
from tests.engines.formats.meeting_rows import codes, listing, meeting, read, row


def test_a_good_row_is_understood_without_a_word() -> None:
    found = row()
    assert (found.outcome, found.notes) == (Outcome.UNDERSTOOD, ())
    group = listing()
    assert (group.days, group.time, group.minutes, group.zone) == (
        (0,),
        time(19),
        90,
        "Europe/Dublin",
    )
    assert (group.format, group.address.line, group.address.city) == (
        Format.IN_PERSON,
        "12 Harbour Street",
        "Galway",
    )
    assert (group.languages, group.open_to_all, group.closed) == (("en",), True, False)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (0, (6,)), (6, (5,)), (7, (6,)), ("5", (4,)), ([1, 3], (0, 2)), ("Monday", (0,)), ("tuesdays", (1,)),
        ("Mon, Wed & Fri", (0, 2, 4)), (["Sunday"], (6,)), ("jueves", (3,)), ("daily", (0, 1, 2, 3, 4, 5, 6)), ([7], (6,)),
    ],
)  # fmt: skip
def test_days_are_read_in_every_spelling(day: object, expected: tuple[int, ...]) -> None:
    assert listing(day=day).days == expected


@pytest.mark.parametrize("day", [8, -1, "someday", True, 3.5, "Monday 9"])
def test_a_day_that_cannot_be_read_is_refused(day: object) -> None:
    assert codes(row(day=day)) & {"day-unreadable", "no-day"}


def test_a_day_only_in_the_name_is_used() -> None:
    found = row(day=None, name="Tuesday Quiet Hour")
    assert found.listing is not None
    assert (found.listing.days, codes(found)) == ((1,), {"day-from-name"})


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("11:00 AM", time(11)), ("12:00 AM", time(0)), ("12:00 PM", time(12)), ("7pm", time(19)), ("7:30 p.m.", time(19, 30)),
        ("19.30", time(19, 30)), ("19h30", time(19, 30)), ("1930", time(19, 30)), ("19:00:00", time(19)), ("7:05", time(7, 5)),
        ("Noon", time(12)), ("midnight", time(0)), (" 20:15 ", time(20, 15)), (1930, time(19, 30)),
    ],
)  # fmt: skip
def test_times_are_read_in_every_spelling(words: object, expected: time) -> None:
    assert listing(time=words).time == expected


@pytest.mark.parametrize(
    "words", ["evening", "25:00", "19:60", "7", "24:00", "13:00 AM now", "0pm", 7.5]
)
def test_a_time_that_cannot_be_read_is_refused(words: object) -> None:
    assert codes(row(time=words)) == {"time-unreadable"}


@pytest.mark.parametrize(
    ("end", "minutes", "said"),
    [
        (None, 60, set()),
        ("19:45", 45, set()),
        ("00:00", 300, set()),
        ("00:30", 330, {"ends-next-day"}),
        ("19:00", 60, {"end-unreadable"}),
        ("18:00", 60, {"end-unreadable"}),
        ("late", 60, {"end-unreadable"}),
    ],
)
def test_the_length_follows_from_the_end(end: str | None, minutes: int, said: set[str]) -> None:
    found = row(end_time=end)
    assert found.listing is not None
    assert (found.listing.minutes, codes(found)) == (minutes, said)


@pytest.mark.parametrize(
    ("name", "notes", "weeks", "irregular"),
    [
        ("1st and 3rd Mondays", "", (1, 3), False),
        ("Last Monday Circle", "", (-1,), False),
        ("Circle", "Only on the 2nd Monday of each month", (2,), False),
        ("Circle", "No meeting 4th Monday.", (1, 2, 3, 5), False),
        ("Circle", "Open to friends on the last Monday of the month", (), False),
        ("1st Friday breakfast", "", (), False),
        ("The 84th Street Group", "First door on the left", (), False),
        ("Circle every other Monday", "", (), True),
        ("Monthly Circle", "", (), True),
        ("Circle", "We meet every other Monday.", (), True),
    ],
)
def test_meetings_that_are_not_weekly_say_so(
    name: str, notes: str, weeks: tuple[int, ...], irregular: bool
) -> None:
    group = listing(name=name, notes=notes)
    assert (group.weeks, group.is_irregular) == (weeks, irregular)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": None}, "no-name"),
        ({"name": " <br> "}, "no-name"),
        ({"day": None}, "no-day"),
        ({"time": None}, "no-time"),
        ({"day": None, "time": None}, "no-time"),
        ({"timezone": None, "formatted_address": "Somewhere"}, "no-zone"),
        ({"formatted_address": None}, "nowhere"),
    ],
)
def test_what_cannot_be_a_group_is_refused_with_a_reason(
    changes: dict[str, object], code: str
) -> None:
    found = row(**changes)
    assert (found.outcome, found.listing) == (Outcome.REFUSED, None)
    assert found.notes[-1].code == code


@pytest.mark.parametrize("entry", [None, 3, "Quiet Evening", [], True])
def test_an_entry_that_is_no_meeting_is_refused(entry: object) -> None:
    assert codes(read(entry).rows[0]) == {"not-an-object"}


def test_a_meeting_by_appointment_needs_no_day() -> None:
    group = listing(day=None, time=None, notes="By appointment only")
    assert (group.by_appointment, group.days, group.time) == (True, (), None)


def test_markup_and_entities_become_plain_text() -> None:
    found = row(notes="<p>Tea &amp; talk<br>Bring a mug</p><script>x()</script>", name="Love &lt;3")
    assert found.listing is not None
    assert (found.listing.notes, found.name) == ("Tea & talk\nBring a mug", "Love <3")
    assert codes(found) == {"html-removed", "entities-decoded"}


def test_hidden_characters_are_removed() -> None:
    found = row(name="Quiet\u202e Even\x07ing", notes="one\r\ntwo")
    assert found.listing is not None
    assert (found.name, found.listing.notes) == ("Quiet Evening", "one\ntwo")
    assert codes(found) == {"control-characters", "line-breaks"}


@pytest.mark.parametrize(
    ("notes", "public", "private"),
    [
        ("Meeting ID: 123 456 7890\nPassword: serenity\nAll welcome", "All welcome", "Meeting ID: 123 456 7890\nPassword: serenity"),
        ("Zoom: https://zoom.us/j/123456789?pwd=x Phone: 555-0100", "Phone: 555-0100", "https://zoom.us/j/123456789?pwd=x"),
        ("ID 123456789Passcode: abc", "", "ID 123456789\nPasscode: abc"),
        ("Open (Meeting ID: 976-368-599 Password: 19930) daily", "Open daily", "Meeting ID: 976-368-599\nPassword: 19930"),
        ("No password required.", "No password required.", ""),
        ("Write to us for the password", "Write to us for the password", ""),
        ("Call Grace for password: 415.555.0100", "Call Grace for password: 415.555.0100", ""),
        ("Bring photo ID. Ring 555-010-0100", "Bring photo ID. Ring 555-010-0100", ""),
    ],
)  # fmt: skip
def test_passwords_in_public_notes_are_kept_for_members(
    notes: str, public: str, private: str
) -> None:
    group = listing(notes=notes)
    assert (group.notes, group.conference_url_notes) == (public, private)


@pytest.mark.parametrize(
    ("types", "known", "unknown", "said"),
    [
        (["O", "W", "X", "ASL"], ("O", "W", "X", "ASL"), (), set()),
        ("O, W", ("O", "W"), (), {"types-rewritten"}),
        (["open", "Women"], ("O", "W"), (), {"types-rewritten"}),
        (["O", "ZZ"], ("O",), ("ZZ",), {"unknown-types"}),
        (["O", "", None, 7, "O"], ("O",), ("7",), {"unknown-types"}),
        ({"O": True}, (), (), set()),
    ],
)
def test_types_are_read_from_lists_and_words(
    types: object, known: tuple[str, ...], unknown: tuple[str, ...], said: set[str]
) -> None:
    found = row(types=types)
    assert found.listing is not None
    assert (found.listing.types, found.listing.unknown_types, codes(found)) == (
        known,
        unknown,
        said,
    )


def test_types_say_languages_access_and_rules() -> None:
    group = listing(types=["C", "W", "LGBTQ", "G", "X", "ASL", "S", "FR"])
    assert group.languages == ("es", "fr")
    assert group.access == ("step_free", "sign_language")
    assert group.rules == ("women", "lgbtq")
    assert (group.open_to_all, group.closed) == (False, True)


@pytest.mark.parametrize(
    ("words", "moment", "said"),
    [
        ("2022-11-05 14:21:00", datetime(2022, 11, 5, 14, 21, tzinfo=UTC), set()),
        ("2022-11-05T14:21:00Z", datetime(2022, 11, 5, 14, 21, tzinfo=UTC), {"updated-rewritten"}),
        (
            "2022-11-05T14:21:00+02:00",
            datetime(2022, 11, 5, 12, 21, tzinfo=UTC),
            {"updated-rewritten"},
        ),
        (
            "8/25/2022 11:17:07 AM",
            datetime(2022, 8, 25, 11, 17, 7, tzinfo=UTC),
            {"updated-rewritten"},
        ),
        ("25/8/2022", datetime(2022, 8, 25, tzinfo=UTC), {"updated-rewritten"}),
        (1667658060, datetime(2022, 11, 5, 14, 21, tzinfo=UTC), {"updated-rewritten"}),
        ("last week", None, {"updated-unreadable"}),
    ],
)
def test_the_date_of_change_is_read_in_every_form(
    words: object, moment: datetime | None, said: set[str]
) -> None:
    found = row(updated=words)
    assert found.listing is not None
    assert (found.listing.updated_at, codes(found)) == (moment, said)


def test_a_slug_that_is_missing_too_long_or_unsafe_is_made_anew_the_same_way_each_time() -> None:
    long = "a-" * 40
    assert listing(slug=None).slug == "quiet-evening-mon-1900"
    assert listing(slug=None, name="სიმშვიდე").slug.startswith("meeting-")
    assert len(listing(slug=long).slug) == 64
    assert listing(slug=long).slug != listing(slug=f"{long}b").slug
    assert listing(slug="two words").slug == listing(slug="two words").slug
    assert listing(slug="o.a.d.w.-85").slug == "o.a.d.w.-85"


def test_a_row_given_twice_is_taken_once() -> None:
    first, second = read(meeting(), meeting()).rows
    assert first.outcome is Outcome.UNDERSTOOD
    assert (second.outcome, second.listing, codes(second)) == (
        Outcome.REFUSED,
        None,
        {"duplicate-row"},
    )
    assert "row 1" in second.notes[0].words


def test_one_meeting_on_several_days_becomes_one_listing() -> None:
    rows = read(meeting(day=1), meeting(day=3), meeting(day=5)).rows
    assert rows[0].listing is not None
    assert rows[0].listing.days == (0, 2, 4)
    assert [found.listing for found in rows[1:]] == [None, None]
    assert all(
        found.outcome is Outcome.REPAIRED and codes(found) == {"day-merged"} for found in rows[1:]
    )


def test_different_meetings_with_one_slug_keep_apart_in_any_order() -> None:
    rows = [
        meeting(),
        meeting(time="08:00", end_time=None),
        meeting(day=2, name="Other"),
        meeting(day=2, name="Third"),
    ]
    forward = read(*rows).rows
    backward = read(rows[0], *rows[:0:-1]).rows
    assert len({found.slug for found in forward}) == 4
    assert forward[1].slug == "quiet-evening-mon-0800"
    assert forward[1].slug == backward[3].slug
    assert codes(forward[1]) == {"slug-renamed"}


def test_a_district_in_the_place_of_the_venue_gives_way_to_the_venue() -> None:
    found = row(
        location="District 06", district="District 06", location_notes="Public Library\nSide door"
    )
    assert found.listing is not None
    assert (found.listing.venue, found.listing.location_notes) == ("Public Library", "Side door")


def test_remarks_alone_leave_a_row_understood() -> None:
    assert row(types=["O", "ZZ"]).outcome is Outcome.UNDERSTOOD
    assert "unknown-types" in REMARKS


def test_every_sentence_can_be_filled() -> None:
    for sentence in SENTENCES.values():
        assert sentence.format(field="f", was="w", now="n")
