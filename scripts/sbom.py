"""What is installed for this program: `python scripts/sbom.py [FILE]` writes CycloneDX JSON and prints the licences."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

_ROOT = "smallcode-jupyter"


def distributions() -> dict[str, Distribution]:
    """The program and all that it needs, with every extra, as far as it is installed; by normalised name."""
    found: dict[str, Distribution] = {}
    waiting = [_ROOT]
    while waiting:
        name = _normal(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # of an extra, or another system
        for line in found[name].requires or ():
            if name == _ROOT or "extra ==" not in line:
                waiting.append(re.split(r"[\s;\[<>=!~(]", line, maxsplit=1)[0])
    return dict(sorted(found.items()))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(found: Distribution) -> str:
    """As the package itself says; `unknown` where it does not."""
    fields = found.metadata
    said = fields.get("License-Expression") or ""
    classed = [
        line.rsplit(" :: ", 1)[-1] for line in fields.get_all("Classifier") or () if "License ::" in line
    ]
    short = (fields.get("License") or "").strip()
    return said or " or ".join(classed) or (short if 0 < len(short) < 60 else "unknown")


def components() -> Iterator[dict[str, object]]:
    """A CycloneDX component for each."""
    for name, found in distributions().items():
        yield {
            "type": "library",
            "name": name,
            "version": found.version,
            "purl": f"pkg:pypi/{name}@{found.version}",
            "licenses": [{"license": {"name": licence(found)}}],
        }


def main(arguments: list[str]) -> int:
    """Write the file, print a line for each licence."""
    place = Path(arguments[0] if arguments else "out/sbom.json")
    place.parent.mkdir(parents=True, exist_ok=True)
    listed = list(components())
    bill = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": listed}
    place.write_text(json.dumps(bill, indent=1), encoding="utf-8")
    counts = Counter(licence(found) for found in distributions().values())
    for name, count in counts.most_common():
        print(f"{count:4} {name}")
    print(f"{place}: {len(listed)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
