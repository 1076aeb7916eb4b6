"""`hearthside place`: a placement on the console, as counts by group and keys of requests, or as JSON."""

import json
import sys
from collections import Counter
from typing import Final

import typer
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from hearthside.groups.models import Site
from hearthside.placing.actions import runs
from hearthside.placing.choices import Choices
from hearthside.placing.clashes import clash_words
from hearthside.placing.enums import Stand
from hearthside.placing.models import Run
from hearthside.placing.queries import engine, trials
from hearthside.placing.reports import as_plain
from hearthside.project.placing import carry_out

BAR: Final = 24


class NoSuchSite(Exception):
    """No site goes by that short name; the sentence names those there are."""


class IsAtWork(Exception):
    """Another run is being worked on, of this site or of another."""


class CannotBe(Exception):
    """What coordinators decided excludes itself; the sentence says how."""


def try_out(slug: str, choices: Choices, *, is_json: bool) -> None:
    """Say what would happen, and keep nothing."""
    site = _site(slug)
    engine.ready()
    try:
        outcome = trials.work_out(site, choices, now=timezone.now(), on_progress=_watch())
    except engine.Contradiction as reason:
        said = [clash_words(one, str) or one.code for one in reason.clashes]
        raise CannotBe(" ".join(said)) from reason
    finally:
        _end_bar()
    if is_json:
        typer.echo(json.dumps(as_plain(outcome, site), ensure_ascii=False))
        return
    _tell(outcome)


def keep(slug: str, choices: Choices, *, is_json: bool) -> None:
    """Keep a run for the site's coordinators to look at; nobody is invited by it."""
    site = _site(slug)
    run = runs.ask_here(site=site, choices=choices, now=timezone.now())
    if run is None or not carry_out(run, _watch()):
        raise IsAtWork("Another run is being worked on. Try again when it is done.")
    _end_bar()
    run.refresh_from_db()
    if run.stand != Stand.DONE:
        raise CannotBe("The run could not be finished. Its page says why: " + _address(run))
    if is_json:
        kept = {"run": str(run.pk), "site": site.slug, "address": _address(run)}
        typer.echo(json.dumps({**kept, **run.result}, ensure_ascii=False))
        return
    typer.echo(_sums(run.result["placed"], run.result["waiting"], run.result["share"]))
    typer.echo(f"Nobody has been invited. Look at it, and accept it, here: {_address(run)}")


def _site(slug: str) -> Site:
    found = Site.objects.filter(slug=slug).first()
    if found is None:
        names = ", ".join(Site.objects.values_list("slug", flat=True)) or "none yet"
        raise NoSuchSite(f"There is no site “{slug}”. The sites here are: {names}.")
    return found


def _address(run: Run) -> str:
    return f"{settings.SITE_URL}{reverse('placing_run', args=[run.pk])}"


def _tell(outcome: trials.Outcome) -> None:
    coming = Counter(outcome.placed.values())
    groups = [*outcome.case.groups.items()]
    sitting = Counter(one.sits_in for one in outcome.case.problem.members if one.sits_in)
    width = max((len(group.name) for _, group in groups), default=0)
    typer.echo(f"{'Group':<{width}}   now  come  places")
    for name, group in groups:
        row = f"{sitting[name]:>5} {coming[name]:>5} {group.size_max:>7}"
        typer.echo(f"{group.name:<{width}} {row}")
    typer.echo("")
    for name in outcome.case.requests:
        would = outcome.case.groups.get(outcome.placed.get(name, ""))
        where = would.slug if would is not None else f"waits: {outcome.whys[name].code}"
        typer.echo(f"{name}  {where}")
    typer.echo("")
    for clash in outcome.clashes:
        if words := clash_words(clash, lambda key: _named(outcome, key)):
            typer.echo(words)
    typer.echo(_sums(len(outcome.placed), len(outcome.case.requests), outcome.placement.share))
    typer.echo("Nothing was changed or kept.")


def _named(outcome: trials.Outcome, key: str) -> str:
    group = outcome.case.groups.get(key)
    return group.name if group else key


def _sums(placed: int, waiting: int, share: float) -> str:
    floored = int(share * 1000) / 10
    return f"{placed} of {waiting} people would have a place. At least {floored} % of the best possible."


def _watch() -> engine.Watch | None:
    """A bar on a terminal; nothing where a program or a file reads."""
    return _draw if sys.stderr.isatty() else None


def _draw(progress: engine.Progress) -> None:
    share = min(progress.value / progress.bound, 1.0) if progress.bound else 0.0
    bar = "█" * int(share * BAR)
    typer.echo(
        f"\r[{bar:<{BAR}}] {share:6.1%} of the best possible, {progress.seconds:4.0f} s ",
        err=True,
        nl=False,
    )


def _end_bar() -> None:
    if sys.stderr.isatty():
        typer.echo("", err=True)
