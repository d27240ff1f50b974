from typing_extensions import TypedDict
from wagtail import blocks


class TimetableEntry(TypedDict):
    """When something takes place, for clients of the API."""

    time: str
    what: str


class TimetableBlock(blocks.StructBlock):
    """What takes place when."""

    entries = blocks.ListBlock(
        blocks.StructBlock([("time", blocks.CharBlock()), ("what", blocks.CharBlock())])
    )

    class Meta:
        icon = "calendar"
        template = "town/blocks/timetable.html"

    def get_api_representation(self, value, context=None) -> list[TimetableEntry]:
        return [{"time": entry["time"], "what": entry["what"]} for entry in value["entries"]]
