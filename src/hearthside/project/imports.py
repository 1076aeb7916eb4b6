"""hearthside import and hearthside export: other people's lists in, our own groups out."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hearthside.project.starting import refusals, with_django

if TYPE_CHECKING:
    from hearthside.exchange.queries.proposals import Proposal
    from hearthside.exchange.readings import Wishes

import_app = typer.Typer(no_args_is_help=True, help="Read a published list of groups.")
export_app = typer.Typer(no_args_is_help=True, help="Write our groups for others to read.")

# A list that suddenly lacks more than this share of its groups is more likely broken than true.
MOST_GONE = 0.5

Origin = Annotated[str, typer.Argument(metavar="FILE-or-URL", help="Meeting Guide JSON.")]
SiteSlug = Annotated[
    str, typer.Option("--site", help="Which site takes the groups; else one named after the list.")
]
Zone = Annotated[
    str, typer.Option("--timezone", help="For rows that nothing else tells, e.g. Europe/London.")
]
Source = Annotated[
    str, typer.Option("--source", help="The list's name; keep it the same each time.")
]
Language = Annotated[str, typer.Option("--language", help="For rows that name no language.")]
Experiences = Annotated[
    list[str] | None,
    typer.Option(
        "--experience", help="What its groups live with, e.g. alcohol; or none. Else guessed."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="The report for programs.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Go ahead without asking.")]


@import_app.command("meetings")
def meetings(
    origin: Origin,
    *,
    site: SiteSlug = "",
    timezone: Zone = "",
    source: Source = "",
    language: Language = "en",
    experience: Experiences = None,
    dry_run: DryRun = False,
    json_: AsJson = False,
    yes: Yes = False,
) -> None:
    """Read a list of meetings: a report of every row first, then, if you agree, its groups.

    Reading the same list again later proposes only what the list itself has changed since.
    """
    with _installation(is_needed=not dry_run) as is_there:
        zone = timezone or (_zone_of(site) if site and is_there else "")
        wishes = _wishes(origin, source, zone, language, experience)
        proposal = _proposal(wishes, is_there=is_there, is_json=json_)
        _report(proposal, is_json=json_)
        if not dry_run:
            _apply(proposal, origin=origin, site_slug=site, is_sure=yes)


@import_app.command("undo")
@with_django
def undo(source: Annotated[str, typer.Argument(help="The list's name.")]) -> None:
    """Take back the last import of a list: what it changed is as it was before."""
    from django.utils import timezone

    from hearthside.exchange.actions import imports
    from hearthside.exchange.queries.imports import last_applied

    reading = last_applied(source)
    if reading is None:
        typer.secho(f"No import of “{source}” is there to undo.", err=True, fg="red")
        raise typer.Exit(1)
    count = imports.undo(reading=reading, by=None, now=timezone.now())
    typer.echo(f"Undone: {count} groups are as they were before {reading.read_at:%Y-%m-%d %H:%M}.")


@export_app.command("groups")
@with_django
def groups(
    file: Annotated[Path, typer.Argument(help="Where to write it, e.g. groups.json")],
) -> None:
    """Write all open groups as Meeting Guide JSON; what that format cannot say is named."""
    from hearthside.exchange.queries.exports import public_groups

    export = public_groups()
    file.write_text(json.dumps(export.rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name, reason in export.left_out:
        typer.echo(f"Left out: {name}: {reason}", err=True)
    typer.echo(f"Wrote {len(export.rows)} rows to {file}.")


@contextmanager
def _installation(*, is_needed: bool) -> Iterator[bool]:
    """Django, and whether there is a database; a dry run without one leaves no trace on the disk."""
    home = Path(os.environ.get("HEARTHSIDE_HOME", "var"))
    is_there = "DATABASE_URL" in os.environ or (home / "hearthside.sqlite3").exists()
    with tempfile.TemporaryDirectory() as elsewhere:
        if not is_there and not is_needed:
            os.environ["HEARTHSIDE_HOME"] = elsewhere
        with_django(_ready)(is_needed=is_needed)
        yield is_there or is_needed


def _ready(*, is_needed: bool) -> None:
    from hearthside.project.prepare import prepare

    if is_needed:
        prepare()


def _zone_of(site_slug: str) -> str:
    """Where nothing else tells whose clock a time is by, it is that of the site."""
    from hearthside.exchange.queries.imports import NoSuchSite, site_called

    with refusals(NoSuchSite):
        return site_called(site_slug).time_zone


def _wishes(
    origin: str, source: str, zone: str, language: str, experience: list[str] | None
) -> "Wishes":
    from hearthside.exchange.queries.lists import is_zone
    from hearthside.exchange.readings import Wishes

    if zone and not is_zone(zone):
        raise typer.BadParameter(
            f"There is no time zone “{zone}”. Write it as in Europe/London.",
            param_hint="--timezone",
        )
    chosen = None if experience is None else tuple(each for each in experience if each != "none")
    return Wishes(origin, source, zone, language, chosen)


def _proposal(wishes: "Wishes", *, is_there: bool, is_json: bool) -> "Proposal":
    from hearthside.exchange import readings, reports, sources
    from hearthside.exchange.queries.lists import NotAMeetingList

    try:
        if sources.is_address(wishes.origin):
            data = sources.web_bytes(wishes.origin, is_trusted=True)
        else:
            data = sources.file_bytes(Path(wishes.origin))
        return readings.read(data, wishes, is_first=not is_there)
    except (NotAMeetingList, sources.CannotRead) as error:
        if is_json:
            code = getattr(error, "code", "cannot-read")
            typer.echo(json.dumps(reports.refused(code, str(error)), ensure_ascii=False))
        typer.secho(str(error), err=True, fg="red")
        raise typer.Exit(1) from error


def _report(proposal: "Proposal", *, is_json: bool) -> None:
    from hearthside.exchange import reports

    if is_json:
        typer.echo(json.dumps(reports.as_plain(proposal), ensure_ascii=False))
        return
    for line in reports.lines(proposal):
        typer.echo(line)
    named = ", ".join(proposal.choices.experiences)
    typer.echo(
        f"Its groups will be found under: {named}. (--experience changes that.)"
        if named
        else "No lived experience is named: say --experience, or people find its groups by name only."
    )


def _apply(proposal: "Proposal", *, origin: str, site_slug: str, is_sure: bool) -> None:
    from django.db import transaction
    from django.utils import timezone

    from hearthside.exchange.actions import imports
    from hearthside.exchange.models import RowChange
    from hearthside.exchange.queries.imports import NoSuchSite, site_called

    if not proposal.changes_something():
        typer.echo("Nothing to do: every group is as the list has it.", err=True)
        return
    if not is_sure and not typer.confirm("Go ahead?", err=True):
        typer.echo("Nothing was changed.", err=True)
        raise typer.Exit(1)
    counts = proposal.changes()
    listed = counts[RowChange.CHANGED] + counts[RowChange.SAME]
    is_too_much_gone = counts[RowChange.GONE] > MOST_GONE * (listed + counts[RowChange.GONE])
    now = timezone.now()
    with (
        refusals(NoSuchSite, imports.Superseded, imports.UnknownExperience),
        transaction.atomic(),
    ):
        imports.learn_experiences(slugs=proposal.choices.experiences)
        site = site_called(site_slug) if site_slug else None
        site = site or imports.settle(source=proposal.choices.source, zone=proposal.zone)
        reading = imports.keep(proposal=proposal, site=site, origin=origin, by=None, now=now)
        rows = reading.rows.waiting()
        if is_too_much_gone:
            rows = rows.exclude(change=RowChange.GONE)
        count = imports.apply(
            reading=reading, rows=set(rows.values_list("pk", flat=True)), by=None, now=now
        )
    if is_too_much_gone:
        typer.secho(
            f"{counts[RowChange.GONE]} groups are missing from the list, more than half. They were left as"
            " they are: look at the import's page, and approve it there if it is true.",
            err=True,
            fg="yellow",
        )
    typer.echo(f"Done: {count} groups at the site “{site.name}” ({site.slug}).", err=True)
