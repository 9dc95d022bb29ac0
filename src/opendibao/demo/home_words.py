"""看到和听到的: what surveyors write of a home and neighbours say of a family, drawn from its facts alone."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from opendibao.demo.plan import CaseFacts

AGREES, DIFFERS = "agrees", "differs"
AGREEING = (
    "这家人老实，靠种点地和打零工过日子，没有别的进项",
    "家里有人常年吃药，钱不够用，左邻右舍都知道",
    "平时很节省，没见过添大件，也没有人在外面做生意",
    "老人身体不好，做不了重活，孩子也帮不上多少",
    "两口子都勤快，就是挣得少，负担重",
)
DIFFERING = (
    "听说在县城还有房子，过年常去那边住",
    "家里有人在厂里上班，每个月有工资，不算困难",
    "前两年存了一笔钱，日子比一般人家好",
)
HOUSING = (
    "自建砖瓦房，两间，屋内简单",
    "自建砖混一层，没有装修",
    "老土砖房，屋顶漏雨的地方补过",
    "公租房一套，约50平方米",
)
APPLIANCES = ("电视机、电饭煲、旧冰箱", "电风扇、电视机，没有空调", "电饭煲、洗衣机，都用了很多年")
FOOD = ("米自己种，菜自己种，一个月买几次肉", "饭菜简单，衣被够用", "吃用都省，衣服多是旧的")
CONCLUSION = "查明的情况与申报一致，家庭生活确有困难。"
OTHERWISE = "查明的情况与申报不一致，见核对结果和邻里访问。"


def seen_home(facts: CaseFacts, rng: Random) -> dict[str, Any]:
    """How a family lives, by subject, and who was seen."""
    members = facts["members"]
    seen = {
        "housing": rng.choice(HOUSING if facts["property"].get("dwellings") else HOUSING[-1:]),
        "appliances": rng.choice(APPLIANCES),
        "food": rng.choice(FOOD),
    }
    if ill := [m["name"] for m in members if m.get("severe_illness") or m.get("disability")]:
        seen["health"] = f"{'、'.join(ill)}身体不好，看了病历和药费单"
    if studying := [m["name"] for m in members if m.get("study")]:
        seen["school"] = f"{'、'.join(studying)}在校读书"
    if land := [item["mu"] for m in members for item in m.get("income", ()) if item["kind"] == "farming"]:
        seen["land"] = f"自种地{'、'.join(map(str, land))}亩"
    return {**seen, "members": [{"name": m["name"], "seen": place == 0 or rng.random() < 0.7}
                                for place, m in enumerate(members)]}  # fmt: skip


def neighbours_say(is_granted: bool, neighbours: Sequence[str], rng: Random) -> list[tuple[str, str, str]]:
    """(neighbour, words, view): one or two of them."""
    asked = rng.sample(list(neighbours), rng.choice((1, 1, 2)))
    pool: Mapping[bool, Sequence[str]] = {True: AGREEING, False: DIFFERING}
    words = rng.sample(pool[is_granted], len(asked))
    return [(who, said, AGREES if is_granted else DIFFERS) for who, said in zip(asked, words, strict=True)]
