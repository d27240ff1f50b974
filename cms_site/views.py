from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import ArticlePage
from articles.search import ArticleSearch
from directives.models import DirectivePage
from directives.search import DirectiveSearch
from headless.content.navigation import home_page
from headless.content.pagination import paginate
from headless.content.search import clean_query

PER_PAGE = 10


@require_safe
def search(request):
    """
    Articles and documents in the reader's language that hold every word of `?q=`.

    One kind at a time (`?kind=directives` for documents); both kinds are counted.
    """
    query = request.GET.get("q", "")[:200].replace("\0", "").strip()
    home = home_page(request)
    kinds = {"articles": ArticlePage.objects.none(), "directives": DirectivePage.objects.none()}
    if home and clean_query(query):
        kinds["articles"] = ArticleSearch().find(home, query).for_cards()
        kinds["directives"] = DirectiveSearch().find(home, query).for_list()
    kind = "directives" if request.GET.get("kind") == "directives" else "articles"
    asked = {"q": query, "kind": kind if kind == "directives" else None}
    results = paginate(request, kinds[kind], PER_PAGE, asked)
    others = {name: found.count() for name, found in kinds.items() if name != kind}
    return render(
        request,
        "search.html",
        {
            "query": query,
            "kind": kind,
            "counts": {**others, kind: results.paginator.count},
            "results": results,
        },
    )


@require_safe
def robots(request):
    """What crawlers may read: everything but the admin and the search."""
    closed = [reverse("wagtailadmin_home")]
    for code, _name in settings.LANGUAGES:
        with override(code):
            closed.append(reverse("search"))
    lines = [
        "User-agent: *",
        *(f"Disallow: {address}" for address in closed),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request):
    """
    Whom to tell of a weakness (RFC 9116); 404 where no contact is set.

    The contact is the operator's who answers now, so that the file never expires while it is served.
    """
    if not settings.SECURITY_CONTACT:
        raise Http404
    address = request.build_absolute_uri()
    today = datetime.combine(timezone.now(), time.min)
    lines = [
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {today + timedelta(days=180):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        *([f"Canonical: {address}"] if request.is_secure() else []),
        *(f"Policy: {policy}" for policy in settings.SECURITY_POLICY),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def healthz(request):
    """
    For a balancer: 200 while this process can reach its database.

    Without its cache the site is up but `degraded`: readers are answered from the database, and
    can neither comment nor rate.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if caches["default"].is_reachable():
        return JsonResponse({"status": "ok", "cache": "ok"})
    return JsonResponse({"status": "degraded", "cache": "unreachable"})
