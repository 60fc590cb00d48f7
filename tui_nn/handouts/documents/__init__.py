"""Worked iterations on paper: Markdown, HTML and LaTeX."""
