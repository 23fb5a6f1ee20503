"""The benchmark: suites of tasks, agents as subjects, grading by execution, and reports."""
