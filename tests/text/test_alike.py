"""What is said of several schools alike."""

from charterkit.text.alike import About, gathered


def test_a_folder_that_begins_with_another_s_name_is_not_taken_for_it() -> None:
    said = [About(slug, slug.title(), f"schools/{slug}-trust/school.yaml is broken.") for slug in ("ash", "oak")]
    assert len(list(gathered(said))) == 2
    said = [About(slug, slug.title(), f"schools/{slug}/school.yaml is broken.") for slug in ("ash", "oak")]
    assert len(list(gathered(said))) == 1
