"""What must be true before serving: tables, cache, static files, and a way in for the first operator."""

import hashlib
import secrets
from pathlib import Path

import typer
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from hearthside.groups.queries import programme as groups


def prepare() -> None:
    """Bring database and static files up to date; does nothing that is already done."""
    if _has_pending_migrations():
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
    _collect_static()


def announce_first_run(*, address: str) -> None:
    """Print the one-time address where the first operator is made, as long as there is none.

    Only its digest is kept: who can read the disk but not the console cannot use it.
    """
    marker = settings.HOME / "first-run"
    if groups.has_operator(now=timezone.now()):
        marker.unlink(missing_ok=True)
        return
    token = secrets.token_urlsafe(24)
    marker.write_text(hashlib.sha256(token.encode()).hexdigest())
    marker.chmod(0o600)
    typer.echo(
        f"\nOpen this address once to make the first operator:\n\n  {address}/start/{token}/\n"
    )


def _has_pending_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _collect_static() -> None:
    """Collect and fingerprint static files, only when one of them has changed."""
    sources = sorted(_static_sources())
    wanted = hashlib.sha256("\n".join(sources).encode()).hexdigest()
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted)


def _static_sources() -> list[str]:
    found = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            full = Path(storage.path(path))
            found.append(f"{path} {full.stat().st_mtime_ns} {full.stat().st_size}")
    return found
