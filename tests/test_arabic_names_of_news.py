"""Names of the news in the spellings of many outlets, and the ordinary words that must stay apart."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from store.arabic import index_terms, query_terms

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[str]:
    """The rows of a file of words, without its comments."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def finds(asked: str, written: str) -> bool:
    """True when a query of one word finds a text of one word."""
    return not set(query_terms(asked)).isdisjoint(index_terms(written))


@pytest.mark.parametrize("row", rows("names-one.txt") + rows("names-of-regions.txt") + rows("names-more.txt"))
def test_spellings_of_one_name_find_each_other(row: str) -> None:
    first, *others = row.split()
    for other in others:
        assert finds(first, other), (first, other)
        assert finds(other, first), (other, first)


@pytest.mark.parametrize(
    "row", rows("words-apart.txt") + rows("words-apart-too.txt") + rows("words-apart-more.txt")
)
def test_different_words_stay_apart(row: str) -> None:
    for one, other in permutations(row.split(), 2):
        assert not finds(one, other), (one, other)


@pytest.mark.parametrize(
    "pair",
    [
        "لبنان/اللبنانيين", "تركيا/التركية", "سوريا/السوريين", "كندا/الكنديون", "البحرين/البحرينية", "برلمان/البرلمانيين",
        "قانون/القانونية", "مليون/مليونا", "رياضة/الرياضيين", "فلسطين/الفلسطينيون", "رومانيا/الروماني", "ألمانيا/الألماني",
        "إسبانيا/الإسبان", "إيران/الإيرانية", "السودان/السودانيين", "تلفزيون/التلفزيونية", "أفغانستان/الأفغاني",
        "إعلان/الإعلانات", "مهرجان/المهرجانات", "إنسان/الإنسانية",
    ],
)  # fmt: skip
def test_a_country_and_what_is_of_it_meet(pair: str) -> None:
    one, other = pair.split("/")
    assert finds(one, other)
    assert finds(other, one)
