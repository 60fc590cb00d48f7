"""The language of a page, as HTML names it."""

from tui_nn.language import pgettext

ENGLISH = "en"
# For translators: the tag of this catalog's language, such as de.
LANGUAGE = pgettext("lang of an HTML page", "en")
"""The value of ``lang`` for a page in the user's language."""
