from invoice import format_total, net_total, summary

assert format_total([1.5, 2]) == "3.50 EUR"
assert format_total([1.5, 2], currency="USD", decimals=0) == "4 USD"
assert format_total([10], 0.5) == "5.00 EUR"
assert format_total([10], 0.5, decimals=3) == "5.000 EUR"
assert format_total([10], currency="CHF") == "10.00 CHF"
assert summary([[1], [2, 3]]) == "1. 1.00 EUR\n2. 5.00 EUR"
try:
    net_total([1], 2)
except ValueError:
    pass
else:
    raise AssertionError("no ValueError")
