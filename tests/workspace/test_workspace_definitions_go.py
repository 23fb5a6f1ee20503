"""Answers for Go files, merged by definition; each pair shows a fault that small models really make."""

from __future__ import annotations

import pytest

from smallcode_jupyter.workspace.mends import tell_mends
from smallcode_jupyter.workspace.merging import mend_file, merge_answer

OLD = """package main

import "errors"

// What can be wrong.
var (
	ErrFormat = errors.New("bad format")
	ErrTaken  = errors.New("taken") // by another
)

// Limit is the largest size.
const Limit = 3

// Groups says which names belong together.
type Groups struct {
	group map[string]int // name -> number
}

// NewGroups has no names.
func NewGroups() *Groups {
	return &Groups{group: map[string]int{}}
}

// Add gives a name a group of its own.
func (g *Groups) Add(name string) {
	panic("not implemented")
}

// Size is how many there are.
func (g *Groups) Size() int {
	panic("not implemented")
}
"""
ADD = 'func (g *Groups) Add(name string) {\n\tpanic("not implemented")\n}\n'
SIZE = 'func (g *Groups) Size() int {\n\tpanic("not implemented")\n}\n'
NEW_SIZE = "func (g *Groups) Size() int {\n\treturn len(g.group)\n}\n"


def merged(answer: str, old: str = OLD, siblings: tuple[tuple[str, str], ...] = ()) -> tuple[str, str]:
    """The merged text and the mends in words; merging again changes nothing."""
    outcome = merge_answer(old, answer, "pkg/groups.go", siblings=siblings)
    assert outcome.text is not None, outcome.problem
    again = merge_answer(outcome.text, answer, "pkg/groups.go", siblings=siblings)
    assert (again.text, again.problem and again.problem.code) == (None, "no_change")
    return outcome.text, tell_mends(outcome.mends)


def test_one_method_is_replaced_and_all_else_stays() -> None:
    assert merged(NEW_SIZE) == (OLD.replace(SIZE, NEW_SIZE), "kept-comment: Groups.Size")


def test_a_whole_file_with_a_demonstration_loses_its_main() -> None:
    main = '\n// Example usage\nfunc main() {\n\tg := NewGroups()\n\tg.Add("a")\n\tfmt.Println(g.Size()) // 1\n}\n'
    new = OLD.replace(SIZE, NEW_SIZE)
    assert merged(new + main) == (new, "dropped-demonstration: func main")
    assert mend_file(OLD, new + main, "groups.go")[0] == new


@pytest.mark.parametrize(
    "test",
    [
        "func TestSize() {\n\tfmt.Println(NewGroups().Size()) // 0\n}\n",
        'func TestSize(t *testing.T) {\n\tif NewGroups().Size() != 0 {\n\t\tt.Errorf("no")\n\t}\n}\n',
        "func demo() {\n\tfmt.Println(NewGroups())\n}\n\nfunc main() {\n\tdemo()\n}\n",
    ],
)
def test_functions_that_only_try_the_code_are_dropped(test: str) -> None:
    text, mends = merged(f"{NEW_SIZE}\n{test}")
    assert text == OLD.replace(SIZE, NEW_SIZE)
    assert mends.startswith("dropped-demonstration: func ")


def test_a_main_stays_where_the_task_asks_for_it() -> None:
    answer = NEW_SIZE + "\nfunc main() {\n\tfmt.Println(NewGroups().Size())\n}\n"
    text = merge_answer(OLD, answer, "groups.go", keeps_demonstrations=True).text
    assert text is not None
    assert text.endswith(answer[len(NEW_SIZE) :])
    assert 'import (\n\t"errors"\n\t"fmt"\n)\n' in text


def test_a_main_that_the_file_has_is_replaced() -> None:
    old = 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println(1)\n}\n'
    answer = "func main() {\n\tfmt.Println(2)\n}\n"
    assert merged(answer, old) == (old.replace("1", "2"), "")


def test_what_prints_for_others_is_no_demonstration() -> None:
    answer = (
        "func (g *Groups) Print() {\n\tfmt.Println(g.group)\n}\n\nfunc Report() {\n\tfmt.Println(Limit)\n}\n"
    )
    text, mends = merged(answer)
    assert text.endswith(answer)
    assert mends == "added-import: fmt"


