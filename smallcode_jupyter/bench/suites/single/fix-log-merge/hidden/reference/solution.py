"""Merges the logs of several services into one."""


def parse_log(text):
    """The messages of one log, each a list of lines.

    A line that begins with a digit starts a message. Other lines belong to the message before them;
    at the very beginning they are left out.
    """
    messages = []
    current = None
    for line in text.splitlines():
        if line[:1].isdigit():
            if current is not None:
                messages.append(current)
            current = [line]
        elif current is not None:
            current.append(line)
    if current is not None:
        messages.append(current)
    return messages


def merge_logs(texts):
    """The messages of all logs, in order of their first lines."""
    messages = []
    for text in texts:
        messages.extend(parse_log(text))
    return sorted(messages, key=lambda message: message[0])


def merged_text(texts):
    """All logs as one text."""
    return "\n".join("\n".join(message) for message in merge_logs(texts))
