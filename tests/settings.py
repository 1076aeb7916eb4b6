"""Settings for tests: the site's own, with fast password hashing, mail kept in memory, and a database by environment."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# A folder of this process's own, so that two runs side by side never share a database.
_home = Path(tempfile.mkdtemp(prefix="hearthside-tests-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["HEARTHSIDE_HOME"] = str(_home)
# WhiteNoise warns where there is no such folder, and warnings are errors.
(_home / "static").mkdir()

from hearthside.project.settings import *  # noqa: E402, F403
from hearthside.project.settings import DATABASES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
# Every test client starts the middleware anew; without this each would first read all static files.
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["*"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads of concurrency tests and the live server need connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(_home / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;"
    )
