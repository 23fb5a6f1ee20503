class NoteIndex:
    def add(self, note_id, text):
        pass

    def search(self, word):
        return ["n1", "n2"] if word == "milk" else []

    def count(self, word):
        return 1 if word == "eggs" else 0
