"""OPML: the list of feeds other readers export and import; nested folders become tags of the feed."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .assemble import web_address
from .markup import RefusedError, refuse_entities
from .sanitize import clean_line

_MAX_DEPTH = 50
_MAX_FEEDS = 10_000


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed of a list: its address, its name there, the folders it lies in."""

    url: str
    title: str
    site: str | None = None
    tags: tuple[str, ...] = ()


def read_opml(data: bytes) -> tuple[Subscription, ...]:
    """Return the feeds of an OPML document, each once, in its order.

    Raises RefusedError for what is not OPML, or declares entities.
    """
    refuse_entities(data)
    try:
        # Expat stops at the first error of form and resolves nothing external.
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise RefusedError(f"not OPML: {clean_line(str(error))[:120]}") from error
    if root.tag.lower() != "opml":
        raise RefusedError(f"not OPML: its root is <{clean_line(root.tag)[:40]}>")
    found: dict[str, Subscription] = {}
    for each in _outlines(root):
        if each.url not in found and len(found) < _MAX_FEEDS:
            found[each.url] = each
        elif each.url in found:
            first = found[each.url]
            tags = tuple(dict.fromkeys((*first.tags, *each.tags)))
            found[each.url] = Subscription(first.url, first.title, first.site, tags)
    return tuple(found.values())


def _outlines(root: ElementTree.Element) -> Iterator[Subscription]:
    waiting: list[tuple[ElementTree.Element, tuple[str, ...]]] = [(root, ())]
    while waiting:
        element, folders = waiting.pop()
        inside = folders
        if element.tag.lower() == "outline":
            # Names of attributes are written in any case in the wild.
            attributes = {name.lower(): value for name, value in element.attrib.items()}
            name = clean_line(attributes.get("title") or attributes.get("text") or "")
            url = web_address(attributes.get("xmlurl", ""))
            if url:
                own = [clean_line(part.strip("/ ")) for part in attributes.get("category", "").split(",")]
                tags = tuple(dict.fromkeys((*folders, *(tag for tag in own if tag))))
                # A feed without a name is written with its address for one.
                yield Subscription(
                    url, "" if name == url else name, web_address(attributes.get("htmlurl", "")), tags
                )
            elif name:
                inside = (*folders, name)
        if len(inside) <= _MAX_DEPTH:
            waiting.extend((child, inside) for child in reversed(element))


def write_opml(feeds: Iterable[Subscription], title: str = "newsreader") -> bytes:
    """Return the feeds as an OPML 2.0 document in UTF-8; the first tag is the folder, all of them the category."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = title
    body = ElementTree.SubElement(root, "body")
    folders: dict[str, ElementTree.Element] = {}
    for feed in feeds:
        parent = body
        if feed.tags:
            name = feed.tags[0]
            if name not in folders:
                folders[name] = ElementTree.SubElement(body, "outline", text=name, title=name)
            parent = folders[name]
        attributes = {
            "type": "rss",
            "text": feed.title or feed.url,
            "title": feed.title or feed.url,
            "xmlUrl": feed.url,
        }
        if feed.site:
            attributes["htmlUrl"] = feed.site
        if len(feed.tags) > 1:
            attributes["category"] = ",".join(tag.replace(",", " ") for tag in feed.tags)
        ElementTree.SubElement(parent, "outline", attributes)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
