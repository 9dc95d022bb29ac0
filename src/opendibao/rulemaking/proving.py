"""排定前的检验: the packs as they would be with changes laid over, and every worked case under them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from opendibao.policy.pack import Pack, Row
from opendibao.policy.reader import load_pack
from opendibao.policy.revisions import revised
from opendibao.policy.shares import check_shares
from opendibao.rulemaking.queries import change, policy_in_force, revision_number, revision_rows, row_of_change
from opendibao.rulemaking.refusal import ChangeRefused
from opendibao.rules.golden_gate import GoldenRun, Move, moves_on, run_golden


@dataclass(frozen=True)
class Effects:
    """What a change does: how the worked cases fare, and what their families would get on its first day."""

    golden: GoldenRun
    moves: list[Move]


@dataclass(frozen=True)
class Proposal:
    """Packs with fresh rows laid over: the county's keeps what is scheduled, another pack has the fresh rows alone."""

    fresh: Sequence[Row]
    policy: str
    kept: Sequence[Row]

    def before(self, name: str) -> Pack:
        """The pack of a name as it is."""
        return load_pack(self.policy if name == settings.OPENDIBAO_POLICY else name)

    def after(self, name: str) -> Pack:
        """The pack of a name as it would be."""
        pack = load_pack(name)
        here = [row for row in self.fresh if row.path in pack.paths]
        return revised(pack, [*self.kept, *here] if name == settings.OPENDIBAO_POLICY else here)


def proposal(fresh: Sequence[Row]) -> Proposal:
    """The county's pack of this moment with fresh rows."""
    kept = revision_rows(settings.OPENDIBAO_POLICY, revision_number())
    return Proposal(fresh, policy_in_force(), kept)


def prove(proposed: Proposal) -> GoldenRun:
    """The county's pack still holds together, and every worked case is run. Raises BadPolicy where it does not."""
    check_shares(proposed.after(settings.OPENDIBAO_POLICY))
    return run_golden({row.path: row.since for row in proposed.fresh}, proposed.before, proposed.after)


def effects(change_id: int) -> Effects:
    """What a change would do if it were scheduled now; raises ChangeRefused where there is none such."""
    found = change(change_id)
    if found is None:
        raise ChangeRefused(f"没有{change_id}号参数调整，请核对编号")
    proposed = proposal([row_of_change(found.pack, found)])
    moves = moves_on(found.since, settings.OPENDIBAO_POLICY, proposed.before, proposed.after)
    return Effects(run_golden({found.path: found.since}, proposed.before, proposed.after), moves)
