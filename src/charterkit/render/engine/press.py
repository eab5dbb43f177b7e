"""Makes one document, in a process of its own that has limits: `python -I -S press.py ORDER`.

typst reads pictures and texts of strangers as machine code: where it takes too much memory or time, or breaks down,
this process ends and the program that started it goes on. It imports nothing of charterkit, so that it starts quickly.
"""

import json
import sys
from pathlib import Path


def main(order: Path) -> None:
    """Do what a JSON file says, and write `answer.json` beside it, with what typst says where it refuses.

    `engine` is the folder that holds the module typst; `compiler` and `compile` are what it is given, the latter once
    for each kind of file; what comes of them is `made-0`, `made-1` and so on.
    """
    wanted = json.loads(order.read_text(encoding="utf-8"))
    _limit(wanted["bytes"], wanted["seconds"])
    sys.path.append(wanted["engine"])
    import typst  # noqa: PLC0415 - it is found now

    answer: dict[str, str] = {}
    pages: list[bytes] = []
    try:
        compiler = typst.Compiler(**wanted["compiler"])
        for each in wanted["compile"]:
            made = compiler.compile(**each)
            pages += [page for page in (made if isinstance(made, list) else [made]) if page is not None]
    except typst.TypstError as error:
        answer = {"mistake": str(getattr(error, "message", error))}
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a fault in typst, which is no Exception
            raise
        answer = {"fault": str(error)}
    for number, page in enumerate(pages):
        (order.parent / f"made-{number}").write_bytes(page)
    (order.parent / "answer.json").write_text(json.dumps({"pages": len(pages), **answer}), encoding="utf-8")


def _limit(size: int, seconds: int) -> None:
    """Ask the system to end this process where it takes more; Windows has none of it, macOS does not count memory."""
    try:
        import resource  # noqa: PLC0415 - where there is one
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_DATA, size), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (allowed, hard))
        except (OSError, ValueError):  # macOS may refuse one that is below what is taken already
            continue


if __name__ == "__main__":
    main(Path(sys.argv[1]))
