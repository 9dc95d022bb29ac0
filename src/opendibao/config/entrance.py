"""登录的设置: passwords, one-time codes, lock-out and the life of a session, the same in every way of running."""

import os
from datetime import timedelta

ENTRANCE_APPS = ["axes", "allauth.account", "allauth.mfa"]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "opendibao.accounts.sign_in.OfficerBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "opendibao.accounts.passwords.LongEnough"},
    {"NAME": "opendibao.accounts.passwords.NotOnesName"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"

ACCOUNT_ADAPTER = "opendibao.web.doorkeeper.Doorkeeper"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {"change_password": "opendibao.web.own_account.OwnPasswordForm"}
ACCOUNT_RATE_LIMITS = False  # failures are counted in the database, see accounts.lockout
MFA_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "低保业务系统"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "opendibao.web.codes.CodeForm",
    "reauthenticate": "opendibao.web.codes.CodeAgainForm",
    "activate_totp": "opendibao.web.codes.FirstCodeForm",
}

AXES_HANDLER = "opendibao.accounts.lockout.Attempts"
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are events of the audit chain
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W002"]  # the sign-in page itself says that a name is locked
AXES_CLIENT_IP_CALLABLE = "opendibao.web.sign_in_log.address_of"

# 不动多少分钟后要重新登录
SESSION_COOKIE_AGE = int(os.environ.get("OPENDIBAO_IDLE_MINUTES", "30")) * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "opendibao.web.errors.stale_form"

# 管钱、管确认、管系统的职责要有动态口令
OPENDIBAO_TOTP_DUTIES = frozenset({"confirm", "pay", "finance", "operate"})
# 前面有几层自己的反向代理：锁定按真正来访的地址算
OPENDIBAO_PROXIES = int(os.environ.get("OPENDIBAO_PROXIES", "0"))
# 演示身份不用密码：只有演示命令自己在本机打开网站时才是真
OPENDIBAO_DEMO_ROLES = False
