"""URL list of 个人信息保护: who was asked about, whose looking is odd, lists for departments, what is cleared."""

from django.urls import URLPattern

from opendibao.kernel.duties import READ_ONLY
from opendibao.web.access import CASES, CONFIRMERS, page
from opendibao.web.verification.exchange_acts import answered_exchange, handed_over_key, made_exchange
from opendibao.web.verification.exchanges import exchange_list, exchange_ndjson, exchange_workbook, one_exchange
from opendibao.web.verification.lookup_audit import lookup_audit, lookup_audit_day, lookup_audit_file
from opendibao.web.verification.lookups import household_lookups, household_lookups_file
from opendibao.web.verification.retention import PURGERS, purged_delivery, retention

PAGES: list[URLPattern] = [
    page("lookups/households/<path:number>/list.xlsx", household_lookups_file, "household-lookups-file", to=CASES),
    page("lookups/households/<path:number>/", household_lookups, "household-lookups", to=CASES),
    page("lookups/", lookup_audit, "lookup-audit", to=READ_ONLY, whole_county=True),
    page("lookups/list.xlsx", lookup_audit_file, "lookup-audit-file", to=READ_ONLY, whole_county=True),
    page("lookups/day/", lookup_audit_day, "lookup-audit-day", to=READ_ONLY, whole_county=True),
    page("exchanges/", exchange_list, "exchanges", to=CONFIRMERS | READ_ONLY, whole_county=True),
    page("exchanges/new/", made_exchange, "make-exchange", to=CONFIRMERS, whole_county=True),
    page("exchanges/<int:exchange_id>/", one_exchange, "exchange", to=CONFIRMERS | READ_ONLY, whole_county=True),
    page(
        "exchanges/<int:exchange_id>/list.xlsx",
        exchange_workbook,
        "exchange-workbook",
        to=CONFIRMERS,
        whole_county=True,
    ),
    page(
        "exchanges/<int:exchange_id>/list.ndjson", exchange_ndjson, "exchange-ndjson", to=CONFIRMERS, whole_county=True
    ),
    page("exchanges/<int:exchange_id>/key/", handed_over_key, "hand-over-key", to=CONFIRMERS, whole_county=True),
    page("exchanges/<int:exchange_id>/answer/", answered_exchange, "answer-exchange", to=CONFIRMERS, whole_county=True),
    page("retention/", retention, "retention", to=PURGERS | CONFIRMERS | READ_ONLY, whole_county=True),
    page("retention/<int:delivery_id>/purge/", purged_delivery, "purge-delivery", to=PURGERS, whole_county=True),
]
