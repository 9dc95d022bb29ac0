"""指标表的填写: the fields of a row, of the sheet's terms, of a score and of a judgement."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from opendibao.evaluation.queries import indicators
from opendibao.evaluation.sheet_forms import sheet_forms
from opendibao.evaluation.year_sheets import SheetEntry, SheetTerms, target_text
from opendibao.web.act_fields import ActForm, Label, MayPick, Pick, Words, with_blank
from opendibao.web.labels import Labels

JUDGED = "judged"
DIRECTIONS = Labels({
    "at_least": gettext_noop("不低于（≥）"), "at_most": gettext_noop("不高于（≤）"),
    "equal": gettext_noop("等于（＝）"),
})  # fmt: skip
SCORINGS = Labels({
    "proportional": gettext_noop("按完成比例"), "direct": gettext_noop("直接赋分"),
    "threshold": gettext_noop("设及格门槛"), "satisfaction": gettext_noop("按满意度区间"),
    "judged": gettext_noop("定性分档"),
})  # fmt: skip
BANDS = Labels({
    "achieved": gettext_noop("达成：80%—100%"), "partly": gettext_noop("部分达成：60%—80%，不含80%"),
    "not": gettext_noop("未达成：0—60%，不含60%"),
})  # fmt: skip
OVER = Labels({"flag": gettext_noop("只提示"), "linear": gettext_noop("按偏离度调减")})
GRADES = Labels({
    "youliangzhongcha": gettext_noop("优、良、中、差"),
    "youxiulianghaohegebuhege": gettext_noop("优秀、良好、合格、不合格"),
})  # fmt: skip
REASON, LONGEST, DIGITS = 300, 40, 20


class Number(Words):
    """A number that is not negative, typed without unit; empty is none where it may be left out."""

    def __init__(self, label: Label, *, needed: bool = True, hint: Label = "") -> None:
        super().__init__(label, DIGITS, needed=needed, hint=hint)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Any:
        """The number, None where nothing was typed. Raises ValidationError naming the field."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            found = Decimal(typed)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or found < 0:
            said = _("“%(label)s”填的“%(typed)s”不是数字，应写成 95 或 5330.5，不带单位、比较号和百分号")
            raise ValidationError(said % {"label": self.label, "typed": typed})
        return found


class RowForm(ActForm):
    """A row of the sheet: way of scoring, direction and target (none where it is judged), weight."""

    scoring = Pick(
        gettext_lazy("给分办法"), SCORINGS, hint=gettext_lazy("没有数可量的指标选“定性分档”，方向和指标值留空")
    )
    direction = MayPick(gettext_lazy("方向"), DIRECTIONS)
    target = Number(gettext_lazy("指标值"), needed=False, hint=gettext_lazy("只写数字，单位随指标；95% 写 95"))
    target_text = Words(
        gettext_lazy("指标值写法（选填）"), LONGEST, needed=False,
        hint=gettext_lazy("报告里印的样子，不填就按方向、数字、单位写；定性分档的必须写达到什么样"),
    )  # fmt: skip
    weight = Number(gettext_lazy("分值"), hint=gettext_lazy("0 到 100，最多两位小数；0 是只测不评，列在表外"))

    def clean(self) -> dict[str, Any]:
        """A judged row has no target, every other has target and direction."""
        given = super().clean() or {}
        scoring = given.get("scoring")
        if scoring == JUDGED:
            self._judged(given)
        elif scoring and "target" in given and "direction" in given:
            self._measured(given)
        return given

    def _judged(self, given: Mapping[str, Any]) -> None:
        for name in ("direction", "target"):
            if given.get(name):
                said = _("定性分档的指标不填“%(label)s”，请清空，或改给分办法")
                self.add_error(name, said % {"label": self.fields[name].label})
        if not given.get("target_text"):
            self.add_error("target_text", _("定性分档的指标要写达到什么样，例如“持续改善”"))

    def _measured(self, given: Mapping[str, Any]) -> None:
        if given["target"] is None:
            self.add_error("target", _("请填写“指标值”，只写数字"))
        if not given["direction"]:
            self.add_error("direction", _("指标值没有方向，请选不低于、不高于或等于"))

    def entry(self, indicator: str) -> SheetEntry:
        """What was typed as a row, ready to be entered."""
        return entry_of(indicator, self.cleaned_data)


