"""JavaScript and TypeScript answers are run on the same inputs, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from smallcode_jupyter.protocol.effects import Behaviour
from smallcode_jupyter.selection.javascript import javascript_units
from smallcode_jupyter.selection.observe import Observer
from smallcode_jupyter.workspace.staging import Staging

Observe = Callable[[str], Behaviour]
WORDS = 'Complete slug(text) in slug.js. slug("Hello World") -> "hello-world"; slug("") is "".'
STACK_TEST = """import test from "node:test";
import assert from "node:assert";
import { Stack } from "./stack.ts";

test("keeps order", () => {
  const stack = new Stack<number>();
  stack.push(1);
  stack.push(2);
  assert.deepStrictEqual(stack.items(), [1, 2]);
  assert.strictEqual(stack.pop(), 2);
});
"""


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[Staging]:
    (tmp_path / "work").mkdir()
    staging = Staging(tmp_path / "work", tmp_path / "scratch")
    staging.write("package.json", '{"type": "module"}')
    yield staging
    staging.close()


@pytest.fixture
def observe(staging: Staging) -> Observe:
    observer = Observer(staging, seconds=30.0)

    def of(body: str) -> Behaviour:
        staging.write("slug.js", f"export function slug(text) {{ {body} }}\n")
        return observer.observe(("slug.js",), WORDS)

    return of


def test_calls_of_the_words_are_varied() -> None:
    units = javascript_units(words=WORDS, texts=("export function slug(text) {}",), tests=())
    assert units.names == ("slug",)
    assert units.sources[:2] == (("call", 'slug("Hello World")'), ("call", 'slug("")'))
    assert len(units.sources) > 10
    assert all(source.startswith("slug(") for _, source in units.sources)


def test_calls_with_unknown_names_are_left_out() -> None:
    text = "export function slug(text) {}"
    assert javascript_units(words="slug(text) and slug(other.value)", texts=(text,), tests=()).sources == ()


@pytest.mark.parametrize(
    "text",
    [
        "module.exports = { slug };",
        "exports.slug = slug;",
        "module.exports = slug;",
        "export const slug = (text) => text;",
        "export default function slug(text) {}",
        "function slug(text) {}\nexport { slug };",
    ],
)
def test_every_way_to_export_is_known(text: str) -> None:
    assert ("call", 'slug("Hello World")') in javascript_units(words=WORDS, texts=(text,), tests=()).sources


def test_alike_and_different_answers(observe: Observe) -> None:
    one = observe('return text.toLowerCase().split(" ").join("-");').outcomes
    two = observe('return text.toLowerCase().replaceAll(" ", "-");').outcomes
    wrong = observe('return text.toLowerCase().replace(" ", "-");').outcomes
    assert len(one) > 10
    assert one == two
    assert one != wrong


def test_what_breaks_is_told_and_what_is_thrown_on_purpose_is_not(observe: Observe) -> None:
    broken = observe("return text[99].trim();")
    assert "broke TypeError" in broken.outcomes
    assert "text[99].trim()" in broken.breaks[0]
    meant = observe('throw new TypeError("no");')
    assert set(meant.outcomes) == {"raised TypeError"}
    assert meant.breaks == ()


def test_an_answer_that_never_ends_is_no_hang(observe: Observe) -> None:
    behaviour = observe("while (true) {}")
    assert behaviour.outcomes[0] == "broke Timeout"
    assert all(outcome.startswith("broke ") for outcome in behaviour.outcomes)


def test_an_answer_that_cannot_be_loaded(observe: Observe) -> None:
    assert set(observe("}}}").outcomes) == {"broke on import"}


def test_typescript_is_observed_through_its_tests(staging: Staging) -> None:
    staging.write("stack.test.ts", STACK_TEST)
    observer = Observer(staging, seconds=30.0)

    def of(pop: str) -> tuple[str, ...]:
        staging.write(
            "stack.ts",
            "export class Stack<T> {\n  private all: T[] = [];\n  push(item: T): void { this.all.push(item); }\n"
            f"  items(): T[] {{ return [...this.all]; }}\n  pop(): T | undefined {{ return {pop}; }}\n}}\n",
        )
        return observer.observe(("stack.ts",), "Complete Stack in stack.ts.").outcomes

    good = of("this.all.pop()")
    assert good
    assert good == of("this.all.splice(-1)[0]")
    assert good != of("this.all.shift()")
