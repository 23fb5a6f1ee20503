"""Facts about the articles of our newsletter."""

import warnings


def reading_minutes(text):
    """Minutes it takes to read a text, at least one."""
    return max(1, round(len(text.split()) / 200))


def calc(text):
    """The former name of reading_minutes."""
    warnings.warn("calc is deprecated, use reading_minutes", DeprecationWarning)
    return reading_minutes(text)


def teaser(title, text):
    """The line of an article in the table of contents."""
    return f"{title} ({reading_minutes(text)} min)"


def issue_minutes(articles):
    """Minutes for all articles of an issue; `articles` is {title: text}."""
    return sum(reading_minutes(text) for text in articles.values())


def contents(articles):
    """The table of contents: a teaser for each article, then the sum."""
    lines = [teaser(title, text) for title, text in articles.items()]
    lines.append(f"All together: {issue_minutes(articles)} min")
    return "\n".join(lines)
