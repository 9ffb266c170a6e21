"""Dates as pages write them; expectations are calendar facts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.ingest.dates import is_date_line, parse_date
from store.models import Precision


@pytest.mark.parametrize(
    ("text", "moment", "precision"),
    [
        ("17th, September 2023 GMT", "2023-09-17T00:00", Precision.DAY),
        ("1st, May 2023 GMT", "2023-05-01T00:00", Precision.DAY),
        ("23:48 - 2023/09/11", "2023-09-11T23:48", Precision.MINUTE),
        ("2023-09-11T14:30:00+03:00", "2023-09-11T11:30", Precision.MINUTE),
        ("2023-09-11T14:30:00Z", "2023-09-11T14:30", Precision.MINUTE),
        ("2023-09-11 14:30", "2023-09-11T14:30", Precision.MINUTE),
        ("11/09/2023", "2023-09-11T00:00", Precision.DAY),
        ("25/09/2023", "2023-09-25T00:00", Precision.DAY),
        ("09/25/2023", "2023-09-25T00:00", Precision.DAY),
        ("17.9.2023, 12:30 ص", "2023-09-17T00:30", Precision.MINUTE),
        ("17.9.2023, 12:30 م", "2023-09-17T12:30", Precision.MINUTE),
        ("الأحد 17 سبتمبر 2023 - 14:30", "2023-09-17T14:30", Precision.MINUTE),
        ("٢٠٢٣/٩/١١ ٢:٣٠ م", "2023-09-11T14:30", Precision.MINUTE),
        ("۱۷ سبتمبر ۲۰۲۳", "2023-09-17T00:00", Precision.DAY),
        ("17 أيلول 2023", "2023-09-17T00:00", Precision.DAY),
        ("17 أيلول/سبتمبر 2023", "2023-09-17T00:00", Precision.DAY),
        ("3 كانون الثاني 2022", "2022-01-03T00:00", Precision.DAY),
        ("3 كانون الأول (ديسمبر) 2022", "2022-12-03T00:00", Precision.DAY),
        ("3 تشرين الثاني 2022", "2022-11-03T00:00", Precision.DAY),
        ("30 آذار 2022", "2022-03-30T00:00", Precision.DAY),
        ("8 شباط 2022", "2022-02-08T00:00", Precision.DAY),
        ("3 غشت 2021", "2021-08-03T00:00", Precision.DAY),
        ("14 جويلية 2021", "2021-07-14T00:00", Precision.DAY),
        ("14 جوان 2021", "2021-06-14T00:00", Precision.DAY),
        ("1 فيفري 2021", "2021-02-01T00:00", Precision.DAY),
        ("9 أوت 2021", "2021-08-09T00:00", Precision.DAY),
        ("5 نونبر 2021", "2021-11-05T00:00", Precision.DAY),
        ("September 17, 2023", "2023-09-17T00:00", Precision.DAY),
        ("Sun, 17 Sep 2023 14:30:00 GMT", "2023-09-17T14:30", Precision.MINUTE),
        ("Sun, 17 Sep 2023 14:30:00 +0300", "2023-09-17T11:30", Precision.MINUTE),
        ("Monday 11 September 2023 02:05 PM", "2023-09-11T14:05", Precision.MINUTE),
        ("14:30 17/09/2023 بتوقيت مكة المكرمة", "2023-09-17T11:30", Precision.MINUTE),
        # Summer time by abbreviation, and by the day where only a place is named.
        ("Thu, 04 Jan 2024 10:00:00 EST", "2024-01-04T15:00", Precision.MINUTE),
        ("Tue, 04 Jun 2024 10:00:00 EDT", "2024-06-04T14:00", Precision.MINUTE),
        ("Tue, 04 Jun 2024 10:00:00 CEST", "2024-06-04T08:00", Precision.MINUTE),
        ("Thu, 04 Jan 2024 10:00:00 CET", "2024-01-04T09:00", Precision.MINUTE),
        ("Tue, 04 Jun 2024 10:00:00 EEST", "2024-06-04T07:00", Precision.MINUTE),
        ("04 Jun 2024 10:00 ET", "2024-06-04T14:00", Precision.MINUTE),
        ("04 Jan 2024 10:00 ET", "2024-01-04T15:00", Precision.MINUTE),
        ("14:30 17/09/2023 بتوقيت القاهرة", "2023-09-17T11:30", Precision.MINUTE),
        ("14:30 17/12/2023 بتوقيت القاهرة", "2023-12-17T12:30", Precision.MINUTE),
        # Egypt had no summer time in 2022.
        ("14:30 17/07/2022 بتوقيت القاهرة", "2022-07-17T12:30", Precision.MINUTE),
        ("10:00 بتوقيت بيروت 17 تموز 2023", "2023-07-17T07:00", Precision.MINUTE),
        ("17 يناير 2024 الساعة 10:00 بتوقيت باريس", "2024-01-17T09:00", Precision.MINUTE),
        ("2023-09-11 14:30 (UTC-05:00)", "2023-09-11T19:30", Precision.MINUTE),
        ("2023-09-11 14:30 GMT+3", "2023-09-11T11:30", Precision.MINUTE),
        ("سبتمبر 2023", "2023-09-01T00:00", Precision.MONTH),
        ("2023-09", "2023-09-01T00:00", Precision.MONTH),
        ("2023", "2023-01-01T00:00", Precision.YEAR),
        ("29 فبراير 2024", "2024-02-29T00:00", Precision.DAY),
        ("الخميس 1 محرم 1445 هـ الموافق 20 تموز 2023", "2023-07-20T00:00", Precision.DAY),
    ],
)
def test_date(text: str, moment: str, precision: Precision) -> None:
    found = parse_date(text)
    assert found is not None
    assert datetime.fromtimestamp(found.time, UTC).strftime("%Y-%m-%dT%H:%M") == moment
    assert (found.precision, found.is_inferred) == (precision, False)


def test_hijri_dates_are_converted_and_marked_inferred() -> None:
    # 1 Ramadan 1445 was 11 March 2024 (Umm al-Qura); the tabular calendar may be a day off.
    found = parse_date("1 رمضان 1445 هـ")
    assert found is not None
    assert found.is_inferred
    assert abs(found.time - datetime(2024, 3, 11, tzinfo=UTC).timestamp()) <= 86400


@pytest.mark.parametrize(
    "text",
    [
        "",
        "لا تاريخ",
        "31 فبراير 2023",
        "99/99/9999",
        "17 September 9999",
        "0/0/2020",
        "منذ 3 ساعات",
        "1" * 119,
        "2023" * 40,
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الأحد 17 سبتمبر 2023 - 14:30", True),
        ("17th, September 2023 GMT", True),
        ("2023/09/11", True),
        ("في 12 سبتمبر 2023 وصل الوفد", False),
        ("تأسست الدولة عام 1948", False),
        ("حصيلة 2023", False),
    ],
)
def test_lines_that_are_dates_alone(text: str, expected: bool) -> None:
    assert is_date_line(text) is expected


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=140))
def test_any_text_is_read_without_failing(text: str) -> None:
    parse_date(text)
    is_date_line(text)


@settings(max_examples=200, deadline=None)
@given(st.datetimes(datetime(1850, 1, 1), datetime(2099, 12, 31)))
def test_iso_round_trip(moment: datetime) -> None:
    found = parse_date(moment.strftime("%Y-%m-%dT%H:%M:00Z"))
    assert found is not None
    assert found.time == int(moment.replace(second=0, microsecond=0, tzinfo=UTC).timestamp())