def entry_of(indicator: str, given: Mapping[str, Any]) -> SheetEntry:
    """A filled-in form as a row, ready to be entered."""
    text, target, direction = given["target_text"], given["target"], given["direction"]
    if not text and target is not None and direction:
        text = target_text(direction, target, indicators()[indicator].unit)
    return SheetEntry(indicator, direction, target, text, given["weight"], given["scoring"])


class EditRowForm(RowForm):
    """A row that is changed, and why."""

    reason = Words(gettext_lazy("为什么改"), REASON, rows=2)


class IndicatorPick(Pick):
    """An indicator of the library, in the groups of its first level; told which are already on the sheet."""

    def __init__(self) -> None:
        super().__init__(gettext_lazy("指标"), {}, hint=gettext_lazy("说明和口径在指标库里"))

    def offer(self, taken: frozenset[str]) -> None:
        """Let the officer choose among those that are not taken."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for code, one in indicators().items():
            if code not in taken:
                unit = f"（{one.unit}）" if one.unit else ""
                groups.setdefault(_(one.level1), []).append((code, f"{_(one.name)}{unit}"))
        self.choices = with_blank(list(groups.items()))


def add_form(taken: frozenset[str], *, is_first: bool) -> type[RowForm]:
    """The form of a row that is added: without reason, but with the sheet's form, where it begins the sheet."""
    pick = IndicatorPick()
    pick.offer(taken)
    fields: dict[str, forms.Field] = {"indicator": pick}
    if is_first:
        fields = {"form": form_pick(), **fields}
    made = type("AddRowForm", (RowForm if is_first else EditRowForm,), fields)
    order = ["form", "indicator", "scoring", "direction", "target", "target_text", "weight", "reason"]
    made.field_order = order  # type: ignore[attr-defined]
    return made


def form_pick() -> Pick:
    """Which of the forms."""
    hint = gettext_lazy("各块的分值以表样为准，不合的在指标表页上用红字说明")
    return Pick(gettext_lazy("表样"), {code: form.zh for code, form in sheet_forms().items()}, hint=hint)


class TermsForm(ActForm):
    """What holds for the whole sheet, and why it is changed."""

    form = form_pick()
    grade_scheme = Pick(gettext_lazy("等级办法"), GRADES)
    over_completion = Pick(
        gettext_lazy("超额完成"), OVER, hint=gettext_lazy("完成值超过指标值三成以上时，只提示说明，还是按超出部分扣分")
    )
    execution_weight = Number(
        gettext_lazy("预算执行率分值"), hint=gettext_lazy("自评表是 10；部门评价、行业办法不另列，填 0")
    )
    reason = Words(gettext_lazy("为什么改"), REASON, rows=2)


def terms_of(given: Mapping[str, Any]) -> SheetTerms:
    """A filled-in form as the sheet's terms."""
    return SheetTerms(given["form"], given["grade_scheme"], given["over_completion"], given["execution_weight"])


class ReasonForm(ActForm):
    """Why it is done."""

    reason = Words(gettext_lazy("为什么改"), REASON, rows=2)


class ScoreForm(ActForm):
    """A score instead of the rule's, and why."""

    score = Number(gettext_lazy("评定得分"))
    reason = Words(gettext_lazy("理由"), REASON, rows=2, hint=gettext_lazy("报告里会印出来，写明与按规则不同的原因"))


class JudgeForm(ActForm):
    """A band, the share inside it, the opinion and what it rests on."""

    band = Pick(gettext_lazy("档次"), BANDS)
    percent = Number(gettext_lazy("得分比例（%）"), hint=gettext_lazy("在所选档次之内，如 70"))
    text = Words(gettext_lazy("评价意见"), REASON, rows=3, hint=gettext_lazy("对照评价要点逐条写"))
    evidence = Words(gettext_lazy("依据材料"), REASON, rows=2, hint=gettext_lazy("文件、记录、台账的名称和日期"))
