"""An iteration worked out on paper: Markdown, HTML and LaTeX."""
