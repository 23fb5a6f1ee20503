from race.cli import main
from race.results import read_results
from race.runners import Runner
from race.standings import ranking

TEXT = """number,name,born,time
3,Jo Lang,2010,38:10
7,Eva Maier,1980,39:05
9,Tom Berg,1979,39:40
"""


def test_group_of_a_runner():
    assert Runner(7, "Eva Maier", 2345, 1980).group == "40+"


def test_ranking_of_a_group():
    placed = ranking(read_results(TEXT), group="40+")
    assert [(place, runner.number) for place, runner in placed] == [(1, 7), (2, 9)]


def test_everybody():
    assert [place for place, _ in ranking(read_results(TEXT))] == [1, 2, 3]


def test_command_line(tmp_path, capsys):
    path = tmp_path / "results.csv"
    path.write_text(TEXT)
    assert main([str(path), "--group", "40+"]) == 0
    assert capsys.readouterr().out.splitlines() == ["1. Eva Maier (7) 39:05", "2. Tom Berg (9) 39:40"]
