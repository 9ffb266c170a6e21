"""The five pages of the seeds as a store, and reports made up for one event."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from store import Precision, Published, Store
from store.events import Event, Member, Story

SEEDS = Path(__file__).parent.parent / "seeds"
#: The order in which what they tell of happened: reference for every timeline.
IN_TIME = ("003", "002", "000", "004", "001")
DAY = 86_400
#: 2024-03-10 00:00 UTC.
START = 1_710_028_800


def seeds_store(folder: Path) -> Store:
    """A store of the seeds."""
    store = Store(folder / "seeds.db")
    report = store.import_paths([SEEDS])
    assert report.new == 9, report
    return store


def seed_ids(store: Store) -> dict[str, int]:
    """The ids of the five pages, by the number their file begins with."""
    pages = (article for article in store.articles() if article.embedded_in is None)
    return {Path(article.origin).name[:3]: article.id for article in pages}


def record(title: str, body: str, outlet: str, published: str) -> dict[str, Any]:
    """An article of an import."""
    return {"title": title, "body": [body], "outlet": outlet, "published": published}


BASE = (
    "وصل وزير الخارجية التركي هاكان فيدان إلى بغداد في زيارة رسمية يبحث فيها ملف المياه والأمن مع رئيس الوزراء العراقي "
    "محمد شياع السوداني، ومن المقرر أن يوقع الجانبان اتفاقية لتنظيم مياه دجلة والفرات قبل نهاية العام الجاري. "
    "وكان في استقبال الضيف بمطار العاصمة عدد من كبار الموظفين، ثم توجه موكبه مباشرة نحو القصر الحكومي حيث عقدت جلسة مغلقة "
    "استمرت ساعتين وحضرها خبراء السدود والري من البلدين، وتلتها مأدبة غداء أقيمت على شرف الوفد الزائر قبل عودته مساء إلى أنقرة."
)
OTHER = (
    "بحث فيدان في بغداد مع رئيس الوزراء العراقي محمد شياع السوداني ملف المياه، وقال وزير الخارجية التركي إن أنقرة مستعدة "
    "لزيادة إطلاقات دجلة والفرات بنسبة عشرين بالمئة خلال الصيف، وإن الاتفاقية باتت جاهزة للتوقيع."
)
#: One event of three outlets: the second is the first word for word, the third says it in other words.
EVENT = (
    record("هاكان فيدان يصل إلى بغداد لبحث ملف المياه", BASE, "الراي", "2024-03-10T08:00:00Z"),
    record("وزير الخارجية التركي هاكان فيدان في بغداد", BASE, "وكالة المشهد", "2024-03-10T10:00:00Z"),
    record("فيدان يبحث ملف المياه مع السوداني في بغداد", OTHER, "النهار", "2024-03-10T13:30:00Z"),
)


def filled(folder: Path, records: Sequence[dict[str, Any]], name: str = "made") -> Store:
    """A store of made-up articles."""
    store = Store(folder / f"{name}.db")
    take_in(store, folder, records)
    return store


def take_in(store: Store, folder: Path, records: Sequence[dict[str, Any]]) -> tuple[int, ...]:
    """Import articles; their ids."""
    source = folder / f"{len(list(folder.iterdir()))}.jsonl"
    source.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in records))
    report = store.import_paths([source])
    assert report.new == len(records), report
    return tuple(report.articles)


def report(
    id: int,
    title: str,
    outlet: str | None = "الراي",
    seconds: int | None = 0,
    *,
    precision: Precision = Precision.MINUTE,
    is_first: bool = False,
    copy_of: int | None = None,
    is_unread: bool = False,
) -> Member:
    """A report that appeared ``seconds`` after START; None for one without a date."""
    published = None if seconds is None else Published(START + seconds, precision)
    return Member(id, title, outlet, published, is_unread, seconds, is_first, copy_of)


def event(*members: Member, title: str | None = None, id: int | None = None) -> Event:
    """An event of those reports."""
    times = [member.published.time for member in members if member.published is not None]
    outlets = tuple(dict.fromkeys(member.outlet for member in members if member.outlet))
    return Event(
        id,
        title or members[0].title,
        members,
        outlets,
        min(times) if times else None,
        max(times) if times else None,
    )


def story(*events: Event, undated: Sequence[Event] = (), article: int = 1) -> Story:
    """A story of those events."""
    times = [
        member.published.time // DAY
        for one in events
        for member in one.members
        if member.published is not None
    ]
    days = tuple((day * DAY, times.count(day)) for day in range(min(times), max(times) + 1)) if times else ()
    return Story(article, events, tuple(undated), days)
