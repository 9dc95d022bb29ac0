"""URL list of the site."""

from django.urls import URLPattern, path

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
    path("", county, name="county"),
    path("rows/<slug:figure>/", rows, name="rows"),
    path("reports/<int:year>/<str:name>", report_file, name="report-file"),
    path("search", search, name="search"),
    path("households/<str:number>/", household, name="household"),
    path("leads/", leads, name="leads"),
    path("outreach/", publicity, name="publicity"),
    path("outreach/trainings/", trainings, name="trainings"),
    path("outreach/posts/", posts, name="posts"),
    path("hotline/", hotline, name="hotline"),
    path("pay-runs/", pay_runs, name="pay-runs"),
    path("pay-runs/<str:month>/", pay_run, name="pay-run"),
    path("pay-runs/<str:month>/<slug:term>/", pay_term, name="pay-term"),
    path("budget/", budget, name="budget"),
    path("evaluation/", evaluation, name="evaluation"),
    path("figures/<str:figure_id>/", figure, name="figure"),
    path("samples/accuracy/", accuracy_sample, name="accuracy-sample"),
    path("samples/satisfaction/", satisfaction_sample, name="satisfaction-sample"),
    path("opening/", opening, name="opening"),
    path("opening/<int:file_id>/", rejects, name="rejects"),
    path("opening/dual-track/", two_tracks, name="dual-track"),
    path("outbox/", outbox, name="outbox"),
]
handler400 = "opendibao.web.errors.bad_request"
handler403 = "opendibao.web.errors.forbidden"
handler404 = "opendibao.web.errors.not_found"
handler500 = "opendibao.web.errors.broken"
