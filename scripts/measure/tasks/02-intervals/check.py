from intervals import covered, merge

assert merge([]) == []
assert merge([(5, 8), (1, 3), (2, 4)]) == [(1, 4), (5, 8)]
assert merge([(1, 2), (2, 3), (7, 7)]) == [(1, 3)]
assert merge([(1, 10), (2, 3)]) == [(1, 10)]
assert merge([(4, 4)]) == []
data = [(3, 4), (1, 2)]
merge(data)
assert data == [(3, 4), (1, 2)]
assert covered([(0, 3), (2, 5)]) == 5
assert covered([]) == 0
assert covered([(0, 1), (0, 1), (9, 12)]) == 4
