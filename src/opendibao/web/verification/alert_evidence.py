"""认人的依据: why a row of a department was held to be the person's, in one sentence and field by field."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opendibao.verification.match_queries import Evidence
from opendibao.verification.rematch.queries import EvidenceRow
from opendibao.web.tables import Table
from opendibao.web.verification.match_words import TIERS, evidence_table, weight_words


@dataclass(frozen=True)
class Grounds:
    """Why a row was held to be a person's: in one sentence, and field by field."""

    said: str
    table: Table


def grounds(found: EvidenceRow | None) -> Grounds | None:
    """The grounds in words; None where the link is not in sight."""
    if found is None:
        return None
    said = _("%(tier)s；权重合计 %(score)s") % {
        "tier": TIERS.get(found.tier, found.tier),
        "score": weight_words(found.score),
    }
    if found.margin is not None:
        said += _("，比第二个像的人高 %(margin)s") % {"margin": weight_words(found.margin)}
    evidence = [Evidence(**one) for one in json.loads(found.evidence)]
    return Grounds(said, evidence_table(evidence, found.score))
