"""案件的页签: families, their cases, what came online, and the register of relatives of officials, side by side."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.web.choices import pages
from opendibao.web.tables import Choices

TABS = (
    ("search", gettext_lazy("找家庭")), ("cases", gettext_lazy("案件")),
    ("online-applications", gettext_lazy("网上申请")), ("relatives", gettext_lazy("近亲属备案")),
    ("low-income", gettext_lazy("低收入家庭")), ("referrals", gettext_lazy("转介")),
    ("archives", gettext_lazy("一户一档")),
)  # fmt: skip


def case_tabs(current: str) -> Choices:
    """The pages that belong together, the current one marked."""
    return pages(_("家庭和案件"), TABS, current)
