"""Intervals, paired tests and summaries of arms."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from bench_synthetic import make_row, outcomes

from smallcode_jupyter.bench.attempting import Arm
from smallcode_jupyter.bench.statistics import (
    ArmSummary,
    Interval,
    Paired,
    arms_of,
    difference_interval,
    mcnemar,
    pair,
    pass_at,
    sign_flip,
    summarise,
    wilson,
)


@pytest.mark.parametrize(
    ("solved", "tried", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (37, 100, 0.2818, 0.4678),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson_gives_the_published_intervals(solved: int, tried: int, low: float, high: float) -> None:
    assert wilson(solved, tried) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "p"),
    [
        (0, 0, 1.0),
        (1, 8, 20 / 512),
        (8, 1, 20 / 512),
        (0, 5, 0.0625),
        (5, 5, 1.0),
        (0, 6, 0.03125),
        (0, 1, 1.0),
    ],
)
def test_mcnemar_is_the_two_sided_binomial(first: int, second: int, p: float) -> None:
    assert mcnemar(first, second) == p


@pytest.mark.parametrize(("first", "second"), [(0, 0), (1, 8), (3, 3), (12, 30), (0, 145)])
def test_the_sign_flip_of_single_attempts_is_mcnemar(first: int, second: int) -> None:
    differences = [Fraction(-1)] * first + [Fraction(1)] * second + [Fraction(0)] * 7
    assert sign_flip(differences) == mcnemar(first, second)


def test_the_sign_flip_counts_every_pattern_of_signs() -> None:
    differences = [Fraction(*pair) for pair in ((1, 3), (2, 3), (-1, 3), (1, 2), (0, 1), (1, 1), (-1, 6))]
    observed = abs(sum(differences))
    patterns = list(itertools.product((1, -1), repeat=len(differences)))
    as_far = sum(
        abs(sum(sign * d for sign, d in zip(signs, differences, strict=True))) >= observed
        for signs in patterns
    )
    assert sign_flip(differences) == as_far / len(patterns)


def test_the_interval_of_a_difference_is_bonett_and_price() -> None:
    differences = [Fraction(1)] * 3 + [Fraction(-1)] * 9 + [Fraction(0)] * 8
    assert difference_interval(differences) == pytest.approx((-0.5860, 0.0405), abs=5e-5)


def test_without_any_difference_the_interval_keeps_a_width() -> None:
    low, high = difference_interval([Fraction(0)] * 20)
    assert low == -high
    assert 0.1 < high < 0.2


def test_pass_at_k_is_the_unbiased_one() -> None:
    assert [pass_at(k, solved=1, tried=3) for k in (1, 2, 3)] == pytest.approx([1 / 3, 2 / 3, 1.0])
    assert pass_at(2, solved=0, tried=3) == 0.0


def test_a_summary_counts_what_was_tried_and_charges_failures_to_what_was_solved() -> None:
    rows = [
        make_row(task="a", prompt_tokens=100, cached_tokens=40, completion_tokens=10, seconds=1.0),
        make_row(
            task="b", prompt_tokens=300, completion_tokens=50, seconds=5.0, status="failed", failure="loop"
        ),
        make_row(
            task="c", status="skipped", prompt_tokens=0, completion_tokens=0, problems=("There is no go.",)
        ),
    ]
    assert summarise(Arm(agent="smallcode"), rows) == ArmSummary(
        arm=Arm(agent="smallcode"),
        tasks=2,
        solved=1.0,
        skipped=1,
        attempts=2,
        seeds=1,
        interval=wilson(1, 2),
        prompt_tokens=200.0,
        cached_tokens=20.0,
        completion_tokens=30.0,
        seconds=3.0,
        tokens_per_solved=460.0,
        seconds_per_solved=6.0,
        failures=(("loop", 1),),
        pass_at=(),
    )


def test_an_arm_that_only_skipped_has_no_share_of_anything() -> None:
    found = summarise(Arm(agent="aider"), outcomes("aider", "ss"))
    assert (found.tasks, found.skipped, found.solved, found.share) == (0, 2, 0.0, 0.0)
    assert (found.interval, found.tokens_per_solved) == (Interval(0.0, 1.0), None)


def test_several_seeds_count_by_task() -> None:
    rows = [*outcomes("smallcode", "++-", seed=0), *outcomes("smallcode", "+--", seed=1)]
    found = summarise(Arm(agent="smallcode"), rows)
    assert (found.tasks, found.attempts, found.seeds, found.solved, found.share) == (3, 6, 2, 1.5, 0.5)
    assert found.interval == wilson(1.5, 3)
    assert found.pass_at == ((1, pytest.approx(0.5)), (2, pytest.approx(2 / 3)))


def test_a_task_that_was_tried_more_often_weighs_no_more() -> None:
    rows = [
        *outcomes("smallcode", "+-"),
        *outcomes("smallcode", "+", seed=1),
        *outcomes("smallcode", "+", seed=2),
    ]
    found = summarise(Arm(agent="smallcode"), rows)
    assert found.share == 0.5
    assert found.pass_at == ((1, pytest.approx(0.5)),)


def test_arms_are_paired_on_the_tasks_that_both_tried() -> None:
    first = outcomes("oneshot", "++--s+ ", prompt_tokens=80)
    second = outcomes("smallcode", "+-+-+s+", prompt_tokens=180)
    assert pair(first, second) == Paired(
        tasks=4,
        both=1,
        only_first=1,
        only_second=1,
        neither=1,
        difference=0.0,
        interval=difference_interval([Fraction(0), Fraction(0), Fraction(1), Fraction(-1)]),
        p=1.0,
        test="McNemar, exact",
        token_ratio=2.0,
        skipped=2,
    )


def test_several_seeds_are_paired_by_the_mean_of_the_task() -> None:
    first = outcomes("oneshot", "-----")
    second = [*outcomes("smallcode", "++++-", seed=0), *outcomes("smallcode", "+++--", seed=1)]
    found = pair(first, second)
    assert (found.tasks, found.only_second, found.neither, found.test) == (
        5,
        4,
        1,
        "sign flip by task, exact",
    )
    assert found.difference == pytest.approx(0.7)
    assert found.p == 2 / 16


def test_another_version_of_a_task_is_another_task() -> None:
    assert pair(outcomes("oneshot", "++"), outcomes("smallcode", "++", task_version=2)).tasks == 0


def test_without_common_tasks_there_is_no_evidence() -> None:
    found = pair(outcomes("oneshot", "+"), outcomes("smallcode", " +"))
    assert (found.tasks, found.p, found.difference, found.token_ratio) == (0, 1.0, 0.0, None)


def test_arms_have_one_order() -> None:
    names = ["pi", "oneshot", "aider", "resample", "smallcode"]
    rows = [make_row(agent=name) for name in names] + [
        make_row(without=name) for name in ("routing", "index")
    ]
    assert [arm.name for arm in arms_of(rows)] == [
        *("smallcode", "oneshot", "resample", "aider", "pi"),
        *("smallcode without index", "smallcode without routing"),
    ]
