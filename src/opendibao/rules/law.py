"""一套法规: rules and numbers that belong together, named by their hash; what is in force on a day."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from opendibao.formula.graph import Plan, RuleBook
from opendibao.policy.pack import InForce, Pack
from opendibao.rules.book import rule_book, text_hash
from opendibao.rules.whatif import Overrides, pack_for


@dataclass(frozen=True)
class Law:
    """The rules of all times and the numbers of one county; `rule_set` is the SHA-256 a decision keeps."""

    book: RuleBook
    pack: Pack
    rule_set: str

    def on(self, day: date) -> tuple[Plan, InForce]:
        """The rules and numbers in force on a day."""
        return self.book.on(day), self.pack.on(day)


def law_of(policy: str, overrides: Overrides = ()) -> Law:
    """Today's rules with a county's pack; raises CaseError where the pack or an assumed number does not exist."""
    return law_with(pack_for(policy, overrides))


def law_with(pack: Pack) -> Law:
    """Today's rules with the numbers of a pack."""
    return Law(rule_book(), pack, rule_set_hash(pack))


def rule_set_hash(pack: Pack) -> str:
    """What a decision was computed with: SHA-256 over the text of all rules and every row of the pack."""
    return rule_set_of(text_hash(), pack.digest)


@lru_cache(maxsize=256)
def rule_set_of(text: str, digest: str) -> str:
    """The name of rules and numbers together, of the hash of either."""
    return hashlib.sha256(f"{text}{digest}".encode()).hexdigest()
