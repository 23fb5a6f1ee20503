"""What was spent on what, from the bank's export."""

import csv
import io


def totals(text):
    """(category, total) of every category, largest total first."""
    sums = {}
    for row in csv.DictReader(io.StringIO(text)):
        amount = row["amount"].strip()
        if not amount:
            continue
        category = row["category"].strip() or "other"
        sums[category] = sums.get(category, 0.0) + float(amount)
    rounded = [(category, round(total, 2)) for category, total in sums.items()]
    return sorted(rounded, key=lambda pair: (-pair[1], pair[0]))
