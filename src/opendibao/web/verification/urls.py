"""URL list of 核对调查."""

from django.urls import URLPattern

PAGES: list[URLPattern] = []
