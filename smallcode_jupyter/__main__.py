"""`python -m smallcode_jupyter`: the command line."""

import sys

from smallcode_jupyter.frontends.cli import main

sys.exit(main())
