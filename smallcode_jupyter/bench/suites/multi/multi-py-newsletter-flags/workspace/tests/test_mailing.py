from mailing.letter import Letter
from mailing.send import dry_run

LETTER = Letter("News", "The pool opens in May.")


def test_one_recipient():
    text = "email,name,subscribed,bounced\nann@example.org,Ann Lee,yes,\n"
    assert dry_run(text, LETTER) == [
        {"to": "ann@example.org", "subject": "News", "text": "Dear Ann,\n\nThe pool opens in May."}
    ]


def test_rows_without_an_address():
    text = "email,name,subscribed,bounced\n,Ann Lee,yes,\n"
    assert dry_run(text, LETTER) == []


def test_bounced():
    text = "email,name,subscribed,bounced\nann@example.org,Ann Lee,yes,yes\n"
    assert dry_run(text, LETTER) == []
