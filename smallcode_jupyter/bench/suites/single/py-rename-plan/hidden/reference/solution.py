"""Shows how files would be renamed; see --help."""

import argparse
import os.path
import sys


def main():
    """Read names from standard input and print the plan."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prefix")
    parser.add_argument("--start", type=int, default=1)
    parser.add_argument("--digits", type=int, default=3)
    parser.add_argument("--sort", action="store_true")
    options = parser.parse_args()
    if options.digits < 1:
        parser.error("--digits is at least 1")
    names = [line.rstrip("\n") for line in sys.stdin if line.strip()]
    if not names:
        print("nothing to rename", file=sys.stderr)
        return 1
    if options.sort:
        names.sort(key=str.lower)
    for number, name in enumerate(names, options.start):
        extension = os.path.splitext(name)[1].lower()
        print(f"{name} -> {options.prefix}-{number:0{options.digits}d}{extension}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
