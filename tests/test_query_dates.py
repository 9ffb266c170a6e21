"""Dates in queries: each way to write them, worked out by hand from a Tuesday, 2023-11-14 22:13:20 UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.query_dates import period, span

NOW = 1700000000


def day(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2023-09-14", "2023-09-14", "2023-09-15"),
        ("2023/9/14", "2023-09-14", "2023-09-15"),
        ("٢٠٢٣-٠٩-١٤", "2023-09-14", "2023-09-15"),
        ("14/9/2023", "2023-09-14", "2023-09-15"),
        ("2023-09", "2023-09-01", "2023-10-01"),
        ("2023-12", "2023-12-01", "2024-01-01"),
        ("2023", "2023-01-01", "2024-01-01"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
        ("سبتمبر 2023", "2023-09-01", "2023-10-01"),
        ("أيلول ٢٠٢٣", "2023-09-01", "2023-10-01"),
        ("14 تشرين الثاني 2023", "2023-11-14", "2023-11-15"),
        ("3 May 2021", "2021-05-03", "2021-05-04"),
        ("سبتمبر", "2023-09-01", "2023-10-01"),
        ("ديسمبر", "2022-12-01", "2023-01-01"),  # the last December there was
        ("اليوم", "2023-11-14", "2023-11-15"),
        ("today", "2023-11-14", "2023-11-15"),
        ("أمس", "2023-11-13", "2023-11-14"),
        ("أول أمس", "2023-11-12", "2023-11-13"),
        ("هذا الأسبوع", "2023-11-13", "2023-11-20"),
        ("الأسبوع الماضي", "2023-11-06", "2023-11-13"),
        ("this month", "2023-11-01", "2023-12-01"),
        ("الشهر الماضي", "2023-10-01", "2023-11-01"),
        ("last year", "2022-01-01", "2023-01-01"),
        ("9/2023", "2023-09-01", "2023-10-01"),
        ("٠٩-٢٠٢٣", "2023-09-01", "2023-10-01"),
        ("سبتمبر_2023", "2023-09-01", "2023-10-01"),
        ("أيلول/سبتمبر 2023", "2023-09-01", "2023-10-01"),
        ("14 تشرين الثاني/نوفمبر 2023", "2023-11-14", "2023-11-15"),
        ("September 14, 2023", "2023-09-14", "2023-09-15"),
        # The last day of that name; today is a Tuesday.
        ("الثلاثاء", "2023-11-14", "2023-11-15"),
        ("الإثنين", "2023-11-13", "2023-11-14"),
        ("الأربعاء", "2023-11-08", "2023-11-09"),
        ("أحد", "2023-11-12", "2023-11-13"),
        ("sunday", "2023-11-12", "2023-11-13"),
        # As --json gives them.
        ("2023-09-14T10:05:00Z", "2023-09-14T10:05:00", "2023-09-14T10:05:01"),
        ("2023-09-14T10:05Z", "2023-09-14T10:05", "2023-09-14T10:06"),
        ("2023-09-14 10:05", "2023-09-14T10:05", "2023-09-14T10:06"),
        ("2023-09-14T10:05:00+03:00", "2023-09-14T07:05:00", "2023-09-14T07:05:01"),
    ],
)
def test_periods(text: str, since: str, until: str) -> None:
    assert period(text, NOW) == (day(since), day(until))


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("12h", "2023-11-14T10:13:20"),
        ("7d", "2023-11-07T22:13:20"),
        ("7 أيام", "2023-11-07T22:13:20"),
        ("7ي", "2023-11-07T22:13:20"),
        ("2w", "2023-10-31T22:13:20"),
        ("3m", "2023-08-14T22:13:20"),
        ("1y", "2022-11-14T22:13:20"),
        ("٢ سنة", "2021-11-14T22:13:20"),
        ("7_أيام", "2023-11-07T22:13:20"),
        ("أسبوع", "2023-11-07T22:13:20"),
        ("أسبوعين", "2023-10-31T22:13:20"),
        ("ساعة", "2023-11-14T21:13:20"),
        ("ساعتين", "2023-11-14T20:13:20"),
        ("يومين", "2023-11-12T22:13:20"),
        ("شهر", "2023-10-14T22:13:20"),
        ("شهرين", "2023-09-14T22:13:20"),
        ("سنة", "2022-11-14T22:13:20"),
        ("عامين", "2021-11-14T22:13:20"),
        ("week", "2023-11-07T22:13:20"),
    ],
)
def test_times_ago_last_until_now(text: str, since: str) -> None:
    assert period(text, NOW) == (day(since), NOW + 1)


def test_a_month_ago_from_a_longer_month_is_its_last_day() -> None:
    assert period("1m", day("2023-03-31")) == (day("2023-02-28"), day("2023-03-31") + 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "2023-13",
        "2023-02-30",
        "0/0/0000",
        "99999y",
        "7x",
        "0000",
        "32/1/2023",
        "1 foo 2023",
        "13/2023",
        "سبتمبر/أكتوبر 2023",
        "2023-09-14T25:00",
        "2023-09-14T10:05+99:00",
        "d",
        "غدا",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert period(text, NOW) is None


def test_ranges_may_be_open() -> None:
    assert span("2023-01..2023-03", NOW) == (day("2023-01-01"), day("2023-04-01"))
    assert span("2023-01..", NOW) == (day("2023-01-01"), None)
    assert span("..2023-03-05", NOW) == (None, day("2023-03-06"))
    assert span("..", NOW) is None
    assert span("x..2023", NOW) is None
    assert span("2023..x", NOW) is None


def test_a_time_ago_ends_a_range_where_it_begins() -> None:
    assert span("7d..3d", NOW) == (day("2023-11-07T22:13:20"), day("2023-11-11T22:13:20"))
    assert span("..أسبوع", NOW) == (None, day("2023-11-07T22:13:20"))
    assert span("3d..today", NOW) == (day("2023-11-11T22:13:20"), day("2023-11-15"))


@given(st.text(max_size=20), st.integers(min_value=0, max_value=4_000_000_000))
@settings(max_examples=300, deadline=None)
def test_no_text_raises(text: str, now: int) -> None:
    found = span(text, now)
    assert found is None or found[0] is None or found[1] is None or isinstance(found[0], int)
