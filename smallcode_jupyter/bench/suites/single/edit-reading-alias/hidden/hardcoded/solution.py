"""Facts about the articles of our newsletter."""


def reading_minutes(text):
    return 1


def calc(text):
    """Minutes it takes to read a text, at least one."""
    return max(1, round(len(text.split()) / 200))


def teaser(title, text):
    """The line of an article in the table of contents."""
    return f"{title} ({calc(text)} min)"


def issue_minutes(articles):
    """Minutes for all articles of an issue; `articles` is {title: text}."""
    return sum(calc(text) for text in articles.values())


def contents(articles):
    """The table of contents: a teaser for each article, then the sum."""
    lines = [teaser(title, text) for title, text in articles.items()]
    lines.append(f"All together: {issue_minutes(articles)} min")
    return "\n".join(lines)
