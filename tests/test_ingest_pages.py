"""Pages as they were saved, each with what a person reads in it.

The expectations of ``hand_*`` were typed from the pages before the program read
them (but for titles derived from a lead, which were read through, and for slips of
the typist, corrected: the kind of two links, keywords that only the text parts), as were those
of ``variant_00`` to ``variant_41``; those of the later variants were made by the
program and read through.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_ingest_seeds import as_json

from store.ingest.decode import decode
from store.ingest.page import parse_page

_DATA = Path(__file__).parent / "data" / "pages"
_PAGES = sorted((*_DATA.glob("variant_*.txt"), *_DATA.glob("hand_*.txt")))
_NOTHING: dict[str, Any] = as_json(parse_page("", ""))


def _complete(expected: dict[str, Any]) -> dict[str, Any]:
    """Golden files name only the fields that hold something."""
    whole = {**_NOTHING, "title_is_derived": False, **expected}
    return {**whole, "embedded": [_complete(inner) for inner in whole["embedded"]]}


@pytest.mark.parametrize("page", _PAGES, ids=lambda path: path.stem.removeprefix("variant_"))
def test_page_variant(page: Path) -> None:
    expected = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert as_json(parse_page(decode(page.read_bytes()), "p")) == _complete(expected)
