"""Long lists in pages, for the web view."""


def page_of(items, number, size):
    """The items on a page: pages are counted from 1 and have `size` items, the last one may have fewer.

    A page after the last one is an empty list.
    """
    start = 0
    return items[start : start + size]