def test_forgotten_imports_are_added_and_unused_ones_dropped() -> None:
    answer = (
        'package main\n\nimport (\n\t"errors"\n\t"reflect"\n)\n\n'
        "func (g *Groups) Size() int {\n\treturn len(strings.Fields(strconv.Itoa(json.Foo)))\n}\n"
    )
    text, mends = merged(answer)
    assert 'import (\n\t"encoding/json"\n\t"errors"\n\t"strconv"\n\t"strings"\n)\n' in text
    assert (
        mends
        == "kept-comment: Groups.Size; added-import: encoding/json, strconv, strings; dropped-import: reflect"
    )


def test_an_import_that_nothing_uses_any_more_goes() -> None:
    old = 'package a\n\nimport (\n\t"fmt"\n\t"sort"\n)\n\nfunc F() {\n\tfmt.Println()\n\tsort.Ints(nil)\n}\n'
    text, mends = merged("func F() {\n\tfmt.Println()\n}\n", old)
    assert text == 'package a\n\nimport (\n\t"fmt"\n)\n\nfunc F() {\n\tfmt.Println()\n}\n'
    assert mends == "dropped-import: sort"
    text, mends = merged("func F() {\n}\n", old)
    assert text == "package a\n\nfunc F() {\n}\n"


def test_imports_of_the_answer_keep_their_names() -> None:
    answer = (
        'import (\n\tr "math/rand"\n\t"example.com/x/v2"\n\t_ "embed"\n'
        ")\n\nfunc Roll() int {\n\treturn r.Int() + x.Y\n}\n"
    )
    text, mends = merged(answer)
    for line in ('\tr "math/rand"\n', '\t"example.com/x/v2"\n', '\t_ "embed"\n'):
        assert line in text
    assert mends == ""


@pytest.mark.parametrize(
    "body",
    ["\tfmt := f{}\n\tfmt.Println()\n", "\tstrings.lower()\n", '\ts := "strings.Fields"\n\t_ = s\n'],
    ids=["a variable", "not exported", "in a string"],
)
def test_a_name_that_may_be_another_thing_is_not_imported(body: str) -> None:
    text, mends = merged(f"func F() {{\n{body}}}\n")
    assert mends == ""
    assert 'import "errors"\n' in text


def test_a_definition_of_another_file_of_the_package_is_not_repeated() -> None:
    other = (
        'package main\n\ntype Item struct{}\n\nfunc (i Item) Name() string { return "" }\n\nfunc main() {}\n'
    )
    answer = (
        '// Item is one.\ntype Item struct {\n\tx int\n}\n\nfunc (i Item) Name() string {\n\treturn "x"\n}\n\n'
        + NEW_SIZE
    )
    text, mends = merged(answer, siblings=(("pkg/item.go", other),))
    assert text == OLD.replace(SIZE, NEW_SIZE)
    assert mends == (
        "dropped-duplicate: type Item (it is in pkg/item.go), func Item.Name (it is in pkg/item.go); "
        "kept-comment: Groups.Size"
    )
    apart = other.replace("package main", "package main_test")
    assert "type Item struct" in merged(answer, siblings=(("pkg/item.go", apart),))[0]


def test_the_package_clause_stays_as_it_is() -> None:
    answer = "package solution\n\npackage main\n\n" + NEW_SIZE
    assert merged(answer) == (OLD.replace(SIZE, NEW_SIZE), "kept-comment: Groups.Size")


@pytest.mark.parametrize(
    ("answer", "was", "becomes"),
    [
        ("const Limit = 4\n", "const Limit = 3", "const Limit = 4"),
        (
            'var ErrTaken = errors.New("gone")\n',
            'ErrTaken  = errors.New("taken")',
            'ErrTaken = errors.New("gone")',
        ),
        (
            'var (\n\tErrTaken = errors.New("taken")\n\tErrNew = errors.New("new")\n)\n',
            '"taken") // by another\n',
            '"taken") // by another\n\tErrNew = errors.New("new")\n',
        ),
        (
            "type Groups struct {\n\tnames []string\n}\n",
            "\tgroup map[string]int // name -> number\n",
            "\tnames []string\n",
        ),
        (
            "// Add is new.\n" + ADD,
            "// Add gives a name a group of its own.\n",
            "// Add is new.\n",
        ),
        (
            "func (g *Groups) Has(name string) bool {\n    return g.group[name] > 0\n}\n\n" + ADD,
            "// Add gives",
            "func (g *Groups) Has(name string) bool {\n\treturn g.group[name] > 0\n}\n\n// Add gives",
        ),
    ],
    ids=[
        "constant",
        "one of a group",
        "added to a group",
        "type",
        "comment",
        "before its neighbour, with tabs",
    ],
)
def test_only_what_is_named_changes(answer: str, was: str, becomes: str) -> None:
    assert OLD.count(was) == 1
    assert merged(answer)[0] == OLD.replace(was, becomes)


