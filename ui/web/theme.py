"""The look of Gradio's own parts: paper and ink, one accent, fonts of this machine only, dense."""

from __future__ import annotations

from gradio.themes import Base
from gradio.themes.utils import sizes
from gradio.themes.utils.colors import Color

_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "system-ui", "sans-serif")
_MONO = ("Noto Sans Mono CJK SC", "Consolas", "monospace")
_INK = Color(
    "#f7f6f2",
    "#efede7",
    "#dedbd2",
    "#c6c2b6",
    "#a19c8f",
    "#6a665d",
    "#5b5851",
    "#45433e",
    "#2f2e2a",
    "#1f1e1b",
    "#141311",
    "ink",
)
_ACCENT = Color(
    "#eef3f8",
    "#dbe6f1",
    "#b9cee3",
    "#8fb0d0",
    "#5d89b5",
    "#37699a",
    "#28527d",
    "#1f4064",
    "#1a3350",
    "#162a42",
    "#0e1b2b",
    "accent",
)


def desk() -> Base:
    """Light, whatever the system prefers: the paper is white."""
    theme = Base(
        primary_hue=_ACCENT,
        secondary_hue=_ACCENT,
        neutral_hue=_INK,
        font=list(_SANS),
        font_mono=list(_MONO),
        text_size=sizes.text_sm,
        spacing_size=sizes.spacing_sm,
        radius_size=sizes.radius_sm,
    )
    light = {
        "body_background_fill": "#f7f6f2",
        "block_background_fill": "transparent",
        "block_border_width": "0px",
        "block_shadow": "none",
        "border_color_primary": "*neutral_300",
        "background_fill_secondary": "transparent",
        "input_background_fill": "#ffffff",
        "input_border_color": "*neutral_300",
        "button_primary_background_fill": "*primary_700",
        "button_primary_background_fill_hover": "*primary_800",
        "button_primary_text_color": "#ffffff",
    }
    dark = {f"{name}_dark": value for name, value in light.items() if name.endswith(("fill", "color"))}
    return theme.set(**light, **dark)
