"""Parts of the documentation that are made from the code: settings, variables, commands, the API."""

import inspect
import json
import re
from pathlib import Path

from django.core.management import get_commands, load_command_class
from django.utils.html import escape

from headless.conf import Setting

ROOT = Path(__file__).parents[1]
APPS = ["headless", "articles", "directives", "widgets", "feedback"]
OURS = [*APPS, "home", "cms_site", "demo"]
METHODS = ["get", "post", "put", "patch", "delete"]


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table; line breaks and bars in cells are escaped."""
    lines = [head, ["---"] * len(head), *rows]
    clean = [[" ".join(cell.split()).replace("|", "\\|") for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in clean) + "\n"


def type_name(value_type) -> str:
    """Return a type as a person reads it; of an annotated one the type that is annotated."""
    bare = getattr(value_type, "__origin__", None)
    if hasattr(value_type, "__metadata__") and bare is not None:
        value_type = bare
    name = value_type.__name__ if inspect.isclass(value_type) else str(value_type)
    if "[" in str(value_type):
        name = re.sub(r"typing\.Annotated\[(\w+)[^]]*\]", r"\1", str(value_type))
    return name.replace("typing.", "")


def default_of(setting: Setting) -> str:
    """Return a default as it would be written in the settings."""
    return f"`{json.dumps(setting.default) if isinstance(setting.default, list) else repr(setting.default)}`"


def settings() -> str:
    """Return a section for each app with a table of its `CIVIC_PORTAL_…` settings."""
    sections = []
    for app in APPS:
        module = __import__(f"{app}.conf", fromlist=["conf"])
        declared = [each for each in vars(type(module.conf)).values() if isinstance(each, Setting)]
        rows = [
            [
                f"`{each.name}`",
                f"`{type_name(each.value_type)}`",
                default_of(each),
                escape(each.help_text),
            ]
            for each in declared
        ]
        title = f"## `{app}`\n\n"
        sections.append(title + table(["setting", "type", "default", "meaning"], rows))
    return "\n".join(sections)


def environment() -> str:
    """Return a table of the variables of `.env.example` with their explanations, by its sections."""
    sections, comment = [], []
    for line in (ROOT / ".env.example").read_text().splitlines():
        heading = re.match(r"# --- (.*?)(?: ---)?$", line)
        variable = re.match(r"#([A-Z_]+)=(.*)$", line)
        if heading:
            sections.append((heading[1].removesuffix(" ---"), []))
            comment = []
        elif variable:
            rows = sections[-1][1]
            text = " ".join(comment) or (rows[-1][2] if rows else sections[-1][0])
            rows.append([f"`{variable[1]}`", f"`{variable[2]}`" if variable[2] else "", text])
            comment = []
        elif line.startswith("#"):
            comment.append(line.lstrip("# "))
    return "\n".join(
        f"## {title}\n\n{table(['variable', 'example or default', 'meaning'], [[n, v, escape(t)] for n, v, t in rows])}"
        for title, rows in sections
        if rows
    )


def commands() -> str:
    """Return each management command of ours with its options."""
    sections = []
    for name, app in sorted(get_commands().items()):
        if not isinstance(app, str) or app.split(".")[0] not in OURS:
            continue
        command = load_command_class(app, name)
        parser = command.create_parser("manage.py", name)
        rows = []
        for action in parser._actions:
            own = action.option_strings or [action.dest]
            if action.help and action.dest not in COMMON_OPTIONS:
                default = "" if action.default in (None, False, []) else f" (`{action.default}`)"
                rows.append([", ".join(f"`{each}`" for each in own), escape(action.help) + default])
        sections.append(
            f"## `{name}`\n\n{escape(str(command.help))}\n\n"
            + (table(["argument", "meaning"], rows) if rows else "")
        )
    return "\n".join(sections)


# What each command of Django has.
COMMON_OPTIONS = {
    "help", "version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color",
    "skip_checks",
}  # fmt: skip


def schema_link(schema: dict) -> str:
    """Return the type that a JSON schema says, with links to the schemas it names."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f"[{name}](api-schemas.md#{anchor(name)})"
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(schema_link(each) for each in schema[several]))
    if "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        return ", ".join(f"`{json.dumps(each, ensure_ascii=False)}`" for each in values)
    if schema.get("type") == "array":
        return f"list of {schema_link(schema.get('items', {}))}"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"map of {schema_link(schema['additionalProperties'])}"
    name = schema.get("type", "any")
    return f"{name} ({schema['format']})" if "format" in schema else str(name)


