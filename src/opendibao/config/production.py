"""Settings of a county in use: a secret of its own, cookies over TLS only."""

from django.core.exceptions import ImproperlyConfigured

from opendibao.config.base import *  # noqa: F403
from opendibao.config.base import SECRET_KEY

if not SECRET_KEY:
    raise ImproperlyConfigured("请设置环境变量 OPENDIBAO_SECRET_KEY（至少50个随机字符）")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
