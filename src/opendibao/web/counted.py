"""数过的数: the counting queries of the pages, each asked once while the data stay as they are."""

from opendibao.payment import queries as payment
from opendibao.registry import queries as registry
from opendibao.statistics import queries as statistics
from opendibao.web.remembering import remembered

division_names = remembered(registry.division_names)
month_table = remembered(payment.month_table)
equation = remembered(payment.equation)
control_totals = remembered(payment.control_totals)
standing = remembered(payment.standing)
paid_total = remembered(payment.paid_total)
paid_by_area = remembered(payment.paid_by_area)
paid_by_place = remembered(payment.paid_by_place)
returned_lines = remembered(payment.returned_lines)
in_force = remembered(statistics.in_force)
by_place = remembered(statistics.by_place)
movements = remembered(statistics.movements)
moved_by_place = remembered(statistics.moved_by_place)
