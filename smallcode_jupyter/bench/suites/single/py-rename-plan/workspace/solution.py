"""Shows how files would be renamed; see --help."""


def main():
    """Read names from standard input and print the plan."""
    raise NotImplementedError


if __name__ == "__main__":
    main()
