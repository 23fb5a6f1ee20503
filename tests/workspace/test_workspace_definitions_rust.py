"""Answers for Rust files, merged by definition; each pair shows a fault that small models really make."""

from __future__ import annotations

import pytest

from smallcode_jupyter.workspace.mends import tell_mends
from smallcode_jupyter.workspace.merging import mend_file, merge_answer

OLD = """//! Gift cards of the shop.

use std::fmt;

/// A card with a balance in cents.
#[derive(Debug, Clone)]
pub struct GiftCard {
    pub cents: u32,
}

impl GiftCard {
    /// A card with a balance at the start.
    pub fn new(cents: u32) -> GiftCard {
        todo!()
    }

    /// Pays with the card.
    #[must_use]
    pub fn spend(&mut self, cents: u32) -> bool {
        todo!()
    }
}

impl fmt::Display for GiftCard {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", self.cents)
    }
}

/// Adds up.
pub fn total(cards: &[GiftCard]) -> u32 {
    todo!()
}
"""
TOTAL = "pub fn total(cards: &[GiftCard]) -> u32 {\n    todo!()\n}\n"
NEW_TOTAL = "pub fn total(cards: &[GiftCard]) -> u32 {\n    cards.iter().map(|card| card.cents).sum()\n}\n"
NEW = "        GiftCard { cents }\n"
DONE = OLD.replace(TOTAL, NEW_TOTAL)


def merged(answer: str, old: str = OLD) -> tuple[str, str]:
    """The merged text and the mends in words; merging again changes nothing."""
    outcome = merge_answer(old, answer, "src/card.rs")
    assert outcome.text is not None, outcome.problem
    again = merge_answer(outcome.text, answer, "src/card.rs")
    assert (again.text, again.problem and again.problem.code) == (None, "no_change")
    return outcome.text, tell_mends(outcome.mends)


def test_one_function_is_replaced_and_its_comment_stays() -> None:
    assert merged(NEW_TOTAL) == (DONE, "kept-comment: total")


def test_visibility_and_attributes_that_were_lost_come_back() -> None:
    assert merged(NEW_TOTAL.removeprefix("pub ")) == (DONE, "kept-comment: total; kept-visibility: total")
    text, mends = merged("struct GiftCard {\n    cents: u32,\n    code: String,\n}\n")
    assert text == OLD.replace("    pub cents: u32,\n", "    pub cents: u32,\n    code: String,\n")
    assert mends == "kept-comment: GiftCard; kept-attribute: GiftCard; kept-visibility: GiftCard"


@pytest.mark.parametrize(
    "extra",
    [
        'fn main() {\n    println!("{}", total(&[]));\n}\n',
        (
            "#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n"
            "    fn adds() {\n        assert_eq!(total(&[]), 0);\n    }\n}\n"
        ),
        "fn test_total() {\n    assert_eq!(total(&[]), 0);\n}\n",
    ],
    ids=["main", "tests", "function"],
)
def test_what_only_tries_the_code_is_dropped(extra: str) -> None:
    text, mends = merged(f"{DONE}\n{extra}")
    assert text == DONE
    assert mends.startswith("dropped-demonstration: ")
    assert mend_file(OLD, f"{DONE}\n{extra}", "card.rs")[0] == DONE


def test_a_module_around_everything_is_taken_off() -> None:
    inside = "\n".join(f"    {line}" if line else line for line in NEW_TOTAL.splitlines())
    answer = f"mod solution {{\n    use super::*;\n    use std::collections::HashMap;\n\n{inside}\n}}\n"
    text, mends = merged(answer)
    assert text == DONE
    assert mends == "unwrapped: mod solution; kept-comment: total; dropped-import: std::collections::HashMap"


def test_a_module_that_the_file_has_is_merged_member_by_member() -> None:
    old = (
        "pub mod shapes {\n    pub fn one() -> u32 {\n        1\n"
        "    }\n\n    pub fn two() -> u32 {\n        3\n    }\n}\n"
    )
    answer = "mod shapes {\n    pub fn two() -> u32 {\n        2\n    }\n}\n"
    assert merged(answer, old) == (old.replace("        3", "        2"), "kept-visibility: shapes")


