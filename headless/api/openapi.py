"""
The document of API v3 (OpenAPI 3.1): as Wagtail builds it, and then as precise as the answers are.

Building takes Wagtail the better part of a second, so that a process does it once.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import override
from ninja.openapi.views import openapi_json
from pydantic import TypeAdapter
from wagtail.api.v3.errors import PROBLEM_JSON
from wagtail.models import get_page_models

from .problems import PortalProblemEntry

PROBLEM_SCHEMA = "ProblemDetail"
PAGE_SCHEMA = "PortalPageDetail"
REFERENCE = "#/components/schemas/"
# Wagtail leaves these out of an answer where there is nothing to say.
OPTIONAL_FIELDS = {"warnings"}
# What names the parts of a schema that are schemas themselves, by name or one after the other.
NAMED_PARTS = ("properties", "$defs")
LISTED_PARTS = ("anyOf", "oneOf", "allOf", "prefixItems")
SINGLE_PARTS = ("items", "additionalProperties")


@lru_cache(maxsize=8)
def document(prefix: str | None = None) -> dict:
    """The document of the API below `prefix`, by default where the project has put it."""
    from wagtail.api.v3.urls import api

    # Descriptions come from models, too; the document is written in one language.
    with override("en"):
        built = api.get_openapi_schema(path_prefix=api_root() if prefix is None else prefix)
        built = json.loads(json.dumps(built, default=str))
    components = built["components"]
    schemas = components["schemas"]
    schemas[PROBLEM_SCHEMA] = _problem(schemas)
    _document_problems(built["paths"])
    _document_anonymous_access(built)
    for schema in list(_all_schemas(built)):
        _drop_titles(schema)
        _add_discriminator(schema, schemas)
    _extract_page_union(built)
    _require_response_fields(built)
    components["schemas"] = dict(sorted(schemas.items()))
    built["paths"] = dict(sorted(built["paths"].items()))
    return built


def api_root() -> str:
    """Where the project has put API v3."""
    return reverse("wagtailapi_v3:api-root")


def format_document(built: dict) -> str:
    """A document as a file that reads well and changes no more than what it says."""
    return json.dumps(built, ensure_ascii=False, indent=2) + "\n"


@lru_cache(maxsize=8)
def _content(prefix: str) -> tuple[bytes, str]:
    content = json.dumps(document(prefix), ensure_ascii=False, separators=(",", ":")).encode()
    return content, quote_etag(hashlib.sha256(content).hexdigest()[:32])


def serve_document(request: HttpRequest) -> HttpResponse:
    """The document of this process, or a 304 for who has it."""
    content, etag = _content(api_root())
    response = HttpResponse(content, content_type="application/json", headers={"ETag": etag})
    patch_cache_control(response, public=True, max_age=60)
    return get_conditional_response(request, etag=etag, response=response)


def replace_openapi_view() -> None:
    """Has API v3 answer with our document, behind the gate that Wagtail has put there."""
    from wagtail.api.v3.api import api

    gate = api.docs_decorator

    def decorate(view):
        ours = getattr(view, "func", None) is openapi_json
        return gate(serve_document if ours else view)

    api.docs_decorator = decorate


# --- What a problem is ---


def _problem(schemas):
    """Wagtail's problem with entries that are told of."""
    found = schemas.get(PROBLEM_SCHEMA) or {"type": "object", "properties": {}}
    entry = TypeAdapter(PortalProblemEntry).json_schema(ref_template=REFERENCE + "{model}")
    schemas[PortalProblemEntry.__name__] = entry
    described = {"type": "array", "items": {"$ref": REFERENCE + PortalProblemEntry.__name__}}
    properties = {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": described | {"description": "What is wrong with each value; absent without any."},
    }
    return found | {
        "description": "Why a request is refused (RFC 9457).",
        "properties": properties,
        "required": ["type", "title", "status", "detail"],
    }


def _document_problems(paths):
    """Any operation may be refused; a problem has a media type of its own."""
    content = {PROBLEM_JSON: {"schema": {"$ref": REFERENCE + PROBLEM_SCHEMA}}}
    for operation in _operations(paths):
        for response in operation["responses"].values():
            schema = response.get("content", {}).get("application/json", {}).get("schema", {})
            if schema.get("$ref") == REFERENCE + PROBLEM_SCHEMA:
                response["content"] = content
        if "401" not in operation["responses"] and not _allows_anonymous(operation):
            status = HTTPStatus.UNAUTHORIZED
            operation["responses"]["401"] = {"description": status.phrase, "content": content}
        operation["responses"]["default"] = {"description": "Problem", "content": content}


