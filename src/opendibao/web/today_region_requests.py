"""跨省核对待办: drafts to send, provinces that are late, requests that are over, re-checks, late answers that bear."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.duties import Duty
from opendibao.verification.requests.queries import requests_counts
from opendibao.web.today_task import Task

# the view of the list: what, the act in words, and the form where it is done ("" from the list)
KINDS = (
    ("late", gettext_lazy("跨省迟到答复：重新核对"), gettext_lazy("逐项办结"), ""),
    ("overdue", gettext_lazy("跨省核对：对方逾期未答"), gettext_lazy("催办"), ""),
    ("over", gettext_lazy("跨省核对：到期或者失效"), gettext_lazy("清理到期"), "end-region-requests"),
    ("again", gettext_lazy("跨省核对：没有签收，该再发"), gettext_lazy("再次发送"), "send-region-requests"),
    ("draft", gettext_lazy("跨省核对：等县里发送"), gettext_lazy("发送"), "send-region-requests"),
    ("recheck", gettext_lazy("跨省未核到：该条件复查"), gettext_lazy("逐项复查"), ""),
)  # fmt: skip


def region_requests_waiting(today: date) -> Iterator[Task]:
    """One line a kind, with how many there are; nothing where none waits."""
    counts = requests_counts(today)
    for view, what, act, form in KINDS:
        if counts[view]:
            yield Task(
                str(what), str(act), Duty.CONFIRM, settings.OPENDIBAO_COUNTY,
                f"{reverse('region-requests')}?view={view}", _("%(n)d 项") % {"n": counts[view]},
                form=reverse(form) if form else "",
            )  # fmt: skip