def anchor(name: str) -> str:
    """Return the anchor of a heading that is `name`."""
    return re.sub(r"[^\w-]", "", name.lower())


def openapi() -> dict:
    """Return the committed OpenAPI document, which a test keeps equal to the code."""
    return json.loads((ROOT / "docs" / "openapi.json").read_text())


def prose(text: str | None) -> str:
    """Return the text of a description as one paragraph of Markdown, without HTML of its own."""
    return escape(" ".join((text or "").split()))


def api_routes() -> str:
    """Return a section for each tag and route of API v3: parameters, body and answers."""
    by_tag: dict[str, list[str]] = {}
    for path, operations in openapi()["paths"].items():
        for method in METHODS:
            if operation := operations.get(method):
                for tag in operation.get("tags", ["other"])[:1]:
                    by_tag.setdefault(tag, []).append(route(path, method, operation))
    return "\n".join(f"## {tag}\n\n" + "\n".join(routes) for tag, routes in sorted(by_tag.items()))


def route(path: str, method: str, operation: dict) -> str:
    """Return the section of one operation."""
    parts = [f"### `{method.upper()} {path}`\n"]
    parts += [
        f"{prose(text)}\n"
        for text in (operation.get("summary"), operation.get("description"))
        if text
    ]
    if security := operation.get("security"):
        need = "optional" if {} in security else "required"
        parts.append(f"A token (`Authorization: Bearer`) is {need}.\n")
    if parameters := operation.get("parameters"):
        rows = [
            [
                f"`{each['name']}`" + (" (required)" if each.get("required") else ""),
                each["in"],
                schema_link(each.get("schema", {})),
                prose(each.get("description") or each.get("schema", {}).get("description")),
            ]
            for each in parameters
        ]
        parts.append(table(["parameter", "in", "type", "meaning"], rows))
    if body := operation.get("requestBody"):
        parts.append(f"Body: {contents(body)}\n")
    rows = [
        [f"`{status}`", contents(answer), prose(answer.get("description"))]
        for status, answer in operation["responses"].items()
    ]
    parts.append(table(["answer", "body", "when"], rows))
    return "\n".join(parts)


def contents(message: dict) -> str:
    """Return the media types and schemas of a body."""
    return "; ".join(
        f"`{kind}`: {schema_link(content.get('schema', {}))}"
        for kind, content in message.get("content", {}).items()
    )


def api_schemas() -> str:
    """Return a section for each schema that the routes name: its fields, or what it is one of."""
    sections = []
    for name, schema in sorted(
        openapi()["components"]["schemas"].items(), key=lambda each: each[0].lower()
    ):
        text = f"## {name}\n\n"
        if schema.get("description"):
            text += f"{prose(schema['description'])}\n\n"
        if properties := schema.get("properties"):
            required = set(schema.get("required", []))
            rows = [
                [
                    f"`{key}`" + ("" if key in required else " (optional)"),
                    schema_link(each),
                    prose(each.get("description")),
                ]
                for key, each in properties.items()
            ]
            text += table(["field", "type", "meaning"], rows)
        else:
            text += f"{schema_link(schema)}\n"
        sections.append(text)
    return "\n".join(sections)


PARTS = {
    "settings": settings,
    "environment": environment,
    "commands": commands,
    "API routes": api_routes,
    "API schemas": api_schemas,
}
