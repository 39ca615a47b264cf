"""The pages of `docs/`, put into HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from pathlib import PurePosixPath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ...spec.gherkin import all_rules

# For contributors.
_NOT_HERE = {"architecture.md"}


@dataclass(frozen=True)
class Guide:
    """A page.

    Attributes:
        name: Its name, without an ending.
        title: Its first heading.
        html: Its content.
    """

    name: str
    title: str
    html: str


def all_guides() -> list[Guide]:
    """The pages, by title."""
    folder = resources.files("s3_reporter_conformance.docs")
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".md"))
    pages = [(name, (folder / name).read_text("utf-8")) for name in names if name not in _NOT_HERE]
    return [_guide(name.removesuffix(".md"), text) for name, text in pages]


def _guide(name: str, text: str) -> Guide:
    # Text within the pages is the project's own, but nothing in it is meant to be HTML.
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    for heading, content in _headings(tokens):
        heading.attrSet("id", _slug(content.content))
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("href", _target(str(child.attrGet("href"))))
    first, content = next(_headings(tokens))
    # The page itself has it as its heading.
    begin = tokens.index(first)
    shown = [*tokens[:begin], *tokens[begin + 3 :]]
    html = markdown.renderer.render(shown, markdown.options, {})
    return Guide(name, content.content, _linked(_scrolled(html)))


def _scrolled(html: str) -> str:
    """Let wide parts scroll by themselves, within reach of the keyboard."""
    html = html.replace("<pre>", '<pre tabindex="0">')
    html = html.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    return html.replace("</table>", "</table></div>")


def _headings(tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            yield token, following


def _slug(text: str) -> str:
    return re.sub(r"\W+", "-", text.lower()).strip("-")


def _target(href: str) -> str:
    """The target on the site of a link in the checkout, whose files the site does not have."""
    if re.match(r"\w+:|#", href):
        return href
    path, _, anchor = href.partition("#")
    name = PurePosixPath(path).name
    if name.endswith(".md") and "/" not in path and name not in _NOT_HERE:
        return f"{name.removesuffix('.md')}.html{f'#{anchor}' if anchor else ''}"
    if name.endswith(".schema.json"):
        return f"../schemas/{name}"
    return "../index.html"


def _linked(html: str) -> str:
    """Turn ids of rules into links to their pages."""
    ids = {rule.id for rule in all_rules()}

    def link(match: re.Match[str]) -> str:
        name = match[0]
        return f'<a href="../rules/{name}.html">{name}</a>' if name in ids else name

    # Not within tags, code and links.
    parts = re.split(r"(<pre.*?</pre>|<code.*?</code>|<a .*?</a>|<[^>]+>)", html, flags=re.DOTALL)
    return "".join(
        part if part.startswith("<") else re.sub(r"\b(?:[A-Z]{3}|EXT-[A-Z]+)-\d\d\b", link, part)
        for part in parts
    )
