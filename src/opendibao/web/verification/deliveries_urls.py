"""URL list of 送达数据: the county takes what departments deliver; townships see none of it."""

from django.urls import URLPattern

from opendibao.kernel.duties import READ_ONLY
from opendibao.web.access import CONFIRMERS, page
from opendibao.web.verification.deliveries_layouts import source_layout, source_sample, source_template
from opendibao.web.verification.deliveries_link import linked_delivery
from opendibao.web.verification.deliveries_list import delivery_list, delivery_list_file
from opendibao.web.verification.deliveries_one import delivery_rejects, one_delivery
from opendibao.web.verification.deliveries_receive import received_delivery

READERS = CONFIRMERS | READ_ONLY
PAGES: list[URLPattern] = [
    page("deliveries/", delivery_list, "deliveries", to=READERS, whole_county=True),
    page("deliveries/list.xlsx", delivery_list_file, "deliveries-file", to=READERS, whole_county=True),
    page("deliveries/new/", received_delivery, "receive-delivery", to=CONFIRMERS, whole_county=True),
    page("deliveries/<int:delivery_id>/", one_delivery, "delivery", to=READERS, whole_county=True),
    page(
        "deliveries/<int:delivery_id>/rejects.xlsx", delivery_rejects, "delivery-rejects", to=READERS,
        whole_county=True,
    ),
    page("deliveries/<int:delivery_id>/link/", linked_delivery, "link-delivery", to=CONFIRMERS, whole_county=True),
    page("deliveries/sources/<str:source>/", source_layout, "source-layout", to=READERS, whole_county=True),
    page(
        "deliveries/sources/<str:source>/template.xlsx", source_template, "source-template", to=READERS,
        whole_county=True,
    ),
    page("deliveries/sources/<str:source>/sample.csv", source_sample, "source-sample", to=READERS, whole_county=True),
]  # fmt: skip