def test_an_impl_with_only_some_methods_leaves_the_others() -> None:
    answer = "impl GiftCard {\n  pub fn new(cents: u32) -> GiftCard {\n    GiftCard { cents }\n  }\n}\n"
    text, mends = merged(answer)
    assert text == OLD.replace("        todo!()\n", NEW, 1)
    assert mends == "kept-comment: impl GiftCard.new"


@pytest.mark.parametrize(
    "answer",
    [
        "pub fn new(cents: u32) -> GiftCard {\n    GiftCard { cents }\n}\n",
        "    pub fn new(cents: u32) -> GiftCard {\n        GiftCard { cents }\n    }\n",
    ],
)
def test_a_method_that_stands_alone_goes_into_its_impl(answer: str) -> None:
    text, mends = merged(answer)
    assert text == OLD.replace("        todo!()\n", NEW, 1)
    assert mends == "moved-into: impl GiftCard; kept-comment: impl GiftCard.new"


def test_a_new_method_goes_beside_its_neighbour() -> None:
    answer = (
        "impl GiftCard {\n    pub fn new(cents: u32) -> GiftCard {\n        todo!()\n    }\n\n"
        "    /// What is left.\n    pub fn left(&self) -> u32 {\n        self.cents\n    }\n}\n"
    )
    text = merged(answer)[0]
    assert text == OLD.replace(
        "    /// Pays",
        "    /// What is left.\n    pub fn left(&self) -> u32 {\n        self.cents\n    }\n\n    /// Pays",
    )
    alone = "fn left(&self) -> u32 {\n    self.cents\n}\n"
    assert (
        "        todo!()\n    }\n\n    fn left(&self) -> u32 {\n        self.cents\n    }\n}\n"
        in merged(alone)[0]
    )


def test_a_new_impl_and_a_repeated_struct() -> None:
    answer = (
        OLD[OLD.index("#[derive") : OLD.index("impl GiftCard")]
        + "impl Default for GiftCard {\n    fn default() -> Self {\n        GiftCard { cents: 0 }\n    }\n}\n"
    )
    text, mends = merged(answer)
    assert text.count("pub struct GiftCard") == 1
    assert text.replace(answer[answer.index("impl") :] + "\n", "") == OLD
    assert mends == ""


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("let m: HashMap<String, u32> = HashMap::new();", "use std::collections::HashMap;\n"),
        ("let m = vec![BTreeMap::<u8, HashSet<u8>>::new()];", "use std::collections::{BTreeMap, HashSet};\n"),
        (
            "mem::swap(&mut a, &mut b); Rc::new(RefCell::new(1));",
            "use std::cell::RefCell;\nuse std::mem;\nuse std::rc::Rc;\n",
        ),
        ("a.sort_by(|x, y| y.cmp(x).then(Ordering::Less));", "use std::cmp::Ordering;\n"),
        ("c.fetch_add(1, Ordering::SeqCst);", "use std::sync::atomic::Ordering;\n"),
        ('let n = u32::from_str("1");', "use std::str::FromStr;\n"),
        ("let b: Box<dyn Error> = x.into();", "use std::error::Error;\n"),
    ],
)
def test_forgotten_names_of_the_standard_library_are_added(body: str, lines: str) -> None:
    answer = NEW_TOTAL.replace("cards.iter()", f"{body}\n    cards.iter()")
    text = merged(answer)[0]
    assert text == OLD.replace(TOTAL, answer).replace("use std::fmt;\n", f"use std::fmt;\n{lines}")


