"""The way in: what is one article, what is another, links in both directions of time, places by date."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from store.articles import article, set_starred, set_unread
from store.database import connect, transaction
from store.intake import Intake, add, move
from store.models import LinkKind, Outcome, ParsedArticle, ParsedLink, Precision, Published
from store.positions import numbering
from store.preparation import prepare
from store.tags import change_tags

NOW = 1_763_800_000
P1 = "أعلنت وزارة الصحة الأردنية، الأحد، تسجيل أربع إصابات جديدة بالكوليرا في محافظة المفرق شمال البلاد."
P2 = "وقال الوزير في مؤتمر صحفي إن الحالات تحت المراقبة في مستشفى المفرق الحكومي وإن وضعها مستقر."
P3 = "وأضاف أن الوزارة فحصت مياه الآبار في المنطقة ولم تجد فيها أثرا للبكتيريا حتى مساء السبت."
DAY = Published(1_664_755_200, Precision.DAY)


def page(title: str = "أربع إصابات بالكوليرا في المفرق", **fields: object) -> ParsedArticle:
    made = ParsedArticle(title, (P1, P2, P3), "/a.txt", published=DAY, outlet="الغد")
    return replace(made, **fields)  # type: ignore[arg-type]


@pytest.fixture
def db(tmp_path: Path) -> sqlite3.Connection:
    return connect(tmp_path / "store.db")


def outcome(db: sqlite3.Connection, parsed: ParsedArticle) -> tuple[int, Outcome]:
    added = add(db, parsed, NOW)[0]
    return added.id, added.outcome


# --- many at once


def test_a_copy_in_the_same_batch_is_compared_by_its_text(db: sqlite3.Connection) -> None:
    # Neither headline nor outlet decides: the texts do, and that of the first is not written yet when the second comes.
    first = page()
    second = page(origin="/b.txt", body=(P1, P2, f"{P3} وتابع."))
    other = page("خبر آخر تماما عن المفرق", origin="/c.txt", body=(P3, P2))
    with transaction(db):
        added = Intake(db).add_all([(each, prepare(each)) for each in (first, second, other)], NOW)
    assert [each.outcome for each in added] == [Outcome.NEW, Outcome.CHANGED, Outcome.NEW]
    assert article(db, added[0].id).body == (P1, P2, f"{P3} وتابع.")


def test_what_comes_together_is_all_there(db: sqlite3.Connection) -> None:
    pages = [
        page(
            f"خبر رقم {number} من المفرق",
            origin=f"/{number}.txt",
            body=(f"{P1} {number}", P2),
            keywords=("الكوليرا", f"وسم {number}", "الكوليرا"),
            agency=("بترا",) if number % 2 else (),
            tags=("مستورد",) if number == 1 else (),
        )
        for number in range(3)
    ]
    with transaction(db):
        added = Intake(db).add_all([(each, prepare(each)) for each in pages], NOW)
    for each, parsed in zip(added, pages, strict=True):
        stored = article(db, each.id)
        assert (stored.body, stored.agency, stored.tags) == (parsed.body, parsed.agency, parsed.tags)
        assert stored.is_unread
    by_label = "SELECT k.name, count(*) FROM article_keywords JOIN keywords k ON k.id = keyword_id GROUP BY 1 ORDER BY 1"
    assert db.execute(by_label).fetchall() == [("الكوليرا", 3), ("وسم 0", 1), ("وسم 1", 1), ("وسم 2", 1)]


# --- identity


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"origin": "/elsewhere/b.txt"},
        {"origin": "/b.txt", "links": (ParsedLink(LinkKind.SIMILAR, "خبر آخر مشابه تماما"),)},
        {"origin": "/b.html", "body": (f"{P1} {P2}", P3)},
        {"origin": "/b.txt", "dropped": {"boilerplate": 40}},
        {"origin": "/b.txt", "outlet": None},
        {"origin": "/b.txt", "published": None},
        {"origin": "/b.txt", "title": P1[:60], "title_is_derived": True},
    ],
    ids=["same", "other path", "other links", "other paragraph borders", "other furniture", "no outlet", "no date", "no headline"],
)  # fmt: skip
def test_the_same_page_again_is_known(db: sqlite3.Connection, again: dict[str, object]) -> None:
    first, _ = outcome(db, page())
    assert outcome(db, page(**again)) == (first, Outcome.KNOWN)
    assert article(db, first).body == (P1, P2, P3)
    assert article(db, first).revisions == 0


@pytest.mark.parametrize(
    "other",
    [
        {"outlet": "الدستور"},
        {"outlet": "الدستور", "body": (P1, P2)},
        {"published": Published(DAY.time + 30 * 86400, Precision.DAY), "body": (P3, P1)},
        {"title": "خبر مختلف عن الطقس", "body": (P3, "وتوقعت الأرصاد أمطارا غزيرة مساء الثلاثاء على الشمال كله.")},
        {"body": ("نص آخر تماما تحت العنوان نفسه كما في نشرات أسعار الذهب اليومية.", "ولا جملة مشتركة بينهما أبدا.")},
    ],
    ids=["copy of another outlet", "near copy of another outlet", "a month later", "another article", "same title, other text"],
)  # fmt: skip
def test_what_only_resembles_stays_apart(db: sqlite3.Connection, other: dict[str, object]) -> None:
    first, _ = outcome(db, page())
    second, result = outcome(db, page(origin="/b.txt", **other))
    assert (second != first, result) == (True, Outcome.NEW)


def test_changed_text_is_a_revision_and_the_former_is_kept(db: sqlite3.Connection) -> None:
    first, _ = outcome(db, page())
    change_tags(db, [first], add=["صحة"])
    set_starred(db, [first], True)
    set_unread(db, [first], False)
    added = "وأكد لاحقا تسجيل إصابة خامسة في المحافظة نفسها."
    assert outcome(db, page(body=(P1, P2, P3, added), origin="/b.txt")) == (first, Outcome.CHANGED)
    now = article(db, first)
    assert now.body == (P1, P2, P3, added)
    assert (now.tags, now.is_starred, now.is_unread, now.revisions) == (("صحة",), True, False, 1)
    kept = json.loads(db.execute("SELECT article FROM revisions").fetchone()[0])
    assert kept["body"] == [P1, P2, P3]


def test_changed_lead_of_a_page_without_headline_is_found_by_its_path(db: sqlite3.Connection) -> None:
    first, _ = outcome(db, page(title=P1[:50], title_is_derived=True, published=None))
    lead = P1.replace("أربع", "خمس")
    changed = page(title=lead[:50], title_is_derived=True, published=None, body=(lead, P2, P3))
    assert outcome(db, changed) == (first, Outcome.CHANGED)
    assert article(db, first).title == lead[:50]


def test_an_old_copy_does_not_undo_a_newer_text(db: sqlite3.Connection) -> None:
    old, new = page(), page(body=(P1, P2, P3, "وأكد لاحقا تسجيل إصابة خامسة."))
    first, _ = outcome(db, old)
    assert outcome(db, new) == (first, Outcome.CHANGED)
    for _ in range(2):
        assert outcome(db, old) == (first, Outcome.KNOWN)
        assert outcome(db, new) == (first, Outcome.KNOWN)
    assert article(db, first).revisions == 1


def test_the_same_address_is_the_same_article_whatever_its_text(db: sqlite3.Connection) -> None:
    first, _ = outcome(db, page(url="https://e.org/1"))
    assert outcome(
        db,
        page(title="عنوان جديد كليا", body=("نص جديد كليا لا يشبه القديم في شيء.",), url="https://e.org/1"),
    ) == (
        first,
        Outcome.CHANGED,
    )


def test_a_stated_date_takes_the_place_of_an_inferred_one_and_never_the_reverse(
    db: sqlite3.Connection,
) -> None:
    first, _ = outcome(db, page(published=None))
    move(db, first, Published(DAY.time - 86400, Precision.DAY, is_inferred=True))
    outcome(db, page(origin="/b.txt"))
    assert article(db, first).published == DAY
    outcome(db, page(origin="/c.txt", published=Published(DAY.time + 86400, Precision.DAY, is_inferred=True)))
    assert article(db, first).published == DAY


def test_a_stated_outlet_takes_the_place_of_an_inferred_one_and_never_the_reverse(
    db: sqlite3.Connection,
) -> None:
    address = "https://e.org/1"
    first, _ = outcome(db, page(outlet="هسبريس", outlet_is_inferred=True, url=address))
    assert article(db, first).outlet_is_inferred
    for stated in (False, True):
        names = {"outlet": "العمق", "outlet_is_inferred": False} if not stated else {"outlet": "هسبريس", "outlet_is_inferred": True}  # fmt: skip
        assert outcome(db, page(origin="/b.txt", url=address, **names)) == (first, Outcome.KNOWN)
        assert (article(db, first).outlet, article(db, first).outlet_is_inferred) == ("العمق", False)


# --- embedded articles

GUEST = ParsedArticle("الأرصاد: أمطار غزيرة مساء الثلاثاء", ("توقعت الأرصاد أمطارا غزيرة على شمال البلاد كلها.", "ودعت المواطنين إلى الابتعاد عن مجاري السيول."), "/a.txt")  # fmt: skip
HOST_LINKS = (ParsedLink(LinkKind.READ_ALSO, GUEST.title), ParsedLink(LinkKind.SIMILAR, GUEST.title))


def test_guest_is_an_article_linked_both_ways_and_below_its_host(db: sqlite3.Connection) -> None:
    host, guest = add(db, page(embedded=(GUEST,), links=HOST_LINKS, published=None), NOW)
    inside, outside = article(db, guest.id), article(db, host.id)
    assert [link.target for link in outside.links] == [guest.id, guest.id]
    assert (inside.embedded_in, inside.linked_from) == (host.id, (host.id,))
    assert inside.position == outside.position - 1
    assert inside.published is None


@pytest.mark.parametrize("guest_first", [True, False])
def test_a_guest_and_its_full_text_are_one_article(db: sqlite3.Connection, guest_first: bool) -> None:
    full = replace(
        GUEST,
        body=(*GUEST.body, "وقالت إن المنخفض ينحسر يوم الخميس المقبل."),
        origin="/full.txt",
        outlet="الرأي",
        published=DAY,
    )
    host = page(embedded=(GUEST,), links=HOST_LINKS)
    for parsed in (host, full) if guest_first else (full, host):
        add(db, parsed, NOW)
    ids = [row[0] for row in db.execute("SELECT id FROM articles WHERE title = ?", (GUEST.title,))]
    assert len(ids) == 1
    stored = article(db, ids[0])
    assert (stored.body, stored.outlet, stored.embedded_in, stored.published) == (
        full.body,
        "الرأي",
        None,
        DAY,
    )
    assert stored.origin == "/full.txt"
    assert len(stored.linked_from) == 1


def test_a_shorter_copy_on_another_page_takes_nothing_away(db: sqlite3.Connection) -> None:
    add(db, page(embedded=(GUEST,), links=HOST_LINKS), NOW)
    cut = replace(GUEST, body=GUEST.body[:1], origin="/c.txt")
    other = ParsedArticle(
        "صفحة أخرى عن الزراعة",
        ("نص عن الزراعة في الأغوار وموسم الزيتون هذا العام.",),
        "/c.txt",
        embedded=(cut,),
    )
    assert add(db, other, NOW)[1].outcome is Outcome.KNOWN
    assert db.execute("SELECT count(*) FROM articles").fetchone()[0] == 3


# --- links


def test_a_target_that_comes_later_closes_the_links_that_wait(db: sqlite3.Connection) -> None:
    wanted = "تحذير من السيول في الأغوار"
    first, _ = outcome(db, page(links=(ParsedLink(LinkKind.SIMILAR, f"عاجل: {wanted}"),)))
    assert article(db, first).links[0].target is None
    later, _ = outcome(db, ParsedArticle(wanted, ("نص التحذير كاملا كما نشرته الأرصاد.",), "/d.txt"))
    link = article(db, first).links[0]
    assert (link.target, link.title) == (later, f"عاجل: {wanted}")
    assert article(db, later).linked_from == (first,)


def test_of_two_of_one_headline_the_first_is_meant_and_no_page_means_itself(db: sqlite3.Connection) -> None:
    wanted = "تحذير من السيول في الأغوار"
    link = (ParsedLink(LinkKind.SIMILAR, wanted),)
    own, _ = outcome(
        db, ParsedArticle(wanted, ("نص التحذير كاملا كما نشرته الأرصاد.",), "/d.txt", links=link)
    )
    first, _ = outcome(db, page(links=link))
    assert article(db, own).links[0].target is None
    other, _ = outcome(
        db,
        ParsedArticle(wanted, ("حذرت بلدية أخرى سكانها من سيول متوقعة.",), "/e.txt", outlet="ب", links=link),
    )
    assert [article(db, each).links[0].target for each in (own, first, other)] == [other, own, own]
    assert article(db, own).linked_from == (first, other)
    assert article(db, other).linked_from == (own,)


def test_links_stay_with_an_article_that_has_another_headline_now(db: sqlite3.Connection) -> None:
    wanted = "تحذير من السيول في الأغوار"
    host, _ = outcome(db, page(links=(ParsedLink(LinkKind.SIMILAR, wanted),)))
    before = ParsedArticle(
        wanted, ("نص التحذير كاملا كما نشرته الأرصاد مساء الثلاثاء.",), "/d.txt", url="https://example.org/1"
    )
    target, _ = outcome(db, before)
    after = replace(
        before,
        title="السيول تجتاح الأغوار",
        body=("نص التحذير كاملا كما نشرته الأرصاد مساء الثلاثاء، ثم جاءت السيول.",),
    )
    assert outcome(db, after) == (target, Outcome.CHANGED)
    assert article(db, target).title == "السيول تجتاح الأغوار"
    assert article(db, host).links[0].target == target
    assert article(db, target).linked_from == (host,)


def test_a_derived_title_answers_to_no_link(db: sqlite3.Connection) -> None:
    wanted = "تحذير من السيول في الأغوار"
    first, _ = outcome(db, page(links=(ParsedLink(LinkKind.SIMILAR, wanted),)))
    outcome(db, ParsedArticle(wanted, (f"{wanted} ونص بعده.",), "/d.txt", title_is_derived=True))
    assert article(db, first).links[0].target is None


# --- places


def test_places_follow_dates(db: sqlite3.Connection) -> None:
    days = [Published(DAY.time + 86400 * n, Precision.DAY) for n in (3, 1, 2)]
    for number, day in enumerate(days):
        add(
            db,
            ParsedArticle(
                f"خبر رقم {number} من ثلاثة",
                (f"نص الخبر رقم {number} وفيه كلام كثير.",),
                f"/{number}",
                published=day,
            ),
            NOW,
        )
    order = [row[0] for row in db.execute("SELECT published FROM articles ORDER BY position")]
    assert order == sorted(order)


def test_moving_an_article_takes_its_status_and_tags_along(db: sqlite3.Connection) -> None:
    first, _ = outcome(db, page(published=None, keywords=("صحة",), agency=("بترا",)))
    change_tags(db, [first], add=["متابعة"])
    place = move(db, first, DAY)
    for table in ("statuses", "article_tags", "article_keywords", "article_agencies"):
        query = f"SELECT position FROM {table} WHERE article_id = ?"  # noqa: S608
        assert db.execute(query, (first,)).fetchall() == [(place,)]
    assert numbering(db).minute(place) == DAY.time // 60


def test_nothing_is_left_of_a_transaction_that_failed(db: sqlite3.Connection) -> None:
    def fail() -> None:
        with transaction(db):
            Intake(db).add(page(embedded=(GUEST,), links=HOST_LINKS), NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    for table in ("articles", "bodies", "statuses", "links", "outlets"):
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0  # noqa: S608
    assert outcome(db, page())[1] is Outcome.NEW
