def merged(ranges):
    """By the positions themselves."""
    found = []
    for position in sorted({position for start, stop in ranges for position in range(start, stop)}):
        if found and found[-1][1] == position:
            found[-1] = (found[-1][0], position + 1)
        else:
            found.append((position, position + 1))
    return found


def check(exam):
    py = exam.python()
    cases = [
        [], [(20, 30), (0, 10), (10, 12)], [(0, 9), (2, 5)], [(3, 4)], [(5, 6), (1, 2), (3, 4)], [(5, 6), (1, 2), (3, 4), (2, 3)],
        [(0, 5), (4, 8), (7, 9)], [(0, 20), (3, 5), (6, 25)], [(4, 8), (4, 6), (4, 9)], [(10, 12), (0, 2), (2, 10)], [(0, 1), (0, 1)],
        [(1, 4), (5, 7)], [(0, 30), (1, 2), (5, 6), (40, 41)],
    ]
    for _ in range(25):
        starts = [exam.random.randrange(0, 60) for _ in range(exam.random.randrange(1, 10))]
        cases.append([(start, start + exam.random.randrange(1, 9)) for start in starts])
    for ranges in cases:
        py.equal("solution.merge_ranges(ranges)", merged(ranges), ranges=ranges)
