import copy

from settings import deep_merge, load

base = {"a": {"x": 1, "y": {"z": [1, 2]}}, "b": 2, "c": {"k": 1}}
extra = {"a": {"y": {"z": [3], "w": None}}, "b": {"n": 1}, "c": 5, "d": {"e": {"f": 1}}}
before = copy.deepcopy((base, extra))
merged = deep_merge(base, extra)
expected = {"a": {"x": 1, "y": {"z": [3]}}, "b": {"n": 1}, "c": 5, "d": {"e": {"f": 1}}}
assert merged == expected, merged
assert (base, extra) == before
assert deep_merge({}, {}) == {}
assert deep_merge({"a": 1, "b": 2}, {"a": None}) == {"b": 2}
merged["a"]["x"] = 99
assert base["a"]["x"] == 1
assert callable(load)