def _allows_anonymous(operation) -> bool:
    security = operation.get("security", [{}])
    return any(each == {} or "AllowAnonymous" in each for each in security)


def _document_anonymous_access(built):
    """OpenAPI has a way to say that a reader needs no token, which is no scheme of its own."""
    built["components"].get("securitySchemes", {}).pop("AllowAnonymous", None)
    for operation in _operations(built["paths"]):
        if "security" in operation:
            operation["security"] = [
                {name: scopes for name, scopes in each.items() if name != "AllowAnonymous"}
                for each in operation["security"]
            ]


# --- What schemas say ---


def _operations(paths) -> Iterator[dict]:
    for methods in paths.values():
        yield from methods.values()


def _subschemas(schema) -> Iterator[dict]:
    """A schema and all that stand inside it."""
    if not isinstance(schema, dict):
        return
    yield schema
    for name in NAMED_PARTS:
        for each in schema.get(name, {}).values():
            yield from _subschemas(each)
    for name in LISTED_PARTS:
        for each in schema.get(name, []):
            yield from _subschemas(each)
    for name in SINGLE_PARTS:
        yield from _subschemas(schema.get(name))


def _content_schemas(bodies) -> Iterator[dict]:
    for body in bodies:
        for content in body.get("content", {}).values():
            yield content["schema"]


def _all_schemas(built) -> Iterator[dict]:
    for schema in built["components"]["schemas"].values():
        yield from _subschemas(schema)
    for operation in _operations(built["paths"]):
        for parameter in operation.get("parameters", []):
            yield from _subschemas(parameter["schema"])
        for body in _content_schemas(
            [operation.get("requestBody", {}), *operation["responses"].values()]
        ):
            yield from _subschemas(body)


def _drop_titles(schema):
    """Names of fields in other letters, made of names for editors, tell a developer nothing."""
    if isinstance(schema.get("title"), str):
        del schema["title"]


def _referenced_name(schema) -> str | None:
    """The name of the component that a schema refers to."""
    return schema["$ref"].removeprefix(REFERENCE) if "$ref" in schema else None


def _add_discriminator(schema, schemas):
    """A union whose members each have a literal `type` of their own is told apart by it."""
    names = [_referenced_name(each) for each in schema.get("oneOf", [])]
    if len(names) < 2 or None in names or "discriminator" in schema:
        return
    kinds = {
        schemas[name].get("properties", {}).get("type", {}).get("const"): name for name in names
    }
    if None in kinds or len(kinds) < len(names):
        return
    schema["discriminator"] = {
        "propertyName": "type",
        "mapping": {kind: REFERENCE + name for kind, name in kinds.items()},
    }
    schema.pop("description", None)


def _extract_page_union(built):
    """A page in full, of whichever type, has one name wherever it stands."""
    labels = {model._meta.label for model in get_page_models()}
    for schema in list(_all_schemas(built)):
        if set(schema.get("discriminator", {}).get("mapping", {})) == labels:
            built["components"]["schemas"][PAGE_SCHEMA] = {
                "description": "A page in full; its `type` tells which fields it has.",
                "oneOf": schema.pop("oneOf"),
                "discriminator": schema.pop("discriminator"),
            }
            schema["$ref"] = REFERENCE + PAGE_SCHEMA


def _require_response_fields(built):
    """
    Defaults are for who writes: in an answer every field is there.

    What is both read and written is left as it is.
    """
    schemas = built["components"]["schemas"]
    operations = list(_operations(built["paths"]))
    answered, written = set(), set()
    for operation in operations:
        for schema in _content_schemas(operation["responses"].values()):
            _collect_references(schema, schemas, answered)
        for schema in _content_schemas([operation.get("requestBody", {})]):
            _collect_references(schema, schemas, written)
        for parameter in operation.get("parameters", []):
            _collect_references(parameter["schema"], schemas, written)
    for name in answered - written - {PROBLEM_SCHEMA, PortalProblemEntry.__name__}:
        for schema in _subschemas(schemas[name]):
            if "properties" in schema:
                there = [each for each in schema["properties"] if each not in OPTIONAL_FIELDS]
                schema["required"] = there
                for each in schema["properties"].values():
                    each.pop("default", None)


def _collect_references(schema, schemas, found: set):
    """Adds the names of all components that a schema is made of to `found`."""
    for part in _subschemas(schema):
        name = _referenced_name(part)
        if name and name not in found:
            found.add(name)
            _collect_references(schemas[name], schemas, found)
