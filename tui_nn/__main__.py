"""``python -m tui_nn`` is ``tui-nn``."""

import sys

from tui_nn.cli import main

sys.exit(main())
