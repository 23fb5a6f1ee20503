"""What was spent on what, from the bank's export."""

import csv
import io


def totals(text: str) -> dict[str, float]:
    """The sum of the amounts of every category."""
    sums: dict[str, float] = {}
    for row in csv.DictReader(io.StringIO(text)):
        if row["amount"]:
            sums[row["category"]] = sums.get(row["category"], 0.0) + float(row["amount"])
    return sums
