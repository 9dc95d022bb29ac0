"""资金用语: where money came from, and which areas it is for, in words."""

from django.utils.translation import gettext_noop as _

from opendibao.web.labels import Labels

SOURCES = Labels({"allocation": _("当年安排"), "carried": _("上年结转")})
FUND_AREAS = Labels({"": _("不分城乡"), "rural": _("农村"), "urban": _("城镇")})
