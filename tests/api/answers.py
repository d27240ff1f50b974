"""Validate responses against the OpenAPI document of API v3."""

from jsonschema_rs import Draft202012Validator

ADDRESS = "/api/v3/openapi.json"


class Document:
    """The served OpenAPI document, as a validator of responses."""

    def __init__(self, client):
        self.data = client.get(ADDRESS).json()

    def complaints(self, answer, path: str, method: str = "get", status: str = "200") -> list[str]:
        """Return how `answer` differs from the documented response of the operation at `path`."""
        operation = self.data["paths"]["/api/v3" + path][method]
        response = operation["responses"].get(status) or operation["responses"]["default"]
        [content] = response["content"].values()
        return self.complaints_about(answer, content["schema"])

    def complaints_about(self, answer, schema: dict) -> list[str]:
        if schema.get("$ref", "").endswith("/PortalPageDetail"):
            # Validated as its own page type only, since a union would report errors for every type.
            mapping = self.data["components"]["schemas"]["PortalPageDetail"]["discriminator"]
            schema = {"$ref": mapping["mapping"].get(answer["type"], schema["$ref"])}
        schema = schema | {"components": self.data["components"]}
        validator = Draft202012Validator(schema, validate_formats=True)
        return [
            f"{'/'.join(map(str, error.instance_path))}: {error.message[-300:]}"
            for error in validator.iter_errors(answer)
        ]
