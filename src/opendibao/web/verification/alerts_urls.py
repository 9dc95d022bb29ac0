"""URL list of 全县复核比对和预警."""

from django.urls import URLPattern

from opendibao.web.access import page
from opendibao.web.verification.alert_acts import (
    alert_of_another,
    explained_alert,
    opened_case,
    returned_alert,
    settled_alert,
    undone_alert,
    visited_alert,
)
from opendibao.web.verification.alert_one import one_alert
from opendibao.web.verification.alerts_list import alert_file, alert_list
from opendibao.web.verification.alerts_words import (
    ALERT_READERS,
    DECIDERS,
    LOOKERS,
    OPENERS,
    RUN_READERS,
    RUNNERS,
    SETTLERS,
    UNDOERS,
)
from opendibao.web.verification.rematch_pages import (
    one_rematch,
    rematch_gaps_file,
    rematch_list,
    rematch_progress,
    started_rematch,
)

PAGES: list[URLPattern] = [
    page("alerts/", alert_list, "alerts", to=ALERT_READERS),
    page("alerts/list.xlsx", alert_file, "alerts-file", to=ALERT_READERS),
    page("alerts/<int:alert_id>/", one_alert, "alert", to=ALERT_READERS),
    page("alerts/<int:alert_id>/explain/", explained_alert, "explain-alert", to=LOOKERS),
    page("alerts/<int:alert_id>/visit/", visited_alert, "visit-alert", to=LOOKERS),
    page("alerts/<int:alert_id>/settle/<str:truth>/", settled_alert, "settle-alert", to=DECIDERS),
    page("alerts/<int:alert_id>/return/", returned_alert, "return-alert", to=DECIDERS),
    page("alerts/<int:alert_id>/another/", alert_of_another, "alert-of-another", to=SETTLERS),
    page("alerts/<int:alert_id>/undo/", undone_alert, "undo-alert", to=UNDOERS),
    page("alerts/<int:alert_id>/case/", opened_case, "open-alert-case", to=OPENERS),
    page("rematch/", rematch_list, "rematches", to=RUN_READERS, whole_county=True),
    page("rematch/progress/", rematch_progress, "rematch-progress", to=RUN_READERS, whole_county=True),
    page("rematch/start/", started_rematch, "start-rematch", to=RUNNERS, whole_county=True),
    page("rematch/<int:rematch_id>/", one_rematch, "rematch", to=RUN_READERS, whole_county=True),
    page("rematch/<int:rematch_id>/unchecked.xlsx", rematch_gaps_file, "rematch-gaps-file", to=RUN_READERS,
         whole_county=True),
]  # fmt: skip
