"""Given: folders to scan, for tools that scan."""

import time
from string import ascii_uppercase

from pytest_bdd import given

from ...scenario.world import World

# Keys need not tell more of a time than its second.
_NEXT_SECOND = 1.1


@given("a folder with findings")
def a_folder_with_findings(world: World) -> None:
    # Scanners know the form of an access key; so it need not be one that is in use.
    key = "AKIA" + "".join(world.rng.choices(ascii_uppercase, k=16))
    source = world.folder / "source"
    source.mkdir()
    (source / "settings.py").write_text(f'AWS_ACCESS_KEY_ID = "{key}"\n')
    (source / "README.md").write_text("# A project\n")
    world.source_dir = source


@given("the folder was scanned before")
def the_folder_was_scanned(world: World) -> None:
    world.before = world.run()
    time.sleep(_NEXT_SECOND)
