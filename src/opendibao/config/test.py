"""Settings of the tests: the owner's connection, under which each test becomes the app's role."""

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

from opendibao.config.base import *  # noqa: F403
from opendibao.config.base import database

DATABASES = {"default": database(os.environ.get("DATABASE_OWNER_URL", "postgresql:///county"))}
SECRET_KEY = "only-for-tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
OPENDIBAO_TODAY = date(2025, 1, 6)
# a run begins at noon in Beijing whatever the time is: no test passes by day and fails by night
_now = datetime.now(ZoneInfo("Asia/Shanghai"))
OPENDIBAO_CLOCK_AHEAD = _now.replace(hour=12, minute=0, second=0) - _now
OPENDIBAO_SYNTHETIC = True
OPENDIBAO_REMEMBERS = False  # builders write straight into the tables, without an audit event
OPENDIBAO_TOTP_DUTIES = frozenset[str]()  # tests of sign-in ask for it themselves
