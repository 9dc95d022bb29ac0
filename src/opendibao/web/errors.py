"""出错页: what went wrong in plain words and what to do; never a stack trace."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from opendibao.web.asking import BadQuestion


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the address asks for something that cannot be."""
    words = str(exception) if isinstance(exception, BadQuestion) else "浏览器送来的内容不合规范"
    return render(request, "web/400.html", {"words": words}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the viewer may not do this."""
    return render(request, "web/403.html", {"is_signed_in": True}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or the viewer does not see it, which is not told apart."""
    return render(request, "web/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault; rendered without the database, which may be the cause."""
    return HttpResponse(render_to_string("web/500.html"), status=500)