@pytest.mark.parametrize(
    "code",
    [
        "struct HashMap;\n\nfn f() -> HashMap {\n    HashMap\n}\n",
        "fn f() -> std::collections::HashMap<u8, u8> {\n    std::collections::HashMap::new()\n}\n",
        "fn f() {\n    use std::collections::HashMap;\n    let m: HashMap<u8, u8> = HashMap::new();\n}\n",
        "#[derive(Hash)]\nstruct Key;\n",
        "fn f<Path>(path: Path) -> Path {\n    path\n}\n",
        "enum Kind {\n    Display,\n    Reverse,\n}\n",
        "use std::collections::*;\n\nfn f() -> HashMap<u8, u8> {\n    HashMap::new()\n}\n",
    ],
)
def test_where_there_is_doubt_nothing_is_added(code: str) -> None:
    assert "added-import" not in merged(code)[1]


def test_useless_imports_of_the_answer_are_left_out_and_needed_ones_taken() -> None:
    answer = (
        "use std::str::SplitOnce;\nuse std::collections::{BTreeMap, HashMap as Map};\n"
        "use std::io::Read;\nuse super::*;\n\n"
    ) + NEW_TOTAL.replace("cards.iter()", "let m: Map<u8, u8> = Map::new();\n    cards.iter()")
    text, mends = merged(answer)
    assert "use std::fmt;\nuse std::collections::HashMap as Map;\nuse std::io::Read;\n\n" in text
    assert mends == (
        "kept-comment: total; dropped-import: std::str::SplitOnce, std::collections::BTreeMap, super::*"
    )


def test_useless_imports_of_a_new_file_go() -> None:
    text = (
        "use std::collections::{HashMap, HashSet};\nuse std::rc::Rc;\n"
        "\npub fn f() -> HashMap<u8, u8> {\n    HashMap::new()\n}\n"
    )
    mended, mends = mend_file("", text, "a.rs")
    assert mended == text.replace("{HashMap, HashSet}", "HashMap").replace("use std::rc::Rc;\n", "")
    assert tell_mends(mends) == "dropped-import: std::collections::HashSet, std::rc::Rc"


def test_a_new_function_that_nothing_calls_is_for_others() -> None:
    old = "pub fn one() -> u32 {\n    1\n}\n"
    answer = "fn two() -> u32 {\n    helper()\n}\n\nfn helper() -> u32 {\n    2\n}\n"
    assert merged(answer, old) == (f"{old}\npub {answer}", "kept-visibility: two")


def test_the_comment_at_the_top_stays_or_becomes_that_of_a_whole_answer() -> None:
    assert merged(DONE.split("\n\n", 1)[1]) == (DONE, "")
    answer = DONE.replace("//! Gift cards of the shop.", "//! Cards and vouchers.")
    assert merged(answer) == (answer, "")


def test_code_that_an_answer_leaves_out_with_a_comment_stays() -> None:
    answer = (
        NEW_TOTAL
        + "\nimpl GiftCard {\n    pub fn new(cents: u32) -> GiftCard {\n        // ... existing code ...\n    }\n}\n"
    )
    assert merged(answer) == (DONE, "kept-comment: total; kept-body: impl GiftCard.new")


def test_a_whole_text_that_drops_visibility_on_purpose_is_kept() -> None:
    text = OLD.replace("pub fn total", "fn total")
    assert mend_file(OLD, text, "card.rs") == (text, [])
    changed = text.replace("todo!()", "1")
    assert mend_file(OLD, changed, "card.rs")[0] == changed.replace("fn total", "pub fn total")


@pytest.mark.parametrize("answer", ["pub fn total( {\n    1\n}\n", "Here is the code.\n"])
def test_an_answer_that_is_no_rust_is_explained(answer: str) -> None:
    outcome = merge_answer(OLD, answer, "card.rs")
    assert outcome.text is None
    assert outcome.problem is not None
    assert outcome.problem.code == "syntax_error"


def test_a_module_without_a_file_is_left_out() -> None:
    answer = f"mod cards;\npub use cards::Card;\n\n{DONE}"
    assert merged(answer) == (DONE, "dropped-module: mod cards (there is no such file)")
    text = merge_answer(OLD, answer, "src/card.rs", siblings=(("src/cards.rs", ""),)).text
    assert text is not None
    assert "mod cards;\n" in text
