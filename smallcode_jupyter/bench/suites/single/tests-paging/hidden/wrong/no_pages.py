"""Long lists in pages, for the web view."""


def page_of(items, number=1, size=10):
    """One page of a list, as a dict.

    - "items": what is on the page, at most `size` things, in order.
    - "number": the page's number; pages are counted from 1. A number below 1 means the first page,
      one that is too high means the last page.
    - "pages": how many pages there are, at least 1 (an empty list has one empty page).
    - "previous" and "next": the numbers of the pages before and after, None where there is none.

    A size below 1 raises ValueError.
    """
    if size < 1:
        raise ValueError("a page has room for something")
    pages = (len(items) + size - 1) // size or 0
    number = min(max(number, 1), pages)
    start = (number - 1) * size
    return {
        "items": items[start : start + size],
        "number": number,
        "pages": pages,
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if number < pages else None,
    }
