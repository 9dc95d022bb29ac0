"""就地办理: a form that stands on a page of reading and is sent to its act, which shows what is refused."""

import secrets
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opendibao.web.act_fields import ActForm
from opendibao.web.context import today_in_county
from opendibao.web.together import look, sealed


@dataclass(frozen=True)
class HereForm:
    """A form with the address it is sent to; `key` and `seen` are carried as on the act's own page.

    `sending` is what the button says while the answer is on its way.
    """

    address: str
    button: str
    sending: str
    form: ActForm
    key: str
    seen: str


def here(
    address: str, button: str, form: type[ActForm], subject: str, *, sending: str = "", name: str = "next"
) -> HereForm:
    """A form of an act about a subject, as it stands now; `name` keeps its fields apart from others of the page."""
    made = form(today=today_in_county(), auto_id=f"{name}_%s")
    return HereForm(
        address, button, sending or _("正在保存……"), made, secrets.token_hex(16), sealed(subject, look(subject, {}))
    )
