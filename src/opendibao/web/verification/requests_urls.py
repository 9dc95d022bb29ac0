"""URL list of 跨省核对请求."""

from django.urls import URLPattern

from opendibao.web.access import CASES, page
from opendibao.web.verification.requests_acts import (
    cancelled_region_request,
    new_region_request,
    rechecked_region_request,
    settled_late_answer,
)
from opendibao.web.verification.requests_kept import region_message, region_message_file, region_messages
from opendibao.web.verification.requests_list import case_requests, region_requests, region_requests_file
from opendibao.web.verification.requests_messages import (
    collected_region_messages,
    ended_region_requests,
    received_region_message,
    sent_region_requests,
)
from opendibao.web.verification.requests_one import region_request
from opendibao.web.verification.requests_words import ASKERS, CANCELLERS, MESSAGE_READERS, SENDERS

PAGES: list[URLPattern] = [
    page("region-requests/", region_requests, "region-requests", to=CASES),
    page("region-requests/list.xlsx", region_requests_file, "region-requests-file", to=CASES),
    page("region-requests/send/", sent_region_requests, "send-region-requests", to=SENDERS),
    page("region-requests/receive/", received_region_message, "receive-region-message", to=SENDERS),
    page("region-requests/collect/", collected_region_messages, "collect-region-messages", to=SENDERS),
    page("region-requests/end/", ended_region_requests, "end-region-requests", to=SENDERS),
    page("region-requests/messages/", region_messages, "region-messages", to=MESSAGE_READERS),
    page("region-requests/messages/<int:message_id>/", region_message, "region-message", to=MESSAGE_READERS),
    page(
        "region-requests/messages/<int:message_id>/file/", region_message_file, "region-message-file", to=SENDERS
    ),
    page("region-requests/<int:request_id>/", region_request, "region-request", to=CASES),
    page("region-requests/<int:request_id>/cancel/", cancelled_region_request, "cancel-region-request", to=CANCELLERS),
    page(
        "region-requests/<int:request_id>/recheck/", rechecked_region_request, "recheck-region-request", to=CANCELLERS
    ),
    page(
        "region-requests/<int:request_id>/late/<int:late_id>/", settled_late_answer, "settle-late-answer", to=SENDERS
    ),
    page("cases/<int:case_id>/region-requests/", case_requests, "case-requests", to=CASES),
    page("cases/<int:case_id>/region-requests/new/", new_region_request, "new-region-request", to=ASKERS),
]  # fmt: skip
