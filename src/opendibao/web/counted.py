"""数过的数: the counting queries of the pages, each asked once while the data they read stay as they are."""

from opendibao.payment import queries as payment
from opendibao.payment import waiting
from opendibao.registry import queries as registry
from opendibao.reviews import queries as reviews
from opendibao.statistics import queries as statistics
from opendibao.web.remembering import EVERYTHING, MONEY, REGISTER, REVIEWS, remembered

heads_of = remembered(REGISTER)(registry.heads_of)
division_names = remembered(REGISTER)(registry.division_names)
in_force = remembered(REGISTER)(statistics.in_force)
movements = remembered(REGISTER)(statistics.movements)
movements_by_month = remembered(REGISTER)(statistics.movements_by_month)
moved_by_place = remembered(REGISTER)(statistics.moved_by_place)
booked = remembered(MONEY)(payment.booked)
paid_lines = remembered(EVERYTHING)(payment.paid_lines)
run_of = remembered(MONEY)(payment.run_of)
month_row = remembered(MONEY)(payment.month_row)
month_table = remembered(MONEY)(payment.month_table)
control_totals = remembered(MONEY)(payment.control_totals)
standing = remembered(MONEY)(payment.standing)
returned_lines = remembered(EVERYTHING)(payment.returned_lines)
moved = remembered(REGISTER)(statistics.moved)
households_in_force = remembered(REGISTER)(statistics.households_in_force)
persons_in_force = remembered(REGISTER)(statistics.persons_in_force)
equation = remembered(EVERYTHING)(payment.equation)
returned_waiting = remembered(EVERYTHING)(waiting.returned_waiting)
unscheduled = remembered(REVIEWS)(reviews.unscheduled)
