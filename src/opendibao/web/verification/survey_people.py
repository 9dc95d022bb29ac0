"""调查表上的人: each member as the register knows him, how he lives and is, and who outside must support him."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from opendibao.registry.queries import MemberRow
from opendibao.rules.vocabulary import ABSENCES, ALREADY
from opendibao.web.act_fields import Words
from opendibao.web.intake.new_application_items import Blank
from opendibao.web.intake.new_application_people import GRADES, LIVES, STUDY
from opendibao.web.labels import DISABILITIES
from opendibao.web.verification.survey_fields import Chosen, Facts, Typed
from opendibao.web.verification.survey_words import SEEN

NOTE_LENGTH = 100
OF_A_VISIT = ("seen", "note")
_WAYS = ("lives_together", "married_out", "absent", "already", "excluded_by_province")


def base_facts(known: Mapping[str, Any], members: Sequence[MemberRow], area: str) -> Facts:
    """What is known of the family: its members as the register has them, each with what was declared or found of him.

    Somebody who was declared and is not in the register stays, for the surveyors to see whether he is there.
    """
    facts = deepcopy(dict(known))
    said = {str(one.get("name")): one for one in facts.get("members") or ()}
    listed = [{**said.pop(row.name, {}), **_registered(row)} for row in members]
    others = [one for one in said.values() if one.get("born") and one.get("relation")]
    return {**facts, "area": facts.get("area") or area, "members": [*listed, *others]}


def _registered(row: MemberRow) -> Facts:
    found = {"name": row.name, "born": row.born.isoformat(), "sex": row.sex, "relation": row.relation}
    return {**found, **({"died": row.died.isoformat()} if row.died else {})}


def add_people(form: forms.Form, facts: Facts, *, is_visit: bool = True) -> None:
    """Give the form the fields of every member; on a visit also whether he was seen and how he is."""
    for place, member in enumerate(facts["members"]):
        disability = member.get("disability") or {}
        fields: dict[str, tuple[forms.Field, str]] = {
            "seen": (Chosen(Blank("seen", _("见到没有"), "pick", options=SEEN)), ""),
            "lives": (Chosen(Blank("lives", _("怎样生活"), "pick", options=LIVES)), lives_of(member)),
            "study": (Chosen(Blank("study", _("在读"), "pick", options=_studies())), member.get("study") or "none"),
            "disability": (Chosen(Blank("disability", _("残疾类别"), "pick", options=_disabilities())),
                           disability.get("kind") or "none"),
            "grade": (Chosen(Blank("grade", _("残疾等级"), "pick", options=_grades())),
                      str(disability.get("grade") or "")),
            "ill": (Chosen(Blank("ill", _("重特大疾病"), "pick", options={"yes": _("有"), "no": _("没有")})),
                    "yes" if member.get("severe_illness") else "no"),
            "note": (Words(_("身体、劳动和上学情况"), NOTE_LENGTH, needed=False), ""),
        }  # fmt: skip
        for name, (one, initial) in fields.items():
            if is_visit or name not in OF_A_VISIT:
                form.fields[f"m{place}_{name}"] = one
                form.initial.setdefault(f"m{place}_{name}", initial)


def _studies() -> dict[str, str]:
    return {code or "none": words for code, words in STUDY.items()}


def _grades() -> dict[str, str]:
    return {grade: _("%(n)s 级") % {"n": grade} for grade in GRADES}


def _disabilities() -> dict[str, str]:
    return {"none": _("没有"), **DISABILITIES}


def lives_of(member: Mapping[str, Any]) -> str:
    """How a member lives, as one choice."""
    if member.get("excluded_by_province"):
        return "by_province"
    if member.get("married_out"):
        return "married_out"
    for name in ("absent", "already"):
        if member.get(name):
            return str(member[name])
    return "together" if member.get("lives_together", True) else "apart"


def _with_lives(member: Facts, way: str) -> None:
    if way == lives_of(member):
        return
    for name in _WAYS:
        member.pop(name, None)
    if way in ("apart", "married_out"):
        member["lives_together"] = False
    if way in ("married_out", "by_province"):
        member["married_out" if way == "married_out" else "excluded_by_province"] = True
    for name, known in (("absent", ABSENCES), ("already", ALREADY)):
        if way and way in known:
            member[name] = way


def people_faults(given: Mapping[str, Any], facts: Facts, *, is_visit: bool = True) -> Iterator[tuple[str, str]]:
    """(field, what is wrong) of the members."""
    asked = [("seen", _("见到没有"))] * is_visit + [("lives", _("怎样生活"))]
    for place, member in enumerate(facts["members"]):
        who = member["name"]
        for name, words in asked:
            if not given.get(f"m{place}_{name}") and not member.get("died"):
                yield f"m{place}_{name}", _("%(who)s：请选“%(what)s”") % {"who": who, "what": words}
        kind = given.get(f"m{place}_disability") or "none"
        if (kind != "none") != bool(given.get(f"m{place}_grade")):
            yield f"m{place}_grade", _("%(who)s：残疾类别和等级要一起选") % {"who": who}


def with_people(facts: Facts, given: Mapping[str, Any]) -> None:
    """Write what was found of every member into the facts."""
    for place, member in enumerate(facts["members"]):
        _with_lives(member, str(given.get(f"m{place}_lives") or "together"))
        for name in ("study", "disability", "severe_illness"):
            member.pop(name, None)
        if (study := given.get(f"m{place}_study")) and study != "none":
            member["study"] = study
        if (kind := given.get(f"m{place}_disability")) and kind != "none":
            member["disability"] = {"kind": kind, "grade": int(given[f"m{place}_grade"])}
        if given.get(f"m{place}_ill") == "yes":
            member["severe_illness"] = True


def add_supporters(form: forms.Form, facts: Facts) -> None:
    """Give the form what each duty-bearer outside earns and pays."""
    for place, one in enumerate(facts.get("supporters") or ()):
        for name, words in (("income", _("家庭收入（元）")), ("pays", _("实际给多少（元）"))):
            said = one.get(name) or {}
            per = _("每年") if said.get("per") == "year" else _("每月")
            field = Typed(Blank(name, _("%(what)s，%(per)s") % {"what": words, "per": per}))
            form.fields[f"u{place}_{name}"] = field
            form.initial.setdefault(f"u{place}_{name}", said.get("amount", ""))


def with_supporters(facts: Facts, given: Mapping[str, Any]) -> None:
    """Write what was found of the duty-bearers into the facts."""
    for place, one in enumerate(facts.get("supporters") or ()):
        for name in ("income", "pays"):
            amount, said = given.get(f"u{place}_{name}", ""), one.pop(name, None) or {}
            if amount != "":
                same = str(said.get("amount")) == str(amount)
                one[name] = {"per": "month", **said, "amount": said["amount"] if same else amount}
