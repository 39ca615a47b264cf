"""A reporter whose words are meant to harm whoever shows them: browser, terminal, GitHub's log."""

import logging
import sys
from typing import Any

from s3_reporter_conformance.reference import S3Reporter

HOST = "evil.example"
WORDS = (
    "<script>alert(1)</script>",
    "</script></pre></title><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    f"<a href='javascript:alert(1)'>here</a> https://{HOST}/bare",
    f"[a link](https://{HOST}) ![a picture](https://{HOST}/picture.png) @everybody",
    "a | b | c `d` ~~e~~ # f",
    "{{ 7 * 7 }} {% raw %} ${{ secrets.TOKEN }}",
    "]]> <![CDATA[ <!-- --> &amp; &#x1b;",
    "\x1b[35;7mcolored\x1b[2J\x1b]0;a title\x07",
    "\x1b]8;;https://evil.example\x1b\\a link\x1b]8;;\x1b\\",
    "\x9b35m\x90q\x9c\x08\x08\x08\x7f\x0e",
    "nothing\0here",
    "\u202egnp.exe\u2066\u200f\u061c",
    "\ud800 alone \udfff",
    "\ufffe\uffff",
    "::error::owned",
    "the end of a line\n::error::owned\r\n   ::set-output name=a::owned\r::add-mask::owned",
    "\u2028::error::owned\u2029::error::owned\x85::error::owned",
    "##[error]owned ##vso[task.complete result=Succeeded]owned ##teamcity[owned]",
    "word " * 12 + "::warning::owned",
)
SENTENCE = "\n".join(WORDS)
LONG = "x" * 10_000_000


class Hostile(S3Reporter):
    """Uploads, writes, logs, prints, and returns such words, and lines of 10 MB."""

    def report(self, results: Any) -> str:
        del results
        bucket = self.configuration.bucket
        self._client.put_object(
            Bucket=bucket,
            Key="".join(WORDS[:8]).encode("utf-8", "replace").decode()[:300],
            Body=f"{SENTENCE}{LONG}".encode("utf-8", "replace"),
            ContentType=f"text/{WORDS[1]}",
        )
        (self.output_dir / "<img src=x onerror=alert(1)>\x1b[35m\n::error::owned").write_text("x")
        for text in (SENTENCE, LONG):
            logging.getLogger(WORDS[0]).error(text)
            sys.stderr.buffer.write(text.encode("utf-8", "surrogatepass"))
        return f"s3://{bucket}/{SENTENCE}{LONG}"


def __getattr__(name: str) -> Any:
    """Raise such words when `raised` is looked up, which is when the suite loads it."""
    if name == "raised":
        raise RuntimeError(SENTENCE + LONG)
    raise AttributeError(name)
