"""What holds for all tests."""

import os
import sys

# Hundreds of tests start the program in processes of their own. Where Python may not keep what it has compiled, each of
# these compiles all of the program, and each worker all of the tests.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
