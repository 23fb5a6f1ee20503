"""Show what the parser makes of each reply in `tests/data/replies/`; with `--update`, write it down as expected.

Read every changed file before committing it: what is written down is what the tests hold the parser to.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "agent" / "parsing"))

import parsing_corpus  # noqa: E402  # the tests' own module


def main() -> int:
    """1 where a reply is not parsed as written down."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--update", action="store_true", help="write down what comes out now")
    is_update = options.parse_args().update
    differing = 0
    for case in parsing_corpus.read_corpus():
        parsed = parsing_corpus.parse(case)
        if parsed == case.parsed:
            continue
        differing += 1
        if is_update:
            parsing_corpus.write_case(case, parsed)
        print(f"{'updated' if is_update else 'differs'}: {case.path.name}")
    print(f"{differing} of {len(parsing_corpus.read_corpus())} replies differ")
    return 1 if differing and not is_update else 0


if __name__ == "__main__":
    sys.exit(main())
