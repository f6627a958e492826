"""Named styles: what GB/T 9704-2012 says of each element, so that a person who edits in Word goes on in it."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.xmlchemy import BaseOxmlElement

from drafting.documents import roles
from drafting.documents.measure import BODY_SIZE, CELL, PAGE_NUMBER_SIZE, TITLE_SIZE, TRACKING, twips
from drafting.documents.roles import Role
from drafting.documents.wordml import fonts, w
from drafting.profile import Layout

FOOTER = "Footer"
_ALIASES = ("一级标题", "二级标题", "三级标题", "四级标题")
_COMMENT_SIZE = 10.5
_RED = "FF0000"
_RULE_WIDTH = 8  # eighths of a point: 0.35 mm
_RULE_DISTANCE = 8  # points below the line box, which makes 4 mm below the characters


def styles(layout: Layout) -> BaseOxmlElement:
    """The whole styles part."""
    return w(
        "styles",
        _defaults(layout),
        _latent(),
        *_paragraph_styles(layout),
        *_heading_styles(layout),
        *_other_styles(layout),
    )


def line_pitch(layout: Layout) -> int:
    """The exact height of a line in twips."""
    return twips(layout.line_pitch)


def _defaults(layout: Layout) -> BaseOxmlElement:
    characters = w(
        "rPr", fonts(layout.body_font), w("color", val="000000"), w("spacing", val=TRACKING), w("kern", val=0),
        *_size(BODY_SIZE), w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    )  # fmt: skip
    return w("docDefaults", w("rPrDefault", characters), w("pPrDefault", w("pPr")))


def _latent() -> BaseOxmlElement:
    """Word's other built-in styles stay out of the gallery."""
    return w(
        "latentStyles",
        defLockedState=0,
        defUIPriority=99,
        defSemiHidden=1,
        defUnhideWhenUsed=1,
        defQFormat=0,
        count=376,
    )


def _paragraph_styles(layout: Layout) -> Iterator[BaseOxmlElement]:
    pitch = line_pitch(layout)
    body = [
        w("widowControl", val=0),  # 22 lines a page, each page
        w("autoSpaceDE", val=0),
        w("autoSpaceDN", val=0),
        w("spacing", before=0, after=0, line=pitch, lineRule="exact"),
        w("ind", firstLine=2 * CELL),
        w("jc", val="both"),
    ]
    yield _style(roles.BODY, body, default=True)
    # Off the grid: a reader that snaps lines to it gives 22 pt two cells of height.
    title = [w("keepNext"), w("snapToGrid", val=0), w("spacing", after=pitch), _no_indent(), w("jc", val="center")]
    title_face = [fonts(layout.title_font), w("spacing", val=0), *_size(TITLE_SIZE)]
    yield _style(roles.TITLE, title, title_face, following=roles.RECIPIENT)
    yield _style(roles.RECIPIENT, [w("keepNext"), _no_indent(), w("jc", val="left")], following=roles.LEAD)
    yield _style(roles.LEAD)
    yield _style(roles.POINT)
    yield _style(roles.OUTLOOK)
    yield _style(roles.ATTACHMENT, [w("jc", val="left")])
    yield _style(roles.SIGNATURE, [w("keepNext"), *_placed()], following=roles.DATE)
    yield _style(roles.DATE, _placed())
    yield from _red_header_styles(layout)


def _red_header_styles(layout: Layout) -> Iterator[BaseOxmlElement]:
    mark = [w("snapToGrid", val=0), _no_indent(), w("jc", val="center")]
    face = [fonts(layout.title_font), w("color", val=_RED), w("spacing", val=0)]
    yield _style(roles.ORGAN_MARK, mark, face, following=roles.DOCUMENT_NUMBER)
    rule = w("pBdr", w("bottom", val="single", sz=_RULE_WIDTH, space=_RULE_DISTANCE, color=_RED))
    yield _style(roles.DOCUMENT_NUMBER, [rule, w("snapToGrid", val=0), _no_indent(), w("jc", val="left")])


def _heading_styles(layout: Layout) -> Iterator[BaseOxmlElement]:
    faces = (layout.heading_font, layout.subheading_font, layout.body_font, layout.body_font)
    for level, (role, alias, face) in enumerate(zip(roles.HEADINGS, _ALIASES, faces, strict=True)):
        outline = [w("keepNext"), w("outlineLvl", val=level)]
        yield _style(
            role, outline, [fonts(face)], following=roles.POINT, alias=alias, linked=roles.run_in_style(level + 1)
        )
        yield w(
            "style", w("name", val=f"{role.name} Char"), w("link", val=role.id), w("rPr", fonts(face)),
            type="character", customStyle=1, styleId=roles.run_in_style(level + 1),
        )  # fmt: skip


def _other_styles(layout: Layout) -> Iterator[BaseOxmlElement]:
    # Exact height, so that the number's place under the text area does not depend on the font.
    height = w("spacing", line=twips(PAGE_NUMBER_SIZE), lineRule="exact")
    number = [fonts(layout.number_font), w("spacing", val=0), *_size(PAGE_NUMBER_SIZE)]
    yield _style(Role(FOOTER, "footer"), [w("snapToGrid", val=0), height, _no_indent()], number)
    note = [w("snapToGrid", val=0), w("spacing", line=240, lineRule="auto"), _no_indent(), w("jc", val="left")]
    yield _style(Role("CommentText", "annotation text"), note, [w("spacing", val=0), *_size(_COMMENT_SIZE)])
    yield w(
        "style", w("name", val="annotation reference"), w("rPr", *_size(_COMMENT_SIZE)),
        type="character", styleId="CommentReference",
    )  # fmt: skip


def _style(
    role: Role,
    paragraph: list[BaseOxmlElement] | None = None,
    characters: list[BaseOxmlElement] | None = None,
    *,
    following: Role | None = None,
    alias: str = "",
    linked: str = "",
    default: bool = False,
) -> BaseOxmlElement:
    """A paragraph style, in the gallery and on Normal unless it is Normal itself; children in the schema's order."""
    children = [w("name", val=role.name)]
    if alias:
        children.append(w("aliases", val=alias))
    if not default:
        children.append(w("basedOn", val=roles.BODY.id))
    if following:
        children.append(w("next", val=following.id))
    if linked:
        children.append(w("link", val=linked))
    children += [w("uiPriority", val=1), w("qFormat")]
    if paragraph:
        children.append(w("pPr", *paragraph))
    if characters:
        children.append(w("rPr", *characters))
    own: dict[str, str | int] = {"default": 1} if default else {}
    known = role.name.isascii()
    return w("style", *children, type="paragraph", **({} if known else {"customStyle": 1}), **own, styleId=role.id)


def _size(points: float) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    half_points = round(points * 2)
    return w("sz", val=half_points), w("szCs", val=half_points)


def _placed() -> list[BaseOxmlElement]:
    """Of signature and date: digits are narrower than a character, and here the places of the first characters count."""
    return [w("keepLines"), w("snapToGrid", val=0), _no_indent(), w("jc", val="left")]


def _no_indent() -> BaseOxmlElement:
    return w("ind", firstLine=0)
