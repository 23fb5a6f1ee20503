"""Count the words of a text file: python wordcount.py FILE"""

import argparse
import re
from collections import Counter


def count_words(text):
    """Counts of the lower-case words."""
    return Counter(re.findall(r"[a-z']+", text.lower()))


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Count the words of a text file.")
    parser.add_argument("file")
    options = parser.parse_args(arguments)
    with open(options.file, encoding="utf-8") as file:
        counts = count_words(file.read())
    for word, count in counts.items():
        print(word, count)


if __name__ == "__main__":
    main()
