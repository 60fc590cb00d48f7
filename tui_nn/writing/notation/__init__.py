"""How names, signs and numbers are written."""
