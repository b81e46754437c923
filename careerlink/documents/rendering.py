"""Documents as PDF: tagged for screen readers (PDF/UA-1), the same bytes for the same content.

What people wrote goes to the typesetter as JSON and is never part of its source, so that no
text is read as a command: https://typst.app/docs/reference/foundations/sys/
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import manimgx_fonts
import manimgx_fonts_cjk
import typst

from careerlink.documents import texts
from careerlink.documents.content import Document

_LAYOUT = (Path(__file__).parent / "layout.typ").read_bytes()
_PROBE = b'#set document(title: "probe")\n#sys.inputs.content'


def pdf(document: Document) -> bytes:
    content = _content_of(document, texts.cleaned)
    try:
        return _compiled(_LAYOUT, content, document)
    except typst.TypstError:
        # PDF/UA refuses a character without a glyph; its number says more than an empty box.
        missing = texts.without_glyph(json.dumps(content, ensure_ascii=False), _can_be_set)
        if not missing:
            raise
    return _compiled(
        _LAYOUT,
        _content_of(document, lambda text: texts.named(texts.cleaned(text), missing)),
        document,
    )


def _content_of(document: Document, clean: Callable[[str], str]) -> dict[str, Any]:
    blocks = [{"kind": type(block).__name__, **asdict(block)} for block in document.blocks]
    content = {**asdict(document), "blocks": blocks}
    del content["dated"]
    return {name: _prepared(value, clean) for name, value in content.items()}


def _prepared(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        prepared = {name: _prepared(each, clean) for name, each in value.items()}
        if isinstance(prepared.get("text"), str):
            prepared["from_right"] = texts.runs_from_right(prepared["text"])
        return prepared
    if isinstance(value, (list, tuple)):
        return [_prepared(each, clean) for each in value]
    return value


def _compiled(source: bytes, content: dict[str, Any], document: Document) -> bytes:
    moment = document.dated.timestamp()
    return _typeset(source, json.dumps(content, ensure_ascii=False), int(moment))


def _can_be_set(characters: str) -> bool:
    try:
        _typeset(_PROBE, characters, 0)
    except typst.TypstError:
        return False
    return True


def _typeset(source: bytes, content: str, moment: int) -> bytes:
    compiler = typst.Compiler(
        input=source,
        root=str(_fonts_of_ours()[0]),
        font_paths=_fonts(),
        ignore_system_fonts=True,
    )
    made = compiler.compile(
        format="pdf",
        sys_inputs={"content": content},
        pdf_standards=["ua-1"],
        timestamp=moment,
    )
    if not isinstance(made, bytes):
        raise TypeError("one document makes one file")
    return made


def _fonts_of_ours() -> list[Path]:
    """Those of the packages that are pinned, and none of the machine's."""
    modules = (manimgx_fonts, manimgx_fonts_cjk)
    return [Path(str(module.__file__)).parent for module in modules]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(path) for path in _fonts_of_ours()],
    )
