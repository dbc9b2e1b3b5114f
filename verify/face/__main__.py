"""`python -m reluproof`: the command line."""

from .verify.cli import main

raise SystemExit(main())