def test_names_of_what_changed_are_told() -> None:
    outcome = merge_answer(OLD, NEW_SIZE + "\nfunc Has() bool {\n\treturn true\n}\n", "a.go")
    assert (outcome.replaced, outcome.added) == (("Groups.Size",), ("Has",))


def test_an_answer_that_is_no_go_is_explained() -> None:
    outcome = merge_answer(OLD, "func (g *Groups) Size() int {\n\treturn len(\n}\n", "a.go")
    assert outcome.text is None
    assert outcome.problem is not None
    assert outcome.problem.code == "syntax_error"
    assert outcome.problem.what.startswith("Line ")
    assert outcome.problem.what.endswith(" of the new code is not valid Go.")


def test_a_whole_file_that_is_no_go_is_taken_as_it_is_with_a_word() -> None:
    answer = OLD.replace("return &Groups", "return return &Groups")
    outcome = merge_answer(OLD, answer, "a.go")
    assert outcome.text == answer
    assert [mend.name for mend in outcome.mends] == ["not-merged"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [("", "no_definitions"), ("package main\n", "no_definitions"), (OLD, "no_change"), (ADD, "no_change")],
)
def test_what_changes_nothing_is_explained(answer: str, code: str) -> None:
    problem = merge_answer(OLD, answer, "a.go").problem
    assert problem is not None
    assert (problem.code, bool(problem.hint)) == (code, True)


def test_a_new_file_gets_its_imports() -> None:
    text = 'package main\n\nimport "os"\n\nfunc main() {\n\tfmt.Println(1)\n}\n'
    mended, mends = mend_file("", text, "main.go")
    assert mended == text.replace('"os"', '"fmt"')
    assert tell_mends(mends) == "added-import: fmt; dropped-import: os"


def test_a_broken_file_takes_what_mends_it() -> None:
    broken = OLD.replace("return &Groups{group: map[string]int{}}", "return &Groups{group: map[string]int{}")
    assert merge_answer(broken, OLD, "a.go").text == OLD
    problem = merge_answer(broken, NEW_SIZE, "a.go").problem
    assert problem is not None
    assert problem.code == "broken_file"
    one = "func NewGroups() *Groups {\n\treturn &Groups{}\n}\n"
    text = merge_answer(broken, one, "a.go").text
    assert text is None or text.count("func NewGroups") == 1


def test_a_file_with_only_its_head_keeps_it() -> None:
    old = "// Package a is new.\npackage a\n"
    assert merged(NEW_SIZE, old)[0] == f"{old}\n{NEW_SIZE}"
    assert merge_answer("", f"package a\n\n{NEW_SIZE}", "a.go").text == f"package a\n\n{NEW_SIZE}"


def test_sections_for_other_files_are_left_out() -> None:
    tests = 'package main\n\nimport "testing"\n\nfunc TestAll(t *testing.T) {\n\tt.Log(1)\n}\n'
    answer = f"// main.go\n{NEW_SIZE}\n// groups_test.go\n{tests}"
    assert merged(answer)[1].startswith("dropped-section: groups_test.go; ")
    assert merged(f"go.mod:\nmodule a\n\n**pkg/groups.go**\n{NEW_SIZE}")[0] == OLD.replace(SIZE, NEW_SIZE)
    assert merged(f"// see main.go\n{NEW_SIZE}")[1] == ""


def test_tests_are_no_demonstrations_in_a_file_of_tests() -> None:
    old = 'package main\n\nimport "testing"\n\nfunc TestOne(t *testing.T) {\n\tt.Error(1)\n}\n'
    answer = "func TestTwo(t *testing.T) {\n\tt.Error(2)\n}\n"
    for path in ("a_test.go", "a.go"):
        assert merge_answer(old, answer, path).text == f"{old}\n{answer}"
    helper = old.replace("TestOne", "check")
    assert merge_answer(helper, answer, "pkg/a_test.go").text == f"{helper}\n{answer}"
    assert merge_answer(helper, answer, "pkg/a.go").text is None
