"""
Build the OpenAPI 3.1 document of API v3: Wagtail's document, made as precise as the responses are.

Building takes about a second, so each process builds it once.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from http import HTTPStatus

from django.conf import settings
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
# Fields that Wagtail leaves out of a response if they are empty.
OPTIONAL_FIELDS = {"warnings"}
# Keywords whose values contain schemas: as a mapping, as a list, or as one schema.
NAMED_PARTS = ("properties", "$defs")
LISTED_PARTS = ("anyOf", "oneOf", "allOf", "prefixItems")
SINGLE_PARTS = ("items", "additionalProperties")
# What `RequestValidationMiddleware` refuses, as bounds and formats.
LARGEST_NUMBER = 2**63 - 1
WITHOUT_NUL = r"^[^\u0000]*$"
HOST_AND_PORT = r"^[^:\u0000]*(:[0-9]{1,5})?$"


@lru_cache(maxsize=8)
def document(prefix: str | None = None) -> dict:
    """
    Return the document of the API below `prefix`, by default the URL at which the project serves
    it.
    """
    from wagtail.api.v3.urls import api

    # Descriptions come from models too and must not depend on the active language.
    with override("en"):
        built = api.get_openapi_schema(path_prefix=api_root() if prefix is None else prefix)
        built = json.loads(json.dumps(built, default=str))
    components = built["components"]
    schemas = components["schemas"]
    schemas[PROBLEM_SCHEMA] = _problem(schemas)
    _drop_impossible_paths(built["paths"])
    _bound_parameters(built["paths"])
    _drop_body_defaults(built["paths"])
    _document_redirects(built["paths"])
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
    """Return the URL path of API v3."""
    return reverse("wagtailapi_v3:api-root")


def format_document(built: dict) -> str:
    """Return the document as indented JSON, so that a changed file has small diffs."""
    return json.dumps(built, ensure_ascii=False, indent=2) + "\n"


@lru_cache(maxsize=8)
def _content(prefix: str) -> tuple[bytes, str]:
    content = json.dumps(document(prefix), ensure_ascii=False, separators=(",", ":")).encode()
    return content, quote_etag(hashlib.sha256(content).hexdigest()[:32])


def serve_document(request: HttpRequest) -> HttpResponse:
    """Serve the document as JSON, with an entity tag."""
    content, etag = _content(api_root())
    response = HttpResponse(content, content_type="application/json", headers={"ETag": etag})
    patch_cache_control(response, public=True, max_age=60)
    return get_conditional_response(request, etag=etag, response=response)


def replace_openapi_view() -> None:
    """Make API v3 serve this document, behind Wagtail's access check for documentation."""
    from wagtail.api.v3.api import api

    gate = api.docs_decorator

    def decorate(view):
        ours = getattr(view, "func", None) is openapi_json
        return gate(serve_document if ours else view)

    api.docs_decorator = decorate


# --- Problems ---


def _problem(schemas):
    """Return Wagtail's problem schema with typed entries."""
    found = schemas.get(PROBLEM_SCHEMA) or {"type": "object", "properties": {}}
    entry = TypeAdapter(PortalProblemEntry).json_schema(ref_template=REFERENCE + "{model}")
    schemas[PortalProblemEntry.__name__] = entry
    described = {"type": "array", "items": {"$ref": REFERENCE + PortalProblemEntry.__name__}}
    properties = {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": described | {"description": "The invalid values; absent if there are none."},
    }
    return found | {
        "description": "Why a request is refused (RFC 9457).",
        "properties": properties,
        "required": ["type", "title", "status", "detail"],
    }


def _document_problems(paths):
    """
    Add the problem response, with its own media type, to every operation.

    A value may be well-formed and unknown: a 404 in a path, a 404 or 422 elsewhere.
    """
    content = {PROBLEM_JSON: {"schema": {"$ref": REFERENCE + PROBLEM_SCHEMA}}}
    for operation in _operations(paths):
        for response in operation["responses"].values():
            schema = response.get("content", {}).get("application/json", {}).get("schema", {})
            if schema.get("$ref") == REFERENCE + PROBLEM_SCHEMA:
                response["content"] = content
        problems = {HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY}
        if not (operation.get("parameters") or "requestBody" in operation):
            problems = set()
        if not _allows_anonymous(operation):
            problems.add(HTTPStatus.UNAUTHORIZED)
        for status in sorted(problems):
            answer = {"description": status.phrase, "content": content}
            operation["responses"].setdefault(str(status.value), answer)
        operation["responses"]["default"] = {"description": "Problem", "content": content}


def _allows_anonymous(operation) -> bool:
    security = operation.get("security", [{}])
    return any(each == {} or "AllowAnonymous" in each for each in security)


def _document_anonymous_access(built):
    """
    Replace the scheme `AllowAnonymous` by `{}`, by which OpenAPI says that no token is needed.
    """
    built["components"].get("securitySchemes", {}).pop("AllowAnonymous", None)
    for operation in _operations(built["paths"]):
        if "security" in operation:
            operation["security"] = [
                {name: scopes for name, scopes in each.items() if name != "AllowAnonymous"}
                for each in operation["security"]
            ]


