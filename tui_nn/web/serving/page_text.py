"""The sentences of the page, in the language that the server was started with; index.html names them in braces."""

from html import escape

from tui_nn.language import _, language_code


def page_text(page: str) -> str:
    """The HTML of the page, ``page``, with its sentences. The script finds those that it says in the body's data."""
    said = {
        "language": language_code(),
        "title": _("Backpropagation, number by number – tui-nn"),
        "upload": _("Upload a file …"),
        "link": _("Link to this lesson"),
        "about_link": _(
            "With this link you find this lesson again, from any browser. Whoever has it can change the lesson: keep "
            "it to yourself."
        ),
        "the_link": _("The link to this lesson"),
        "copy": _("Copy"),
        "copied": _("Copied"),
        "opening": _("The lesson is opening …"),
        "again": _("Open it again"),
        "no_script": _("The lesson needs JavaScript, which this browser does not run."),
        "gone": _("The connection is gone. This page goes on as soon as it can …"),
        "gone_but_recorded": _(
            "The connection is gone. Your lesson is recorded. This page goes on as soon as it can …"
        ),
        "coming": _("{file} is on its way …"),
        "too_large": _("{file} is too large: {megabytes} MB is the most."),
        "not_sent": _("{file} can't be uploaded: the connection is gone."),
    }
    return page.format_map({name: escape(text) for name, text in said.items()})
