"""A sender in a process of its own, so that it can be killed: minutes later, port, name of the database."""

import os
import sys
import time
from datetime import timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "hearthside.project.settings"
later, port, name = sys.argv[1:]

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from hearthside.notices import actions  # noqa: E402
from tests.world import NOW  # noqa: E402

connection.settings_dict["NAME"] = name
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(port)
started = time.monotonic()
actions.send_due(
    clock=lambda: NOW + timedelta(minutes=int(later), seconds=time.monotonic() - started)
)
