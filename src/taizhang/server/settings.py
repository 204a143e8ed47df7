"""Django's settings. What may differ between installations comes from `environment`."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from taizhang.errors import HomeError, Problem
from taizhang.server import environment


def _database(url: str, home: Path) -> dict[str, Any]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "ledger.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                # FULL: in WAL mode NORMAL may lose the last commits when the power fails; an acknowledged
                # entry must not be lost. Bulk posting pays it once a batch.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
            },
        }
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError as error:
        raise _bad_url(f"TAIZHANG_DATABASE_URL 的端口不是数 / not a port: {error}") from error
    if parts.scheme not in ("postgresql", "postgres"):
        raise _bad_url(f"TAIZHANG_DATABASE_URL 的协议不能用 / unusable scheme: {parts.scheme!r}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
        # Seconds: a host that does not answer is said to be unreachable, instead of waiting for minutes.
        "OPTIONS": {"connect_timeout": 10},
    }


def _bad_url(found: str) -> HomeError:
    return HomeError(Problem("bad-database-url", found, "postgresql://user:password@host:port/name"))


def _secret(home: Path) -> str:
    if environment.SECRET.value:
        return environment.SECRET.value
    file = home / "secret.key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


HOME = environment.home()
try:
    HOME.mkdir(parents=True, exist_ok=True)
    SECRET_KEY = _secret(HOME)
except OSError as error:
    raise HomeError(
        Problem(
            "home-unusable",
            f"数据目录不能用 / cannot use the home {HOME}: {error.strerror}",
            remedy="换一个可写的目录 / choose a folder that can be written: --home",
        )
    ) from error

DEBUG = environment.DEBUG.value == "1"
ALLOWED_HOSTS = environment.HOSTS.value.split(",")
TAIZHANG_KEY = environment.KEY.value
TAIZHANG_SIGNING_KEY = environment.SIGNING_KEY.value
DATABASES = {"default": _database(environment.DATABASE_URL.value, HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "ledger.Officer"
INSTALLED_APPS = [
    "taizhang.ledger.apps.LedgerAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "taizhang.ledger",
    "taizhang.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "taizhang.web.headers.ContentSecurityPolicy",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "taizhang.web.context.district",
            ]
        },
    }
]
ROOT_URLCONF = "taizhang.server.urls"
WSGI_APPLICATION = "taizhang.server.wsgi.application"
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "reports"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
