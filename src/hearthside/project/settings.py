"""Every setting, read from the environment (or from NAME_FILE, for secrets) with safe defaults.

docs/run/settings.md lists them for operators; a test keeps the two in step.
"""

from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environ import FileAwareEnv

from hearthside.project.home import case_key, secret_key

django_stubs_ext.monkeypatch()

env = FileAwareEnv()

# Where this installation keeps everything it must not lose: database, secret key, uploads.
HOME = Path(env.str("HEARTHSIDE_HOME", default="var")).resolve()
DEBUG = env.bool("HEARTHSIDE_DEBUG", default=False)
DEMO = env.bool("HEARTHSIDE_DEMO", default=False)
SECRET_KEY = env.str("HEARTHSIDE_SECRET_KEY", default="") or secret_key(HOME)
# Under which the words of safety cases are sealed: the newest first, older ones after it, by commas.
CASE_KEYS = (env.str("HEARTHSIDE_CASE_KEY", default="") or case_key(HOME)).split(",")
SITE_URL = env.str("HEARTHSIDE_URL", default="http://localhost:8000").rstrip("/")
BEHIND_TLS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("HEARTHSIDE_HOSTS", default=[]) or [
    SITE_URL.split("://", 1)[1].partition(":")[0],
    "localhost",
    "127.0.0.1",
    "[::1]",
]
# Where "Leave quickly" leads: a page that nobody minds seeing on somebody's screen.
EXIT_URL = env.str("HEARTHSIDE_EXIT_URL", default="https://www.wikipedia.org/")
# A port of the rooms' own, in a process of their own; 0: the pages' port and process carry them.
ROOMS_PORT = env.int("HEARTHSIDE_ROOMS_PORT", default=0)
# Where browsers reach it; "": where the page came from. Behind TLS the web server in front leads there.
_rooms_host = SITE_URL.split("://", 1)[1].partition("/")[0].partition(":")[0]
ROOMS_URL = f"ws://{_rooms_host}:{ROOMS_PORT}" if ROOMS_PORT and not BEHIND_TLS else ""
# Multiplies how often people may write in rooms, for tests under load.
ROOMS_RATES = env.float("HEARTHSIDE_ROOMS_RATES", default=1.0)
ADMIN_PATH = env.str("HEARTHSIDE_ADMIN_PATH", default="operate").strip("/")

INSTALLED_APPS = [
    "hearthside.shell",
    "hearthside.exchange",
    "hearthside.placing",
    "hearthside.finder",
    "hearthside.meetings",
    "hearthside.rooms",
    "hearthside.groups",
    "hearthside.safety",
    "hearthside.notices",
    "hearthside.accounts",
    "hearthside.kit",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hearthside.shell.middleware.NoStoreMiddleware",
    "hearthside.accounts.middleware.PersonZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "hearthside.accounts.middleware.ComeBackMiddleware",
    "hearthside.accounts.middleware.CleanDeviceMiddleware",
    "hearthside.accounts.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "hearthside.project.urls"
ASGI_APPLICATION = "hearthside.project.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["hearthside.shell.templatetags.components"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hearthside.shell.context.frame",
            ],
        },
    }
]

# SQLite by default; DATABASE_URL=postgres://… past one machine.
DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{HOME / 'hearthside.sqlite3'}"),
}
# Threads that make pages keep their connections for so many seconds, unless DATABASE_URL says otherwise.
DATABASES["default"].setdefault("CONN_MAX_AGE", 600)
DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: a writer waits at the start of its transaction instead of failing in its middle.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-20000;",
    }
    DATABASES["default"]["TEST"] = {"NAME": None}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

# --- people and sign-in -----------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["pseudonym"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "hearthside.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "pseudonym"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_NOTIFICATIONS = True
# No name of the service in a subject line: whoever glances at a phone learns nothing.
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if BEHIND_TLS else "http"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# An address is a way back in, so changing it needs the password or passkey once more.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# "<how many>/<how long>/<of whom>"; a key is the pseudonym or address that is tried.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "10/m/ip,60/h/ip",
    "reset_password": "5/m/ip,3/h/key",
    "way_back": "10/m/ip,5/h/key",
    "together": "20/m/ip,10/h/key",
}
ACCOUNT_FORMS = {
    "login": "hearthside.accounts.forms.sign_in.SignInForm",
    "reauthenticate": "hearthside.accounts.forms.sign_in.ConfirmPasswordForm",
    "reset_password": "hearthside.accounts.forms.sign_in.ForgottenPasswordForm",
    "reset_password_from_key": "hearthside.accounts.forms.sign_in.NewPasswordForm",
    "set_password": "hearthside.accounts.forms.sign_in.FirstPasswordForm",
    "change_password": "hearthside.accounts.forms.sign_in.OtherPasswordForm",
    "add_email": "hearthside.accounts.forms.sign_in.EmailForm",
}
MFA_ADAPTER = "hearthside.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Hearthside"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "hearthside.accounts.forms.sign_in.FactorForm",
    "reauthenticate": "hearthside.accounts.forms.sign_in.ConfirmFactorForm",
    "activate_totp": "hearthside.accounts.forms.sign_in.AppForm",
    "add_webauthn": "hearthside.accounts.forms.sign_in.PasskeyForm",
}
USERSESSIONS_TRACK_ACTIVITY = True

SESSION_COOKIE_NAME = "hearthside"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
# Devices are shared: a session outlives its window only where somebody asked for that when signing in.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = "language"
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- what browsers are told ---------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
# A coordinator may invite some thousands at once, with a tick for each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
if env.bool("HEARTHSIDE_TRUST_PROXY", default=BEHIND_TLS):
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF, *filter(None, [ROOMS_URL])],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# --- words, times, files ---------------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
FORMAT_MODULE_PATH = ["hearthside.project.formats"]
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
# The rules that browsers read, as they were signed.
STATICFILES_DIRS = [("crisis", Path(__file__).parents[2] / "peerkit" / "crisis" / "data")]
WHITENOISE_USE_FINDERS = DEBUG or DEMO
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "hearthside.shell.storage.OneStylesheetStorage"},
}

# --- e-mail: printed to the console until a server is named -------------------------------------------
EMAIL_CONFIG = env.email_url("HEARTHSIDE_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str(
    "HEARTHSIDE_EMAIL_FROM", default="Hearthside <hearthside@localhost>"
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname:<7} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("HEARTHSIDE_LOG_LEVEL", default="WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
