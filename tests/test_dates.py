"""Dates as they are written for readers, at the precision that is known; the Hijri ones counted day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from store import Precision, Published
from tui import i18n
from tui.dates import full_date, hijri_date, short_date

MINUTE, DAY, MONTH, YEAR = Precision.MINUTE, Precision.DAY, Precision.MONTH, Precision.YEAR
SUNDAY = int(datetime(2023, 9, 17, 8, 5, tzinfo=UTC).timestamp())


@pytest.fixture
def western() -> Iterator[None]:
    """The interface in Arabic with western digits."""
    before = i18n.language()
    i18n.use("ar", "western")
    yield
    i18n.use(before)


@pytest.mark.parametrize(
    ("precision", "months", "text"),
    [
        (MINUTE, "common", "الأحد ١٧ سبتمبر ٢٠٢٣ ٠٨:٠٥"),
        (DAY, "common", "الأحد ١٧ سبتمبر ٢٠٢٣"),
        (DAY, "levantine", "الأحد ١٧ أيلول ٢٠٢٣"),
        (MONTH, "common", "سبتمبر ٢٠٢٣"),
        (YEAR, "common", "٢٠٢٣"),
    ],
)
def test_in_a_heading(arabic: None, precision: Precision, months: str, text: str) -> None:
    assert full_date(Published(SUNDAY, precision), months) == text


def test_what_was_inferred_or_is_not_known_says_so(arabic: None) -> None:
    assert full_date(Published(SUNDAY, DAY, is_inferred=True)) == "الأحد ١٧ سبتمبر ٢٠٢٣ (مستنتج)"
    assert full_date(None) == short_date(None, SUNDAY) == "بلا تاريخ"
    assert short_date(Published(SUNDAY, DAY, is_inferred=True), SUNDAY) == "١٧ سبتمبر؟"


def test_the_hijri_date_stands_beside_days_alone(western: None) -> None:
    assert full_date(Published(SUNDAY, DAY), hijri=True) == "الأحد 17 سبتمبر 2023 / 2 ربيع الأول 1445"
    assert full_date(Published(SUNDAY, MONTH), hijri=True) == "سبتمبر 2023"


def test_in_english(english: None) -> None:
    assert full_date(Published(SUNDAY, MINUTE)) == "Sun 17 Sep 2023 08:05"
    assert full_date(Published(SUNDAY, DAY), "levantine") == "Sun 17 Sep 2023"


@pytest.mark.parametrize(
    ("seconds_later", "precision", "text"),
    [
        (0, MINUTE, "قبل دقيقة"),
        (59 * 60, MINUTE, "قبل ٥٩ دقيقة"),
        (2 * 3600, MINUTE, "قبل ساعتين"),
        (86_399, MINUTE, "قبل ٢٣ ساعة"),
        (86_400, MINUTE, "١٧ سبتمبر"),
        # A day is no minute: nothing is claimed about the hour.
        (3600, DAY, "١٧ سبتمبر"),
        # From the future (a clock that is wrong): the day, not an age.
        (-3600, MINUTE, "١٧ سبتمبر"),
        (200 * 86_400, DAY, "١٧ سبتمبر ٢٠٢٣"),
        (3600, MONTH, "سبتمبر ٢٠٢٣"),
        (3600, YEAR, "٢٠٢٣"),
    ],
)
def test_in_a_row(arabic: None, seconds_later: int, precision: Precision, text: str) -> None:
    assert short_date(Published(SUNDAY, precision), SUNDAY + seconds_later) == text


@pytest.mark.parametrize("year", [1, 622, 1582, 1969, 9999])
def test_days_of_any_year(english: None, year: int) -> None:
    time = int((date(year, 3, 1) - date(1970, 1, 1)).total_seconds())
    assert full_date(Published(time, DAY)).endswith(f" 1 Mar {year}")
    assert short_date(Published(time, DAY), SUNDAY) == f"1 Mar {year}"


def test_hijri_day_by_day(western: None) -> None:
    names = [
        "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال",
        "ذو القعدة", "ذو الحجة",
    ]  # fmt: skip
    # The tabular calendar: months of 30 and 29 days in turn, one day more in eleven of thirty years.
    leap = {2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29}
    # 1 Muharram of year 1 is the 19th of July 622.
    ordinal = date(622, 7, 19).toordinal()
    for year in range(1, 1501):
        for month in range(12):
            length = 29 if month % 2 else 30
            if month == 11 and (year - 1) % 30 + 1 in leap:
                length = 30
            # The edges of every month, and all days of the years of living readers.
            for day in range(1, length + 1) if year > 1395 else (1, length):
                assert hijri_date(ordinal + day - 1) == f"{day} {names[month]} {year}"
            ordinal += length
    # The first of Ramadan 1445 was the 11th of March 2024.
    assert hijri_date(date(2024, 3, 11).toordinal()) == "1 رمضان 1445"
