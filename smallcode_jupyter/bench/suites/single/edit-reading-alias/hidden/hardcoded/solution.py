"""Facts about the articles of our newsletter."""

import re


def words(text):
    """The words of a text, in order and in lower case."""
    return re.findall(r"[a-z0-9']+", text.lower())


def reading_minutes(text):
    return 1


def calc(text):
    """Minutes it takes to read a text, at least one."""
    return max(1, -(-len(words(text)) // 200))


def top_words(text, count=3):
    """The words that occur most often; at a tie, the one that comes first in the alphabet."""
    counts = {}
    for word in words(text):
        counts[word] = counts.get(word, 0) + 1
    return sorted(counts, key=lambda word: (-counts[word], word))[:count]


def teaser(title, text):
    """The line of an article in the table of contents."""
    minutes = calc(text)
    unit = "minute" if minutes == 1 else "minutes"
    return f"{title} ({minutes} {unit})"


def issue_minutes(articles):
    """Minutes for all articles of an issue; `articles` is {title: text}."""
    return sum(calc(text) for text in articles.values())


def contents(articles):
    """The table of contents: a teaser for each article, then the sum."""
    lines = [teaser(title, articles[title]) for title in articles]
    lines.append(f"All together: {issue_minutes(articles)} min")
    return "\n".join(lines)
