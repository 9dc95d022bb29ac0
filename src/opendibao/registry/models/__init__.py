"""登记簿: the register itself, and what is agreed about a household's account: changes, proxies, kept cards."""

from opendibao.registry.models.changes import AccountChange, Asker, Cause, ChangeState, Channel, Evidence, Looked, Risk
from opendibao.registry.models.custody import Custodian, Custody, CustodyCheck, Handed
from opendibao.registry.models.papers import HouseholdPaper, PaperKind
from opendibao.registry.models.proxies import Proxy, ProxyReason, ProxyRelation, ProxyReview, ReviewWay
from opendibao.registry.models.register import (
    Area,
    BankAccount,
    Division,
    Household,
    HouseholdPlace,
    Membership,
    Person,
    Relation,
    Sex,
    TwoTimes,
)

__all__ = [
    "AccountChange",
    "Area",
    "Asker",
    "BankAccount",
    "Cause",
    "ChangeState",
    "Channel",
    "Custodian",
    "Custody",
    "CustodyCheck",
    "Division",
    "Evidence",
    "Handed",
    "Household",
    "HouseholdPaper",
    "HouseholdPlace",
    "Looked",
    "Membership",
    "PaperKind",
    "Person",
    "Proxy",
    "ProxyReason",
    "ProxyRelation",
    "ProxyReview",
    "Relation",
    "ReviewWay",
    "Risk",
    "Sex",
    "TwoTimes",
]
