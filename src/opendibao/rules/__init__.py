"""The law as pure, branch-free functions: household facts in, explained amounts out."""

from opendibao.rules.answer import Answer
from opendibao.rules.assess import assess, assess_many
from opendibao.rules.case import Case, CaseError, parse_case
from opendibao.rules.case_file import read_case
from opendibao.rules.deadlines import deadlines

__all__ = ["Answer", "Case", "CaseError", "assess", "assess_many", "deadlines", "parse_case", "read_case"]
