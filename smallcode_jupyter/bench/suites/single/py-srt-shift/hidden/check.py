WORDS = [["Hello!"], ["Where were", "you?"], ["- Yes.", "- 7"], ["00:00:01,000"], ["It is 10:20, I think --> go"], ["<i>12</i>"]]


def clock(time):
    return f"{time // 3600000:02d}:{time // 60000 % 60:02d}:{time // 1000 % 60:02d},{time % 1000:03d}"


def write(cues, gap="\n"):
    blocks = [
        f"{number}\n{clock(start)} --> {clock(end)}\n" + "".join(f"{line}\n" for line in words)
        for number, (start, end, words) in enumerate(cues, 1)
    ]
    return gap.join(blocks)


def moved(cues, offset):
    return [(max(0, start + offset), end + offset, words) for start, end, words in cues if end + offset > 0]


def check(exam):
    py = exam.python()

    def same(cues, offset, gap="\n"):
        py.equal(
            "solution.shift(text, seconds)", write(moved(cues, offset)), text=write(cues, gap), seconds=offset / 1000
        )

    film = [(1500, 3000, ["Hello!"]), (4000, 5250, ["Where were", "you?"])]
    py.equal("solution.shift(text, -3.5)", "1\n00:00:00,500 --> 00:00:01,750\nWhere were\nyou?\n", text=write(film))
    for offset in (0, 1000, -1, 250, -1500, -2000, -3000, -2999, -5249, -5250, -9000, 3_600_000, 35_999_999, 395_995_000, 1, 57, 1001, -1001, 4035, -2001):
        same(film, offset)
    py.equal("solution.shift(text, 2)", write(moved(film, 2000)), text=write(film))
    py.equal("solution.shift(text, -10)", "", text=write(film))
    same(film, 1500, gap="\n\n\n")
    same([(59_999, 3_599_999, ["x"])], 1)
    same([(0, 10, ["00:00:01,000"]), (20, 30, ["a --> b", "2", "00:00:05,000 --> 00:00:06,000"])], 5000)
    same([(1000, 2000, ["one"]), (500, 900, ["two"]), (3000, 4000, ["three"])], -950)
    for _ in range(20):
        cues, at = [], 0
        for _ in range(exam.random.randrange(1, 8)):
            start = at + exam.random.randrange(0, 90_000)
            at = start + exam.random.randrange(200, 9_000)
            cues.append((start, at, exam.random.choice(WORDS)))
        same(cues, exam.random.randrange(-120_000, 120_000), gap=exam.random.choice(["\n", "\n\n"]))
