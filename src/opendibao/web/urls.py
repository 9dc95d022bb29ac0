"""URL list of the site."""

from django.urls import URLPattern

from opendibao.web.access import CASES, EVALUATION, MONEY, READERS, page
from opendibao.web.budget import budget
from opendibao.web.county import county
from opendibao.web.downloads import report_file
from opendibao.web.evaluation import evaluation
from opendibao.web.figure import figure
from opendibao.web.household import household
from opendibao.web.opening import opening, outbox, rejects, two_tracks
from opendibao.web.outreach import hotline, leads, posts, publicity, trainings
from opendibao.web.pay_runs import pay_run, pay_runs, pay_term
from opendibao.web.rows import rows
from opendibao.web.samples import accuracy_sample, satisfaction_sample
from opendibao.web.search import search

urlpatterns: list[URLPattern] = [
    page("", county, "county", to=READERS),
    page("rows/<slug:figure>/", rows, "rows", to=READERS),
    page("reports/<int:year>/<str:name>", report_file, "report-file", to=EVALUATION, whole_county=True),
    page("search", search, "search", to=READERS),
    page("households/<str:number>/", household, "household", to=READERS),
    page("leads/", leads, "leads", to=CASES),
    page("outreach/", publicity, "publicity", to=READERS),
    page("outreach/trainings/", trainings, "trainings", to=READERS),
    page("outreach/posts/", posts, "posts", to=READERS),
    page("hotline/", hotline, "hotline", to=CASES),
    page("pay-runs/", pay_runs, "pay-runs", to=MONEY),
    page("pay-runs/<str:month>/", pay_run, "pay-run", to=MONEY),
    page("pay-runs/<str:month>/<slug:term>/", pay_term, "pay-term", to=MONEY),
    page("budget/", budget, "budget", to=EVALUATION, whole_county=True),
    page("evaluation/", evaluation, "evaluation", to=EVALUATION, whole_county=True),
    page("figures/<str:figure_id>/", figure, "figure", to=EVALUATION, whole_county=True),
    page("samples/accuracy/", accuracy_sample, "accuracy-sample", to=EVALUATION, whole_county=True),
    page("samples/satisfaction/", satisfaction_sample, "satisfaction-sample", to=EVALUATION, whole_county=True),
    page("opening/", opening, "opening", to=CASES),
    page("opening/<int:file_id>/", rejects, "rejects", to=CASES),
    page("opening/dual-track/", two_tracks, "dual-track", to=CASES),
    page("outbox/", outbox, "outbox", to=CASES),
]
handler400 = "opendibao.web.errors.bad_request"
handler403 = "opendibao.web.errors.forbidden"
handler404 = "opendibao.web.errors.not_found"
handler500 = "opendibao.web.errors.broken"
