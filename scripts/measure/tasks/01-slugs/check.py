from slugs import slugify, unique_slug

assert slugify("Hello, World!") == "hello-world"
assert slugify("  --A  b__C--  ") == "a-b-c"
assert slugify("") == ""
assert slugify("x") == "x"
assert unique_slug("Hello", {"hello"}) == "hello-2"
assert unique_slug("Hello", {"hello", "hello-2", "hello-3"}) == "hello-4"
assert unique_slug("Hello", set()) == "hello"
taken = {"a"}
unique_slug("A", taken)
assert taken == {"a"}
