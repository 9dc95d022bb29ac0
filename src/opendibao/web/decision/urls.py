"""URL list of 评议公示和审核确认."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
