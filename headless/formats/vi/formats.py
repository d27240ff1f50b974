"""Date and time formats used in Vietnam: day, month, year; also those of `en`."""

from itertools import product

DATE_FORMAT = SHORT_DATE_FORMAT = "d/m/Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "d/m/Y H:i"
FIRST_DAY_OF_WEEK = 1

_DAYS = ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y"]
_TIMES = ["%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%Hh%M", "%Hh"]
_ORDERS = ["{day} {time}", "{day}, {time}", "{time} {day}", "{time}, {day}"]

DATE_INPUT_FORMATS = _DAYS
TIME_INPUT_FORMATS = _TIMES
DATETIME_INPUT_FORMATS = [
    order.format(day=day, time=time) for order, day, time in product(_ORDERS, _DAYS, _TIMES)
]
