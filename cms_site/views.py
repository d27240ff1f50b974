"""Views of the project: search page, robots.txt, security.txt and health check."""

from datetime import datetime, time, timedelta

from django.conf import settings
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
from headless.conf import shared_cache
from headless.content.navigation import home_page
from headless.content.pagination import paginate
from headless.content.search import clean_query

PER_PAGE = 10


@require_safe
def search(request):
    """
    Render articles and documents in the active language that contain every word of `?q=`.

    Lists one kind and counts both: the one that `?kind=` names, `articles` or `directives`. Without
    it these are the documents where the query is the number of one, or where only they have hits.
    """
    query = request.GET.get("q", "")[:200].replace("\0", "").strip()
    home = home_page(request)
    kinds = {"articles": ArticlePage.objects.none(), "directives": DirectivePage.objects.none()}
    if home and clean_query(query):
        kinds["articles"] = ArticleSearch().find(home, query).for_cards()
        kinds["directives"] = DirectiveSearch().find(home, query).for_list()
    chosen = request.GET.get("kind")
    chosen = chosen if chosen in kinds else None
    kind = chosen or _best_kind(kinds, query)
    results = paginate(request, kinds[kind], PER_PAGE, {"q": query, "kind": chosen})
    others = {name: found.count() for name, found in kinds.items() if name != kind}
    return render(
        request,
        "search.html",
        {
            "query": query,
            "kind": kind,
            "chosen": chosen,
            "counts": {**others, kind: results.paginator.count},
            "results": results,
            # Its sidebar stands beside the results.
            "home_page": home,
        },
    )


def _best_kind(kinds, query):
    articles, directives = kinds["articles"], kinds["directives"]
    if directives.numbered(query).exists():
        return "directives"
    return "articles" if articles.exists() or not directives.exists() else "directives"


@require_safe
def robots(request):
    """Return robots.txt, which disallows the admin and the search page."""
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
    Return security.txt (RFC 9116); 404 without `SECURITY_CONTACT`.

    `Expires` is computed for each request, so the file does not expire while it is served.
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
    Return 200 while this process reaches its database, for load balancers.

    Without its cache the status is `degraded`: pages are served from the database, but readers
    cannot comment or rate.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if shared_cache.is_reachable():
        return JsonResponse({"status": "ok", "cache": "ok"})
    return JsonResponse({"status": "degraded", "cache": "unreachable"})
