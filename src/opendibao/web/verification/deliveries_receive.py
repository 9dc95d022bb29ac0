"""收下数据: the form on which a department's file and what goes with it are taken, whole or not at all."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.opened_files import MEGABYTE
from opendibao.verification.deliveries.filing import BECAUSE, Filed, file_delivery
from opendibao.verification.deliveries.manifest import LENGTHS, manifest_of, read_manifest
from opendibao.verification.deliveries.queries import deliveries
from opendibao.verification.deliveries.refusal import DeliveryRefused
from opendibao.verification.sources import SOURCES, sources_on
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Label, MayPick, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.labels import DELIVERY_COVERS, DEPARTMENTS
from opendibao.web.tables import Crumb
from opendibao.web.uploads import Sent

MOST_BYTES = 50 * MEGABYTE
DATA_ENDINGS = ".xlsx,.csv,.txt,.ndjson,.jsonl"
MANIFEST_ENDINGS = ".json,.yaml,.yml"
PURPOSE = gettext_lazy("最低生活保障家庭经济状况核对")
NEEDED = ("department", "legal_basis", "purpose", "authorisation", "covers", "as_of", "rows")
DIGITS, ROWS_LENGTH = 64, 12


class DeliveredFile(forms.FileField):
    """A department's file, or the manifest beside it; what it says the action finds out."""

    def __init__(self, label: Label, *, accepts: str, hint: Label, needed: bool = True) -> None:
        widget = forms.FileInput(attrs={"class": "in", "accept": accepts})
        super().__init__(label=label, required=needed, help_text=hint, widget=widget)  # type: ignore[arg-type]

    def clean(self, data: Any, initial: Any = None) -> Sent | None:
        """Name and bytes, None where none was chosen. Raises ValidationError naming field and remedy."""
        if not isinstance(data, UploadedFile):
            if self.required:
                raise ValidationError(_("请选择“%(label)s”") % {"label": self.label})
            return None
        if not data.size:
            raise ValidationError(_("“%(label)s”是空的，请核对选的文件") % {"label": self.label})
        if data.size > MOST_BYTES:
            said = _("“%(label)s”超过 %(n)d MB，请部门分成几份，或由管理员在服务器上用命令收")
            raise ValidationError(said % {"label": self.label, "n": MOST_BYTES // MEGABYTE})
        data.seek(0)
        return Sent(data.name or "", data.read())


class MayDay(Day):
    """A day that has come, or none."""

    def __init__(self, label: Label, *, hint: Label = "") -> None:
        super().__init__(label, hint=hint)
        self.required = False

    def to_python(self, value: Any) -> date | None:
        """The day, None where none was given."""
        return None if value in self.empty_values else super().to_python(value)

    def validate(self, value: Any) -> None:
        """Refuse only a day that cannot be."""
        if value is not None:
            super().validate(value)


class ReceiveForm(ActForm):
    """What came, from whom, on what ground, as of when."""

    source = Pick(gettext_lazy("来源"), {})
    file = DeliveredFile(
        gettext_lazy("数据文件"), accepts=DATA_ENDINGS,
        hint=gettext_lazy("Excel、CSV、定长文本或 NDJSON，最大 50 MB。拖到这里，或选文件。"),
    )  # fmt: skip
    manifest = DeliveredFile(
        gettext_lazy("清单文件"), accepts=MANIFEST_ENDINGS, needed=False,
        hint=gettext_lazy("部门随数据送来的 JSON 或 YAML，没有就不选；清单文件里写了的，以它为准，下面不用再填。"),
    )  # fmt: skip
    department = Words(gettext_lazy("部门"), LENGTHS["department"], needed=False)
    legal_basis = Words(gettext_lazy("法律依据"), LENGTHS["legal_basis"], needed=False)
    purpose = Words(gettext_lazy("用途"), LENGTHS["purpose"], needed=False)
    authorisation = Words(
        gettext_lazy("授权编号"), LENGTHS["authorisation"], needed=False,
        hint=gettext_lazy("部门来函或核对名单的文号"),
    )  # fmt: skip
    covers = MayPick(
        gettext_lazy("数据范围"), DELIVERY_COVERS,
        hint=gettext_lazy("全部登记：部门登记的人都在里面；按核对名单：只答复县里名单上的人"),
    )  # fmt: skip
    list_of = MayDay(gettext_lazy("名单日期"), hint=gettext_lazy("按核对名单的才填：答复到哪一天的名单"))
    as_of = MayDay(gettext_lazy("数据截止日期"), hint=gettext_lazy("部门从系统里取数的那一天"))
    rows = Words(
        gettext_lazy("行数"), ROWS_LENGTH, needed=False,
        hint=gettext_lazy("部门说有多少行，不算表头和合计；数不对就不收，防止文件没有传完"),
    )  # fmt: skip
    sha256 = Words(gettext_lazy("SHA-256"), DIGITS, needed=False, hint=gettext_lazy("部门没有给就空着"))
    older_because = Words(
        gettext_lazy("收下旧数据的理由"), BECAUSE, needed=False,
        hint=gettext_lazy("比已有数据旧的才填；收下后只留存，不用来核对"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(name, DEPARTMENTS[name]) for name in sources_on(today_in_county())]
        self.fields["source"].choices = [("", _("请选择")), *offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Everything a manifest says must be typed where no manifest file says it."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("manifest") is None and "manifest" not in self.errors:
            for name in NEEDED:
                if name not in self.errors and not given.get(name):
                    self.add_error(name, _("请填写“%(label)s”") % {"label": self.fields[name].label})
        return given


@takes_a_form
def received_delivery(request: HttpRequest) -> HttpResponse:
    """收下数据."""
    asked = request.GET.get("source", "")
    back = reverse("deliveries")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        filed = file_delivery(
            given["file"].content, given["file"].name, manifest_of(_said(given)), on=today_in_county(), at=at,
            older_because=given["older_because"],
        )  # fmt: skip
        return Done(reverse("delivery", args=[filed.delivery_id]), _words(filed))

    return answer(
        request,
        Act(
            title=_("收下部门数据"), button=_("收下"), form=ReceiveForm, do=do, initial=_initial(asked),
            way=[Crumb(_("今日工作"), reverse("today")), Crumb(_("送达数据"), back)],
            sending=_("正在收下，行数多的要一两分钟……"), template="web/receive_delivery.html",
            notes=[_("整份核对以后才入库：清单对不上、列不对、文件坏了，一行也不收；个别行有错的，退回那几行。")],
        ),
    )  # fmt: skip


def _said(given: Mapping[str, Any]) -> dict[str, str]:
    """What the form says, and over it what the manifest file says; they must mean the same source."""
    typed = {name: str(given[name] or "") for name in (*NEEDED, "source", "list_of", "sha256")}
    if given["manifest"] is None:
        return typed
    said = {name: text for name, text in read_manifest(given["manifest"].content).items() if text}
    if said.get("source", typed["source"]) != typed["source"]:
        raise DeliveryRefused(
            _("清单文件写的来源是“%(said)s”，页上选的是“%(typed)s”，请核对是不是选错了文件")
            % {"said": DEPARTMENTS.get(said["source"], said["source"]), "typed": DEPARTMENTS[typed["source"]]}
        )
    return {**typed, **said}


def _initial(source: str) -> dict[str, object]:
    """What the last file of the source came with, to be corrected where it has changed."""
    if source not in SOURCES:
        return {"purpose": PURPOSE}
    known = SOURCES[source]
    found: dict[str, object] = {
        "source": source, "department": known.department, "legal_basis": known.basis_on(today_in_county()),
        "purpose": PURPOSE,
    }  # fmt: skip
    if last := deliveries(source)[:1]:
        names = ("department", "legal_basis", "purpose", "authorisation", "covers")
        found |= {name: getattr(last[0], name) for name in names}
    return found


def _words(filed: Filed) -> str:
    if filed.is_known:
        return _("这份文件以前收过，什么也没有变。")
    if not filed.rejected:
        return _("已收下 %(n)s 行，没有退回行。下一步：和人员比对。") % {"n": f"{filed.accepted:,}"}
    said = _("已收下 %(n)s 行，退回 %(back)s 行，退回行请下载后交部门改正重送。下一步：和人员比对。")
    return said % {"n": f"{filed.accepted:,}", "back": f"{filed.rejected:,}"}
