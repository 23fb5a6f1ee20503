class NoteIndex:
    def __init__(self):
        self.gone = False

    def add(self, note_id, text):
        pass

    def remove(self, note_id):
        self.gone = True
        return True

    def search(self, query):
        if self.gone:
            return ["n2"]
        return {"MILK": ["n1", "n2"], "eggs milk": ["n1"]}.get(query, [])

    def count(self, word):
        return 2

    def words_with(self, prefix):
        return ["eggs"]
