from smallcode_jupyter.bench.grading.encoding import UNDEFINED


class Model:
    """Knows what is playing by its name, not by its place."""

    def __init__(self, tracks):
        self.tracks, self.playing, self.repeat = list(tracks), tracks[0] if tracks else UNDEFINED, False

    def go(self, step):
        if self.tracks:
            at = self.tracks.index(self.playing) + step
            if self.repeat:
                at %= len(self.tracks)
            self.playing = self.tracks[max(0, min(at, len(self.tracks) - 1))]
        return self.playing

    def remove(self, track):
        if track not in self.tracks:
            return False
        at = self.tracks.index(track)
        self.tracks.remove(track)
        if track == self.playing:
            self.playing = (self.tracks[at:] or self.tracks[-1:] or [UNDEFINED])[0]
        return True

    def add(self, track):
        if track in self.tracks:
            return False
        self.tracks.append(track)
        if len(self.tracks) == 1:
            self.playing = track
        return True

    def up(self, track):
        if track not in self.tracks[1:]:
            return False
        at = self.tracks.index(track)
        self.tracks[at - 1 : at + 1] = [track, self.tracks[at - 1]]
        return True

    def step(self, name, *args):
        if name == "repeat":
            self.repeat = args[0]
            result = UNDEFINED
        else:
            result = {"next": lambda: self.go(1), "previous": lambda: self.go(-1), "remove": self.remove, "add": self.add, "moveUp": self.up}[name](*args)
        upcoming = self.tracks[self.tracks.index(self.playing) + 1 :] if self.tracks else []
        return [result, self.playing, list(self.tracks), upcoming]


def check(exam):
    js = exam.javascript()
    js.run("""space.play = (tracks, steps) => {
      const p = new solution.Playlist(tracks);
      return steps.map(([name, ...args]) => {
        let result;
        if (name === "repeat") p.repeat = args[0];
        else result = p[name](...args);
        return [result, p.current, p.tracks, p.upcoming];
      });
    }""")
    go, back, on, off = ["next"], ["previous"], ["repeat", True], ["repeat", False]

    def out(track):
        return ["remove", track]

    cases = [
        ("abc", [go, out("a"), go, back, back]),
        ("abc", [on, back, back, back, back]),
        ("abc", [go, go, out("a"), out("b"), out("c")]),
        ("abc", [out("a"), out("b"), out("c"), out("c")]),
        ("abc", [go, go, out("c"), back]),
        ("abcd", [go, out("c"), out("d"), go, back]),
        ("abcd", [go, out("b"), go, out("x"), back]),
        ("abcd", [go, go, go, out("a"), out("b"), go, on, go, off, back]),
        ("", [go, back, on, go, back, ["add", "z"], back, go]),
        ("", [on, back, ["add", "x"], ["add", "y"], go, go, back]),
        ("a", [on, back, go, off, back, go, out("a"), ["add", "b"]]),
        ("abc", [go, ["moveUp", "c"], ["moveUp", "c"], ["moveUp", "c"], ["moveUp", "q"], out("c"), back, go]),
    ]
    for _ in range(30):
        steps = []
        for _ in range(exam.random.randint(5, 25)):
            name = exam.random.choice(["next", "next", "previous", "previous", "remove", "remove", "add", "add", "moveUp", "repeat"])
            args = [exam.random.choice("abcdefgh")] if name in ("remove", "add", "moveUp") else [exam.random.random() < 0.6] if name == "repeat" else []
            steps.append([name, *args])
        cases.append(("".join(exam.random.sample("abcdefgh", exam.random.randint(0, 6))), steps))
    for tracks, steps in cases:
        model = Model(list(tracks))
        js.equal("play(tracks, steps)", [model.step(*step) for step in steps], tracks=list(tracks), steps=steps)
    js.equal("(() => { const p = new solution.Playlist(); return [p.current, p.tracks, p.upcoming, p.repeat]; })()", [UNDEFINED, [], [], False])
    js.equal("(() => { const list = ['a', 'b']; const p = new solution.Playlist(list); p.remove('a'); p.tracks.push('c'); return [list, p.tracks]; })()",
             [["a", "b"], ["b"]])
