"""家庭: who lives together: shapes by size, ages that fit each other, disability and illness."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from opendibao.demo.draft import DraftMember
from opendibao.demo.people import People, settled_age

MOST_MEMBERS = 7
OLDEST = 93
_Key = TypeVar("_Key", str, int)
Shape = tuple[int, str, tuple[str, ...]]  # weight, generation of the head, roles of the others
SHAPES: dict[int, Sequence[Shape]] = {
    1: ((54, "old", ()), (46, "adult", ())),
    2: (
        (26, "old", ("spouse",)),
        (20, "adult", ("parent",)),
        (14, "young", ("child",)),
        (16, "old", ("grown",)),
        (18, "adult", ("spouse",)),
        (6, "old", ("grandchild",)),
    ),
    3: (
        (22, "young", ("spouse", "child")),
        (20, "adult", ("spouse", "student")),
        (16, "adult", ("spouse", "parent")),
        (22, "old", ("spouse", "grown")),
        (6, "young", ("child", "child")),
        (6, "old", ("spouse", "grandchild")),
        (8, "adult", ("student", "parent")),
    ),
    4: (
        (32, "young", ("spouse", "child", "child")),
        (24, "adult", ("spouse", "student", "parent")),
        (18, "young", ("spouse", "child", "parent")),
        (16, "old", ("spouse", "grown", "grandchild")),
        (10, "adult", ("spouse", "parent", "parent")),
    ),
    5: (
        (60, "young", ("spouse", "child", "child", "parent")),
        (40, "adult", ("spouse", "student", "parent", "parent")),
    ),
    6: ((1, "young", ("spouse", "child", "child", "parent", "parent")),),
    7: ((1, "young", ("spouse", "child", "child", "child", "parent", "parent")),),
}
HEAD_AGES = {"old": (62, 86), "adult": (38, 59), "young": (27, 45)}
RELATIONS = {"spouse": "spouse", "child": "child", "student": "child", "grown": "child", "parent": "parent"}
STUDIES = {"senior_high": 60, "vocational": 40}
KINDS = {"physical": 46, "visual": 11, "hearing": 10, "speech": 3, "intellectual": 13, "psychiatric": 13, "multiple": 4}
GRADES = {1: 14, 2: 30, 3: 32, 4: 24}


def _draw(weights: dict[_Key, int], rng: Random) -> _Key:
    """One key, by weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def compose(size: int, people: People) -> list[DraftMember]:
    """The members of a household of `size`, the head first."""
    rng = people.rng
    shapes = SHAPES[size]
    _, generation, others = rng.choices(shapes, [shape[0] for shape in shapes])[0]
    head_age = settled_age(rng.randint(*HEAD_AGES[generation]))
    head_sex = "female" if rng.random() < (0.35 if others[:1] == ("spouse",) else 0.48) else "male"
    surname, known = people.surname(), set[str]()
    members = [DraftMember(people.person(head_age, head_sex, surname, known), "head")]
    fathers = surname if head_sex == "male" else people.surname()
    parents: list[str] = []
    for role in others:
        age = settled_age(_age(role, head_age, rng))
        sex = _sex(role, head_sex, parents, rng)
        name = _surname(role, sex, surname, fathers, people)
        members.append(DraftMember(people.person(age, sex, name, known), RELATIONS.get(role, role)))
    for member, role in zip(members, (generation, *others), strict=True):
        _school(member, role, rng)
        _health(member, role, size, rng)
    return members


def _age(role: str, head: int, rng: Random) -> int:
    if role == "spouse":
        return min(OLDEST, max(23, head + rng.randint(-5, 3)))
    if role == "child":
        return max(3, min(17, head - rng.randint(23, 33)))
    if role == "student":
        return max(14, min(23, head - rng.randint(23, 32)))
    if role == "grown":
        return min(59, max(21, head - rng.randint(23, 34)))
    if role == "grandchild":
        return max(4, min(17, head - rng.randint(50, 62)))
    return min(OLDEST, max(62, head + rng.randint(21, 30)))


def _sex(role: str, head: str, parents: list[str], rng: Random) -> str:
    if role == "spouse":
        return "male" if head == "female" else "female"
    if role == "parent":
        parents.append("female" if "female" not in parents and rng.random() < 0.7 else "male")
        if parents[:-1] == parents[-1:]:
            parents[-1] = "male" if parents[0] == "female" else "female"
        return parents[-1]
    return rng.choice(("male", "female"))


def _surname(role: str, sex: str, heads: str, fathers: str, people: People) -> str:
    """Children bear their father's name, the head his or her own father's; women keep theirs."""
    if role == "parent":
        return heads if sex == "male" else people.surname()
    if role == "spouse":
        return fathers if sex == "male" else people.surname()
    return fathers


def _school(member: DraftMember, role: str, rng: Random) -> None:
    age = member.person.age
    if 6 <= age <= 15:
        member.study = "compulsory"
    elif age in (16, 17):
        member.study = _draw(STUDIES, rng)
    elif role == "student" and age >= 20 and rng.random() < 0.8:
        member.study = rng.choice(("college", "undergraduate"))


def _health(member: DraftMember, role: str, size: int, rng: Random) -> None:
    if rng.random() < _disabled_chance(member, role, size):
        member.disability = (_draw(KINDS, rng), _draw(GRADES, rng))
    if member.person.age >= 20 and not member.study and rng.random() < 0.09:
        member.severe_illness = True


def _disabled_chance(member: DraftMember, role: str, size: int) -> float:
    """Why a family is poor: adults alone and grown children at home are often disabled."""
    age = member.person.age
    if age <= 17 or member.study:
        return 0.05
    if age >= 60:
        return 0.17
    if role == "grown":
        return 0.62
    return 0.52 if size == 1 else 0.26
