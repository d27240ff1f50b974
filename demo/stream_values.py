"""Blocks of the demo's files as StreamFields store them."""

import uuid
from dataclasses import dataclass

from django.db.models import Model

# Stable ids keep the translations of a block when the demo is loaded again.
NAMESPACE = uuid.UUID("6c1f6a0e-8a54-4c5c-9a52-0f6f3c3a2d11")


@dataclass(frozen=True)
class StreamValues:
    """Blocks of articles, which name pictures, files and official documents by their keys."""

    images: dict[str, Model]
    documents: dict[str, Model]
    directives: dict[str, Model]

    def stream_child(self, key, block):
        """Return a block of the file as StreamField stores it."""
        return {
            "type": block["type"],
            "id": str(uuid.uuid5(NAMESPACE, f"{key}:{block['id']}")),
            "value": getattr(self, f"_{block['type']}_value")(key, block),
        }

    def _heading_value(self, key, block):
        return {"text": block["text"]["vi"], "level": block["level"]}

    def _paragraph_value(self, key, block):
        return block["html"]["vi"].strip()

    def _image_value(self, key, block):
        return {
            "image": self.images[block["image"]].pk,
            "alt_text": block["alt_text"]["vi"],
            "caption": block.get("caption", {}).get("vi", ""),
        }

    def _gallery_value(self, key, block):
        return [
            {
                "type": "item",
                "id": str(uuid.uuid5(NAMESPACE, f"{key}:{block['id']}:{item['id']}")),
                "value": self._image_value(key, item),
            }
            for item in block["items"]
        ]

    def _quote_value(self, key, block):
        return {"text": block["text"]["vi"], "attribution": block["attribution"]["vi"]}

    def _download_value(self, key, block):
        return {
            "document": self.documents[block["document"]].pk,
            "description": block["description"]["vi"],
        }

    def _table_value(self, key, block):
        return {
            "data": [[cell["vi"] for cell in row] for row in block["rows"]],
            "cell": [],
            "mergeCells": [],
            "first_row_is_table_header": block["header_row"],
            "first_col_is_header": False,
            "table_header_choice": "row" if block["header_row"] else "neither",
            "table_caption": block["caption"]["vi"],
        }

    def _embed_value(self, key, block):
        return {"url": block["url"], "caption": block["caption"]["vi"]}

    def _directive_value(self, key, block):
        return {
            "directive": self.directives[block["directive"]].pk,
            "note": block["note"]["vi"],
        }

    def _callout_value(self, key, block):
        return {
            "kind": block["kind"],
            "title": block["title"]["vi"],
            "text": block["text"]["vi"].strip(),
        }


def link_group(number: int, row: dict) -> dict:
    """Return a group of links to websites as StreamField stores it."""
    return {
        "type": "group",
        "id": str(uuid.uuid5(NAMESPACE, f"links:{number}")),
        "value": {
            "heading": row["heading"]["vi"],
            "links": [
                {
                    "type": "item",
                    "id": str(uuid.uuid5(NAMESPACE, f"links:{number}:{order}")),
                    "value": {
                        "title": link["title"]["vi"],
                        "url": link["url"],
                        "page": None,
                        "description": link["description"]["vi"],
                        "logo": None,
                    },
                }
                for order, link in enumerate(row["links"])
            ],
        },
    }
