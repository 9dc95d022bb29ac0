"""公示办理: the cases of a village are looked through and posted together, and taken down when the days are over."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.notice import MOST_CASES, post_notices, take_down_notices
from opendibao.decision.notice_queries import ReadyNotice, places_before, ready_notices, sheet_of
from opendibao.kernel.money import yuan_text
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import today_in_county
from opendibao.web.decision.fields import Lines, Ticks
from opendibao.web.decision.village_tabs import asked_village, way
from opendibao.web.places import places
from opendibao.web.tables import Crumb
from opendibao.web.uploads import Photo, Sent


class PostForm(ActForm):
    """Which cases, on which day, where; the boxes stand in the rows of the preview."""

    cases = Ticks(gettext_lazy("要公示的案件"), [])
    posted_on = Day(gettext_lazy("张贴日期"), hint=gettext_lazy("这天算第一天"))
    places = Lines(gettext_lazy("张贴地点"), 300, rows=2, hint=gettext_lazy("一处一行，例如：村务公开栏"))
    photo = Photo(
        gettext_lazy("张贴照片"), needed=False, hint=gettext_lazy("（选填）拍下榜和公开栏；自动缩小，去掉拍摄地点")
    )

    ready: Sequence[ReadyNotice] = ()

    @property
    def rows(self) -> list[tuple[ReadyNotice, bool]]:
        """The cases of the preview, and whether each is ticked."""
        ticked = {str(each) for each in self["cases"].value() or []}
        return [(row, str(row.case_id) in ticked) for row in self.ready if not row.fault]

    @property
    def other_fields(self) -> list[Any]:
        """The fields below the preview."""
        return [self[name] for name in self.fields if name != "cases"]

    @property
    def left_out(self) -> list[ReadyNotice]:
        """The cases for which something must be done first."""
        return [row for row in self.ready if row.fault]


class TakeDownForm(ActForm):
    """When the sheet was taken down."""

    on = Day(gettext_lazy("撤下日期"), hint=gettext_lazy("截止日期的第二天起"))
    photo = Photo(gettext_lazy("撤下照片"), needed=False, hint=gettext_lazy("（选填）撤下前再拍一张，证明一直贴着"))


def picture(sent: Sent | None) -> tuple[str, bytes] | None:
    """A photograph as the actions take it."""
    return (sent.name, sent.content) if sent else None


@takes_a_form
def posted_notices(request: HttpRequest) -> HttpResponse:
    """预览并张贴."""
    village, today = asked_village(request, request.GET.get("division", "")), today_in_county()
    ready = ready_notices(village, today)[:MOST_CASES]
    able = [str(row.case_id) for row in ready if not row.fault]
    # what another officer posted meanwhile is refused by the action, which says what became of it
    known = {*able, *(each for each in request.POST.getlist("cases") if each.isascii() and each.isdigit())}
    fields = {"ready": ready, "cases": Ticks(gettext_lazy("要公示的案件"), [(each, each) for each in sorted(known)])}
    only = request.GET.get("case", "")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = post_notices(
            village, [int(each) for each in given["cases"]], on=given["posted_on"], at=at, places=given["places"],
            photo=picture(given["photo"]),
        )  # fmt: skip
        said = _("已张贴 %(n)d 户，公示到 %(day)s。请打印公示榜，期满再来登记撤下。")
        return Done(reverse("notice", args=[made[0].pk]), said % {"n": len(made), "day": made[0].ends_on})

    return answer(
        request,
        Act(
            title=_("张贴公示：%(village)s") % {"village": places().full(village)}, button=_("登记张贴"),
            form=type("PostForm", (PostForm,), fields), do=do, way=way("notices"), subject=f"公示 {village}",
            initial={"posted_on": today, "cases": [only] if only in able else able,
                     "places": "\n".join(places_before(village))},
            template="web/notice_form.html", facts=[] if able else [(row.name, row.fault) for row in ready],
            closed="" if able or request.method == "POST" else _("这个村（社区）现在没有可以张贴的案件。"),
            notes=[_("榜上只有村组、户主姓名、人数、拟每月金额、公示日期和监督电话，没有证件号、账号、病情、电话和未成年人姓名。")],
        ),
    )  # fmt: skip


@takes_a_form
def taken_down_notices(request: HttpRequest, notice_id: int) -> HttpResponse:
    """登记撤下."""
    posted = sheet_of(notice_id)
    if not posted:
        raise Http404(f"没有公示 {notice_id}")
    first, hanging = posted[0], [row for row in posted if not row.taken_down_on]
    name = _("%(day)s %(village)s") % {"day": first.posted_on, "village": places().full(first.division)}

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = take_down_notices([row.id for row in hanging], on=given["on"], at=at, photo=picture(given["photo"]))
        said = _("已登记撤下 %(n)d 户的公示。没有异议的，可以报县审核。") % {"n": len(made)}
        return Done(reverse("notice", args=[notice_id]), said)

    fen = yuan_text(sum(row.proposed_fen for row in posted), grouped=True)
    ends = max(row.ends_on for row in posted)
    return answer(
        request,
        Act(
            title=_("登记撤下公示"), button=_("登记撤下"), form=TakeDownForm, do=do,
            way=[*way("notices"), Crumb(name, reverse("notice", args=[notice_id]))],
            subject=f"公示 {first.division}",
            initial={"on": today_in_county()},
            facts=[(_("公示榜"), name), (_("截止"), str(ends)),
                   (_("户数"), _("%(n)d 户，拟每月 %(yuan)s 元") % {"n": len(posted), "yuan": fen})],
            closed="" if hanging else _("这张榜已经撤下。"),
        ),
    )  # fmt: skip
