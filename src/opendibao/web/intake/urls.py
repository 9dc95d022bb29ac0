"""URL list of 受理."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
