"""`python -m pegextract` is the command `pegextract`."""

from pegextract.cli import main

if __name__ == "__main__":
    main()
