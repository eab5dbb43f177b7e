"""A small charter and its school, so that a page is there at once; in Urdu too."""

from pathlib import Path

LEVELS = {"en-GB": ("Red", "Amber", "Green"), "ur": ("سرخ", "زرد", "سبز")}
TEXTS = {"en-GB": "Families are asked what they think", "ur": "خاندانوں سے ان کی رائے پوچھی جاتی ہے"}
ASPECTS = ("asked", "answered", "invited", "greeted")


def small(folder: Path, language: str = "en-GB") -> Path:
    """A workspace with a charter of four aspects, and a school that has rated none of them."""
    text, levels = TEXTS[language], LEVELS[language]
    scale = "".join(
        f"  - {{id: {name}, label: {label}, letter: {name[0]}, meaning: {text}, colour: '{colour}'}}\n"
        for name, label, colour in zip(
            ("red", "amber", "green"), levels, ("#7a0019", "#ffb000", "#3d9a74"), strict=True
        )
    )
    points = "".join(
        f"  - id: {point}\n    title: {text} ({point})\n    detail: {text}.\n    aspects:\n"
        + "".join(
            f"      - {{id: {aspect}, text: {text} ({aspect}), detail: {text}, examples: [{{text: {text}}}], "
            f"levels: {{red: {text}}}, next: {{red: {text}}}}}\n"
            for aspect in aspects
        )
        for point, aspects in (("voice", ASPECTS[:2]), ("door", ASPECTS[2:]))
    )
    charter = (
        f"id: small\nversion: '1'\ntitle: {text}\nstatus: published\nrated: both\nwritten_in: {language}\n"
        f"focus_groups:\n  - {{id: new, name: {text}}}\nscale:\n{scale}key_points:\n{points}"
    )
    for name, content in {
        "charterkit.yaml": "charter: small\n",
        "charters/small-v1.yaml": charter,
        "schools/hillside/school.yaml": f"name: Hillside ({text})\nkind: school\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder
