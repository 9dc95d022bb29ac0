"""Settings of the demonstration: a synthetic county whose today is fixed, served on the loopback only."""

import os
from datetime import date

from opendibao.config.base import *  # noqa: F403
from opendibao.config.base import _today

SECRET_KEY = "demo-only-on-the-loopback"
OPENDIBAO_TODAY = date.fromisoformat(_today or "2025-01-06")
OPENDIBAO_SYNTHETIC = True
# 演示人员没有密码，也就没有动态口令
OPENDIBAO_TOTP_DUTIES = frozenset[str]()
OPENDIBAO_DEMO_ROLES = os.environ.get("OPENDIBAO_DEMO_ROLES") == "on"
