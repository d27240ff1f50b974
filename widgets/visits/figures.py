from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """Visits of a site: in total, by period, and visitors who are online."""

    total: int = 0
    today: int = 0
    yesterday: int = 0
    this_week: int = 0
    this_month: int = 0
    online: int = 0
