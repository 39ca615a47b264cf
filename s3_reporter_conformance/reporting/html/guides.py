"""The pages of `docs/`, put into HTML."""

import re
from importlib import resources
from typing import NamedTuple

from markdown_it import MarkdownIt

from ...spec.gherkin import all_rules

# For contributors.
_NOT_HERE = {"architecture.md"}
_RULE_OR_NOT = re.compile(
    r"(<pre.*?</pre>|<code.*?</code>|<a .*?</a>|<[^>]+>)|\b(?:[A-Z]{3}|EXT-[A-Z]+)-\d\d\b",
    re.DOTALL,
)


class Guide(NamedTuple):
    """A page: its name without an ending, its first heading, and its content."""

    name: str
    title: str
    html: str


def all_guides() -> list[Guide]:
    """The pages, by name."""
    folder = resources.files("s3_reporter_conformance.docs")
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".md"))
    return [_guide(each, (folder / each).read_text("utf-8")) for each in names if _is_here(each)]


def _guide(name: str, text: str) -> Guide:
    title, _, rest = text.partition("\n")
    # Text within the pages is the project's own, but nothing in it is meant to be HTML.
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(rest)
    for token in tokens:
        if token.type == "heading_open":
            heading = tokens[tokens.index(token) + 1].content
            token.attrSet("id", re.sub(r"\W+", "-", heading.lower()).strip("-"))
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("href", _target(str(child.attrGet("href"))))
    html = markdown.renderer.render(tokens, markdown.options, {})
    # Wide parts scroll by themselves, within reach of the keyboard.
    html = html.replace("<pre>", '<pre tabindex="0">').replace("</table>", "</table></div>")
    html = html.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    ids = {rule.id for rule in all_rules()}

    def link(found: re.Match[str]) -> str:
        rule = found[0]
        return f'<a href="../rules/{rule}.html">{rule}</a>' if rule in ids else rule

    return Guide(name.removesuffix(".md"), title.removeprefix("# "), _RULE_OR_NOT.sub(link, html))


def _target(href: str) -> str:
    """The target on the site of a link in the checkout, whose files the site does not have."""
    if re.match(r"\w+:|#", href):
        return href
    path, _, anchor = href.partition("#")
    if _is_here(path):
        return f"{path.removesuffix('.md')}.html{f'#{anchor}' if anchor else ''}"
    if path.endswith(".schema.json"):
        return f"../schemas/{path.rpartition('/')[2]}"
    return "../index.html"


def _is_here(name: str) -> bool:
    return name.endswith(".md") and "/" not in name and name not in _NOT_HERE
