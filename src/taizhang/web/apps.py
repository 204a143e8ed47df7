"""The Django app of the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages; no models of its own."""

    name = "taizhang.web"
    label = "web"
