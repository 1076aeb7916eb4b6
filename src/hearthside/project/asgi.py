"""The ASGI application that `hearthside serve` runs."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearthside.project.settings")
application = get_asgi_application()
