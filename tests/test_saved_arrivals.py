"""What arrives gets the tags of the saved searches that find it."""

from __future__ import annotations

from pathlib import Path

from store import Store
from store.saved import save


def test_an_import_tags_what_a_saved_search_asks_for(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    save(store.connection, "شويغو", "شويغو", tag="وزير الدفاع")
    report = store.import_paths([Path(__file__).parent.parent / "seeds"])
    assert report.new == 9
    # Three of the pages name him, in two spellings.
    assert [(tag.name, tag.articles) for tag in store.tags()] == [("وزير الدفاع", 3)]
    again = store.import_paths([Path(__file__).parent.parent / "seeds"])
    assert again.new == 0
    store.close()
