"""Write the README's benchmark table from the committed results: `python scripts/results_table.py`."""

from __future__ import annotations

from pathlib import Path

from smallcode_jupyter.bench.readme import make_block, read_known, read_results, replace_block, results_folder

README = Path(__file__).parent.parent / "README.md"


def main() -> None:
    """Replace the block; nothing else in the file changes."""
    folder = results_folder()
    rows = read_results(folder)
    text = README.read_text(encoding="utf-8")
    README.write_text(replace_block(text, make_block(rows, read_known(folder))), encoding="utf-8")
    print(f"{README.name}: {len(rows)} rows of {len(list(folder.glob('*.jsonl')))} files")


if __name__ == "__main__":
    main()
