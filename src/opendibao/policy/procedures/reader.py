"""程序文件: reads the procedure files, what one takes over from the one above it, and which holds where and when."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from opendibao.policy.file_form import read_file
from opendibao.policy.pack import BadPolicy, Pack
from opendibao.policy.procedures.profile import CLOCKS, Procedure, Source, Step
from opendibao.policy.reader import pack_of_division

_PACKAGE = "opendibao.policy.procedures"
PROFILE = "procedure.profile"
GATES = ("democratic_review", "confirming_authority", "has_hearing", "quorum_percent", "county_sample_percent")
LISTS = ("clocks", "pauses")
NEEDED = {"ALWAYS": "always", "ON_OBJECTION": "on_objection", "NEVER": "never"}
"""How a democratic review that is asked for so must stand among the steps."""
Said = dict[str, Any]


def said_of(texts: Mapping[str, str]) -> dict[str, Said]:
    """The procedure files by name, each with what it takes over; raises BadPolicy naming file and key."""
    own = {}
    for file, text in texts.items():
        said = read_file(text, file, f"{_PACKAGE}/schema.json")
        if f"{said['name']}.yaml" != file:
            raise BadPolicy(f"{file} 的 name：应与文件名相同，写成“{file.removesuffix('.yaml')}”")
        own[said["name"]] = said
    return {name: _whole(name, own, ()) for name in own}


def _whole(name: str, own: Mapping[str, Said], below: Sequence[str]) -> Said:
    """What a file says, laid over what the file above it says."""
    said = own[name]
    above = said.get("above")
    if above is None:
        found = {**said, **{key: said.get(key, {}) for key in LISTS}, "steps": said.get("steps", [])}
    elif above in (name, *below):
        raise BadPolicy(f"{name}.yaml 的 above：“{above}”又以它为依据，绕成了圈")
    elif above not in own:
        raise BadPolicy(f"{name}.yaml 的 above：没有程序“{above}”，现有：{'、'.join(sorted(own))}")
    else:
        found = _laid_over(said, _whole(above, own, (*below, name)))
    _check(name, found)
    return found


def _laid_over(said: Said, above: Said) -> Said:
    steps = {step["key"]: step for step in [*above["steps"], *said.get("steps", [])]}
    lists = {key: {**above[key], **said.get(key, {})} for key in LISTS}
    return {**above, **said, **lists, "steps": list(steps.values())}


def _check(name: str, said: Said) -> None:
    """All gates are said, steps name steps that exist, and the review among them is asked for as the gate asks."""
    if lacking := [key for key in GATES if key not in said]:
        raise BadPolicy(f"{name}.yaml 的 {lacking[0]}：没有写，上级程序也没有，请补上")
    steps = {step["key"]: step for step in said["steps"]}
    for step in steps.values():
        if unknown := [key for key in step["after"] if key not in steps]:
            raise BadPolicy(f"{name}.yaml 的 steps.{step['key']}.after：没有步骤“{unknown[0]}”")
    review = NEEDED[said["democratic_review"]["value"]]
    if "review" in steps and steps["review"]["needed"] != review:
        raise BadPolicy(f"{name}.yaml 的 steps.review.needed：democratic_review 要求写 {review}")


@lru_cache(maxsize=1)
def _profiles() -> dict[str, Said]:
    folder = files(_PACKAGE)
    return said_of({f.name: f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")})


def procedure_names() -> list[str]:
    """All procedures that can be named in a parameter file."""
    return sorted(_profiles())


def procedure_in(pack: Pack, on: date, name: str = "") -> Procedure:
    """The procedure in force in a pack on a day, or the one named, with the pack's clocks where it sets none.

    Raises RuleGap where none is in force, BadPolicy for a name that is no procedure.
    """
    chosen = name or pack.word(PROFILE, on)
    if chosen not in _profiles():
        raise BadPolicy(f"没有程序“{chosen}”，现有：{'、'.join(procedure_names())}")
    return _procedure(_profiles()[chosen], pack, on)


def _procedure(said: Said, pack: Pack, on: date) -> Procedure:
    clocks, sources = _clocks(said, pack, on)
    if clocks.get("decide", 0) > clocks.get("decide_extended", clocks.get("decide", 0)):
        raise BadPolicy(f"{said['name']}.yaml 的 clocks.decide_extended：比 decide 还短")
    sources |= {gate: Source(said[gate]["source"], said[gate]["verified"]) for gate in GATES}
    return Procedure(
        said["name"], said["zh"], said["source"], said["verified"], on,
        said["democratic_review"]["value"], said["confirming_authority"]["value"], said["has_hearing"]["value"],
        said["quorum_percent"]["value"] or None, said["county_sample_percent"]["value"], clocks,
        {ground: f"{pause['zh']}（{pause['source']}）" for ground, pause in said["pauses"].items()},
        tuple(Step(**{**step, "after": tuple(step["after"])}) for step in said["steps"]), sources,
    )  # fmt: skip


def _clocks(said: Said, pack: Pack, on: date) -> tuple[dict[str, int], dict[str, Source]]:
    """Days of each clock: the procedure's own, else the pack's number of that day; where there is none, none."""
    clocks, sources = {}, {}
    for name in CLOCKS:
        if own := said["clocks"].get(name):
            clocks[name], sources[name] = int(own["value"]), Source(own["source"], own["verified"])
        elif row := pack.find(f"clock.{name}", on):
            clocks[name], sources[name] = int(row.value), Source(row.source, row.is_verified)
    return clocks, sources


def procedure_of(division: str, on: date) -> Procedure:
    """The procedure in force in a division on a day. Raises RuleGap, BadPolicy."""
    return procedure_in(pack_of_division(division), on)
