"""钱的每一步: what may be done to the county's money, in the product and in the model at once, and who may do it when.

Each step says whether it must be done, must be refused, or (None) may go either way; whatever it does, the model and
the ledger must agree afterwards.
"""

from tests.faults.money.bank_steps import BankSteps
from tests.faults.money.beside_steps import BesideSteps
from tests.faults.money.list_steps import ListSteps
from tests.faults.money.meanwhile_steps import MeanwhileSteps
from tests.faults.money.month_end_steps import MonthEndSteps
from tests.faults.money.owing_steps import OwingSteps
from tests.faults.money.raising_steps import RaisingSteps


class County(ListSteps, BankSteps, BesideSteps, OwingSteps, RaisingSteps, MeanwhileSteps, MonthEndSteps):
    """The county's money, with everything that may be done to it."""
