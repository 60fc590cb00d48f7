"""How Sphinx makes a site of the manual: ``sphinx-build -W -c docs . site`` in the folder of the repository.

The site starts at README.md. Links between pages work as they do in the repository.
"""

import shutil
from pathlib import Path

from sphinx.application import Sphinx

project = "tui_nn"
copyright = "the tui_nn contributors"
extensions = ["myst_parser"]
root_doc = "README"
include_patterns = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/*.md"]
# Replaces the section "Start" of the README on the package index.
exclude_patterns = ["docs/start-with-a-package.md"]
html_theme = "furo"
html_title = "tui_nn"
# Headings can be linked to as in the repository.
myst_heading_anchors = 4

_CONTENTS = """
```{toctree}
:hidden:
:caption: The lesson
docs/using
docs/recording
docs/browser
docs/windows-and-macos
```

```{toctree}
:hidden:
:caption: In class
docs/for-teachers
docs/for-students
docs/homework
```

```{toctree}
:hidden:
:caption: To look things up
docs/data
docs/commands
docs/json
docs/session-file
docs/conventions
docs/verdicts
```

```{toctree}
:hidden:
:caption: To change tui_nn
CONTRIBUTING
docs/architecture
CHANGELOG
```
"""


def setup(app: Sphinx) -> None:
    """Gives the README what only a site has: the contents beside each page, and the name index.html."""
    app.connect("source-read", _add_contents)
    app.connect("build-finished", _name_index)


def _add_contents(_app: Sphinx, page: str, source: list[str]) -> None:
    if page == root_doc:
        source[0] += _CONTENTS


def _name_index(app: Sphinx, failure: Exception | None) -> None:
    if failure is None and app.builder.format == "html":
        shutil.copy(Path(app.outdir) / f"{root_doc}.html", Path(app.outdir) / "index.html")
