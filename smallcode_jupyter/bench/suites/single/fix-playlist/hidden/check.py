from smallcode_jupyter.bench.grading.encoding import UNDEFINED


class Model:
    """Knows what is playing by its name, not by its place."""

    def __init__(self, tracks):
        self.tracks, self.playing = list(tracks), tracks[0] if tracks else UNDEFINED

    def next(self):
        if self.tracks:
            self.playing = self.tracks[(self.tracks.index(self.playing) + 1) % len(self.tracks)]
        return self.playing

    def remove(self, track):
        if track not in self.tracks:
            return False
        at = self.tracks.index(track)
        self.tracks.remove(track)
        if track == self.playing:
            self.playing = self.tracks[at] if at < len(self.tracks) else UNDEFINED
        return True

    def step(self, name, *args):
        result = getattr(self, name)(*args)
        return [result, self.playing, list(self.tracks)]


def check(exam):
    js = exam.javascript()
    js.run("""space.play = (tracks, steps) => {
      const p = new solution.Playlist(tracks);
      return steps.map(([name, ...args]) => {
        const result = p[name](...args);
        return [result, p.current, [...p.tracks]];
      });
    }""")
    go = ["next"]

    def out(track):
        return ["remove", track]

    cases = [
        ("abc", [go, out("a"), go, go]),
        ("abc", [go, go, out("a"), go, go]),
        ("abc", [go, go, out("a"), out("b"), go]),
        ("abc", [out("c"), go, go]),
        ("abcd", [go, out("c"), out("d"), go]),
        ("abcd", [go, out("b"), go, out("x"), go]),
        ("abcd", [go, go, go, out("a"), out("b"), go, go]),
        ("abcd", [out("a"), go, out("b")]),
        ("a", [go, out("b"), go]),
    ]
    for _ in range(30):
        tracks = exam.random.sample("abcdefgh", exam.random.randint(2, 7))
        model = Model(tracks)
        steps = []
        for _ in range(exam.random.randint(5, 20)):
            step = exam.random.choice([go, go, out(exam.random.choice("abcdefgh"))])
            if step[0] == "remove" and step[1] == model.tracks[-1] == model.playing:
                step = go
            model.step(*step)
            steps.append(step)
        cases.append(("".join(tracks), steps))
    for tracks, steps in cases:
        model = Model(list(tracks))
        js.equal("play(tracks, steps)", [model.step(*step) for step in steps], tracks=list(tracks), steps=steps)
    js.equal("(() => { const p = new solution.Playlist(); return [p.current, p.tracks]; })()", [UNDEFINED, []])
    js.equal("(() => { const list = ['a', 'b']; const p = new solution.Playlist(list); p.remove('a'); return [list, p.tracks]; })()",
             [["a", "b"], ["b"]])
