"""The door's pages, log-in, log-out and new password, whole. No script at all. Links are relative: the pages may stand under a sub-path."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from ui.web import passwords, words
from ui.web.languages import TAGS, Language
from ui.web.words import Text


def log_in(
    language: Language, *, name: str = "", problem: str = "", back: str = "", sign_on: str = "", at: str = "/login"
) -> str:
    """`at` is the path under which the page is shown, on which the links' way up depends. `back` is the page that the log-in leads to, where
    one was asked for; `sign_on` what the way to the provider is called, where there is one: a link, for a form whose answer leads to another
    host would need that host in the policy."""
    return _page(
        language,
        words.LOG_IN,
        "login",
        _field("name", words.USER(language), "text", "username", value=name, first=not name)
        + _field("password", words.PASSWORD(language), "password", "current-password", first=bool(name))
        + (f'<input type="hidden" name="next" value="{escape(back)}">\n' if back else ""),
        problem,
        hint=words.NO_PASSWORD(language),
        before=_other_way(language, sign_on, back) if sign_on else "",
        head=f'<base href="{"../" * (at.count("/") - 1)}">\n' if at.count("/") > 1 else "",
    )


def logged_out(language: Language, there: str) -> str:
    """Logged out here, and on the way to log out at the provider."""
    link = escape(there)
    return _whole(
        language,
        words.LOGGED_OUT,
        f'<p><a class="button" href="{link}">{words.GO_ON(language)}</a></p>\n',
        head=f'<meta http-equiv="refresh" content="0; url={link}">\n',
    )


def elsewhere(language: Language, source: Text) -> str:
    """No password to change: the account is another's."""
    told = escape(words.ELSEWHERE(language, source=source(language)))
    return _whole(
        language, words.CHANGE_PASSWORD, f'<p>{told}</p>\n<footer><a href="./">{words.BACK(language)}</a></footer>\n'
    )


def _other_way(language: Language, sign_on: str, back: str) -> str:
    there = f"login/oidc?next={quote(back, safe='')}" if back else "login/oidc"
    return f'<p><a class="button" href="{there}">{escape(sign_on)}</a></p>\n<p>{words.OR_PASSWORD(language)}</p>\n'


def new_password(language: Language, *, must: bool, problem: str = "") -> str:
    """`must` where the account came in with a one-time password, and can do nothing else."""
    wanted = words.NEW_PASSWORD(language, count=passwords.SHORTEST)
    back = "" if must else f'<a href="./">{words.BACK(language)}</a>'
    return _page(
        language,
        words.CHANGE_PASSWORD,
        "password",
        _field("old", words.OLD_PASSWORD(language), "password", "current-password", first=True)
        + _field("new", wanted, "password", "new-password")
        + _field("again", words.REPEATED(language), "password", "new-password"),
        problem or (words.MUST_CHANGE(language) if must else ""),
        more=f'<form method="post" action="logout"><button class="plain">{words.LOG_OUT(language)}</button></form>{back}',
    )


def _page(
    language: Language,
    title: Text,
    action: str,
    fields: str,
    problem: str,
    *,
    hint: str = "",
    more: str = "",
    before: str = "",
    head: str = "",
) -> str:
    other: Language = "en" if language == "zh" else "zh"
    submit = words.CHANGE(language) if action == "password" else words.LOG_IN(language)
    told = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    return _whole(
        language,
        title,
        f"""{told}
{before}<form method="post" action="{action}">
{fields}<button>{submit}</button>
</form>
<footer>{escape(hint)}{more}<a href="language?to={other}" lang="{TAGS[other]}">{words.OTHER_LANGUAGE(language)}</a></footer>
""",
        head=head,
    )


def _whole(language: Language, title: Text, body: str, *, head: str = "") -> str:
    return f"""<!doctype html>
<html lang="{TAGS[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title(language)} · {words.NAME(language)}</title>
<link rel="icon" href="data:,">
{head}<link rel="stylesheet" href="static/door.css">
</head>
<body>
<main>
<h1>{words.NAME(language)}</h1>
<h2>{title(language)}</h2>
{body}</main>
</body>
</html>
"""


def _field(name: str, label: str, kind: str, complete: str, *, value: str = "", first: bool = False) -> str:
    focus = " autofocus" if first else ""
    return (
        f'<label>{escape(label)}<input name="{name}" type="{kind}" autocomplete="{complete}" value="{escape(value)}"'
        f' maxlength="{passwords.LONGEST}" required{focus}></label>\n'
    )
