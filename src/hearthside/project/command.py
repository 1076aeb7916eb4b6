"""The one command line: hearthside serve | setup | demo | import | export | place | check | backup | restore."""

import os
from pathlib import Path
from typing import Annotated

import typer

from hearthside.project.imports import export_app, import_app
from hearthside.project.starting import refusals, with_django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearthside.project.settings")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="""Hearthside: free software for running peer support groups.

    First time:  hearthside setup   (makes the database, prints the address of the first-run page)
    Then:        hearthside serve   (web pages and background work on one port)
    To look:     hearthside demo    (a made-up programme to try everything with)

    All state lives in the folder named by HEARTHSIDE_HOME (default: ./var). docs/run explains the rest.
    """,
)
app.add_typer(import_app, name="import")
app.add_typer(export_app, name="export")
Port = Annotated[int, typer.Option(help="Port to listen on.", envvar="PORT", min=0, max=65535)]
Host = Annotated[
    str, typer.Option(help="Address to listen on; 0.0.0.0 is every network of this machine.")
]


@app.command()
@with_django
def serve(port: Port = 8000, host: Host = "127.0.0.1") -> None:
    """Serve the site: web pages and background work together, on one port, until Ctrl+C."""
    from hearthside.project import prepare, serving

    prepare.prepare()
    prepare.announce_first_run(address=serving.address(host=host, port=port))
    serving.serve(host=host, port=port)


@app.command()
@with_django
def setup() -> None:
    """Make or update the database and print the address of the first-run page. Safe to repeat."""
    from django.conf import settings

    from hearthside.project import prepare

    prepare.prepare()
    typer.echo("The database is ready.")
    prepare.announce_first_run(address=settings.SITE_URL)


@app.command()
def demo(port: Port = 8000, host: Host = "127.0.0.1") -> None:
    """Serve a made-up programme to try everything with; it lives apart from your own data."""
    home = Path(os.environ.get("HEARTHSIDE_HOME", "var")) / "demo"
    os.environ |= {"HEARTHSIDE_HOME": str(home), "HEARTHSIDE_DEMO": "1"}
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("HEARTHSIDE_URL", f"http://localhost:{port}")
    with_django(_demo)(host, port)


def _demo(host: str, port: int) -> None:
    from django.utils import timezone

    from hearthside.exchange import demo as demonstration
    from hearthside.project import prepare, serving

    prepare.prepare()
    demonstration.load(now=timezone.now())
    typer.echo("Every person and group here is made up. Stop with Ctrl+C.")
    serving.serve(host=host, port=port)


@app.command()
@with_django
def check() -> None:
    """Say in plain words what this installation still lacks before real people use it."""
    from hearthside.project import checks

    findings = checks.findings()
    for finding in findings:
        typer.echo(f"{'MUST' if finding.is_serious else 'note'}  {finding.words}")
    if not findings:
        typer.echo("Nothing is missing.")
    raise typer.Exit(1 if any(finding.is_serious for finding in findings) else 0)


@app.command()
@with_django
def backup(
    file: Annotated[
        Path, typer.Argument(help="Where to write it, e.g. hearthside-2026-11-21.tar.gz")
    ],
) -> None:
    """Write everything this installation must not lose into one file; the site may keep running."""
    from hearthside.project import backups

    with refusals(backups.BackupError):
        backups.write(file)
    typer.echo(
        f"Wrote {file}. It holds everything, the secret key too: keep it where only you can read it."
    )


@app.command()
@with_django
def restore(
    file: Annotated[
        Path, typer.Argument(help="A file that `hearthside backup` wrote.", exists=True)
    ],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Set aside what is there now.")
    ] = False,
) -> None:
    """Bring back a backup. Stop the site first; nothing is changed if the file is damaged."""
    from hearthside.project import backups

    with refusals(backups.BackupError):
        aside = backups.read(file, is_replacing=replace)
    typer.echo("Restored." + (f" What was there before is in {aside}." if aside else ""))


@app.command()
@with_django
def place(
    *,
    site: Annotated[str, typer.Option(help="The site's short name, as in its address.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; keep nothing.")
    ] = False,
    json_: Annotated[bool, typer.Option("--json", help="The result for programs.")] = False,
    seconds: Annotated[int, typer.Option(help="The longest it may take.", min=1, max=600)] = 60,
    floor: Annotated[
        int, typer.Option(help="The lowest fit anybody is placed with.", min=0, max=1000)
    ] = 0,
) -> None:
    """Work out places for everybody who waits at a site. It proposes; nobody is invited by it.

    Without --dry-run the result is kept, for the site's coordinators to look at and accept.
    """
    from hearthside.placing.choices import Choices
    from hearthside.project import placing_console as console

    with refusals(console.NoSuchSite, console.IsAtWork, console.CannotBe):
        choices = Choices(seconds=seconds, floor=floor)
        if dry_run:
            console.try_out(site, choices, is_json=json_)
        else:
            console.keep(site, choices, is_json=json_)


@app.command("placing-run", hidden=True)
@with_django
def placing_run(
    run_id: Annotated[str, typer.Argument(help="The key of a run that waits.")],
) -> None:
    """Work on one run of the placement; the background work starts this itself."""
    from hearthside.project import placing

    if not placing.carry_out_called(run_id):
        raise typer.Exit(1)


@app.command(hidden=True)
@with_django
def work(
    parent: Annotated[int, typer.Option(help="End when this process is gone; 0 is never.")] = 0,
) -> None:
    """Run background work only; `serve` starts this itself."""
    from hearthside.project import working

    working.work(parent=parent)


@app.command(hidden=True)
@with_django
def rooms(
    port: Port,
    host: Host = "127.0.0.1",
    web_port: Annotated[int, typer.Option(help="Where the pages are served.")] = 8000,
    parent: Annotated[int, typer.Option(help="End when this process is gone; 0 is never.")] = 0,
) -> None:
    """Carry the rooms on a port of their own; `serve` starts this itself with HEARTHSIDE_ROOMS_PORT."""
    from hearthside.project import serving

    serving.serve_rooms(host=host, port=port, web_port=web_port, parent=parent)


def main() -> None:
    """Entry point of the `hearthside` command."""
    app()