def _document_redirects(paths):
    """Say that Wagtail's `find/` answers with the address of what it found."""
    for path, methods in paths.items():
        if path.endswith("/find/"):
            location = {"Location": {"required": True, "schema": {"type": "string"}}}
            methods["get"]["responses"]["302"] = {
                "description": HTTPStatus.FOUND.phrase,
                "headers": location,
                "content": {"text/html": {"schema": {"type": "string"}}},
            }


# --- Parameters ---


def _drop_impossible_paths(paths):
    """Remove the routes of a type that no model has: Wagtail's snippets without `api_fields`."""
    for path, methods in list(paths.items()):
        parameters = [each for operation in methods.values() for each in _parameters(operation)]
        if any(each["schema"].get("const") == "" for each in parameters):
            del paths[path]


def _bound_parameters(paths):
    """State the bounds and formats of Wagtail's parameters, which its schemas leave out."""
    for operation in _operations(paths):
        for parameter in _parameters(operation):
            if parameter["in"] == "header":
                continue
            name = parameter["name"]
            for schema in _subschemas(parameter["schema"]):
                kind = schema.get("type")
                if kind == "integer" and not {"maximum", "exclusiveMaximum"} & set(schema):
                    schema["maximum"] = LARGEST_NUMBER
                    if parameter["in"] == "path" and "exclusiveMinimum" not in schema:
                        schema["minimum"] = 1
                    if name == "limit" and (most := getattr(settings, "WAGTAILAPI_LIMIT_MAX", 20)):
                        schema["maximum"] = most
                elif kind == "string" and not {"pattern", "enum", "const", "format"} & set(schema):
                    schema["pattern"] = HOST_AND_PORT if name == "site" else WITHOUT_NUL


def _drop_body_defaults(paths):
    """Remove the defaults of whole bodies, which generators of clients cannot express."""
    for operation in _operations(paths):
        for schema in _content_schemas([operation.get("requestBody", {})]):
            schema.pop("default", None)


def _parameters(operation) -> list[dict]:
    return operation.get("parameters", [])


# --- Schemas ---


def _operations(paths) -> Iterator[dict]:
    for methods in paths.values():
        yield from methods.values()


def _subschemas(schema) -> Iterator[dict]:
    """Yield a schema and all schemas nested in it."""
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
        for parameter in _parameters(operation):
            yield from _subschemas(parameter["schema"])
        for body in _content_schemas(
            [operation.get("requestBody", {}), *operation["responses"].values()]
        ):
            yield from _subschemas(body)


def _drop_titles(schema):
    """Remove titles, which repeat verbose names for editors."""
    if isinstance(schema.get("title"), str):
        del schema["title"]


def _referenced_name(schema) -> str | None:
    """Return the name of the component that a schema refers to, None without a reference."""
    return schema["$ref"].removeprefix(REFERENCE) if "$ref" in schema else None


def _add_discriminator(schema, schemas):
    """Add a discriminator to a union whose members each have their own literal `type`."""
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
    """Give the union of all page types a component of its own, wherever it is used."""
    labels = {model._meta.label for model in get_page_models()}
    for schema in list(_all_schemas(built)):
        if set(schema.get("discriminator", {}).get("mapping", {})) == labels:
            built["components"]["schemas"][PAGE_SCHEMA] = {
                "description": "A page with all fields, discriminated by its `type`.",
                "oneOf": schema.pop("oneOf"),
                "discriminator": schema.pop("discriminator"),
            }
            schema["$ref"] = REFERENCE + PAGE_SCHEMA


def _require_response_fields(built):
    """
    Mark fields of responses as required: defaults apply to requests only.

    Schemas used in both requests and responses are left unchanged.
    """
    schemas = built["components"]["schemas"]
    operations = list(_operations(built["paths"]))
    answered, written = set(), set()
    for operation in operations:
        for schema in _content_schemas(operation["responses"].values()):
            _collect_references(schema, schemas, answered)
        for schema in _content_schemas([operation.get("requestBody", {})]):
            _collect_references(schema, schemas, written)
        for parameter in _parameters(operation):
            _collect_references(parameter["schema"], schemas, written)
    for name in answered - written - {PROBLEM_SCHEMA, PortalProblemEntry.__name__}:
        for schema in _subschemas(schemas[name]):
            if "properties" in schema:
                there = [each for each in schema["properties"] if each not in OPTIONAL_FIELDS]
                schema["required"] = there
                for each in schema["properties"].values():
                    each.pop("default", None)


def _collect_references(schema, schemas, found: set):
    """Add the names of all components that a schema refers to, directly or not, to `found`."""
    for part in _subschemas(schema):
        name = _referenced_name(part)
        if name and name not in found:
            found.add(name)
            _collect_references(schemas[name], schemas, found)
