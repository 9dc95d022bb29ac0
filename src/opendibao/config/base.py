"""Settings that every way of running shares; where data lies comes from the environment."""

import os
import pathlib
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from opendibao.config.entrance import *  # noqa: F403
from opendibao.config.entrance import ENTRANCE_APPS

VAR = pathlib.Path(os.environ.get("OPENDIBAO_VAR", "var"))
SECRET_KEY = os.environ.get("OPENDIBAO_SECRET_KEY", "")
# 密封送达数据和算盲标识的密钥；为空时由 SECRET_KEY 派生，换 SECRET_KEY 以前先设好它
OPENDIBAO_MATCH_KEY = os.environ.get("OPENDIBAO_MATCH_KEY", "")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("OPENDIBAO_HOSTS", "127.0.0.1,localhost,[::1]").split(",")


def database(url: str) -> dict[str, Any]:
    """Django's entry for a postgresql:// URL; the host may be a socket folder in ?host=."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql:///county"))}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "procrastinate.contrib.django",
    "opendibao.audit",
    "opendibao.rulemaking",
    "opendibao.accounts",
    "opendibao.registry",
    "opendibao.intake",
    "opendibao.outreach",
    "opendibao.verification",
    "opendibao.decision",
    "opendibao.payment",
    "opendibao.reviews",
    "opendibao.budget",
    "opendibao.evaluation",
    "opendibao.web",
    *ENTRANCE_APPS,
]
AUTH_USER_MODEL = "accounts.Officer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "opendibao.web.language.language_of_request",
    "opendibao.web.uploads.refuse_huge",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "opendibao.web.middleware.officer_of_request",
    "opendibao.web.sandbox_session.sandbox_of_request",
]
ROOT_URLCONF = "opendibao.web.urls"
WSGI_APPLICATION = "opendibao.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "opendibao.web.context.frame",
            ]
        },
    }
]
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# 县和规则包：一套系统服务一个县
OPENDIBAO_COUNTY = os.environ.get("OPENDIBAO_COUNTY", "360429000000")
OPENDIBAO_POLICY = os.environ.get("OPENDIBAO_POLICY", "jx-demo-2024")
# 演示的“今天”；正式运行为空，取北京时间
_today = os.environ.get("OPENDIBAO_TODAY", "")
OPENDIBAO_TODAY: date | None = date.fromisoformat(_today) if _today else None
# 钟快多少：只有测试拨钟，几点跑都一样
OPENDIBAO_CLOCK_AHEAD = timedelta(0)
OPENDIBAO_SYNTHETIC = False
# 页面数过的数在数据没有变化时不再数
OPENDIBAO_REMEMBERS = True
