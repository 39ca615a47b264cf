"""Two calls that tell a broken adapter from a reporter that does not conform."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

from ..adapters.manifest import Manifest
from ..backends.base import Backend
from ..backends.sdk_environment import without_settings_of_the_user
from ..errors import AdapterError, BackendError
from ..judging.s3_url import is_url
from ..reporting.transcript import call_lines
from ..scenario.observation import Observation
from ..scenario.world import World
from ..verdict.verdict import ExitCode
from ..wire.proxy import Wire

Say = Callable[[str], None]


def smoke(manifest: Manifest, open_s3: Callable[[], Backend], timeout: float, say: Say) -> ExitCode:
    """Ask a reporter twice: with nothing configured, and with all that it needs.

    Args:
        manifest: The reporter.
        open_s3: Starts the backend.
        timeout: Seconds that a call may take.
        say: Takes what there is to tell, line by line.

    Returns:
        Whether it answered as it should, did not, or could not be asked.
    """
    try:
        with _worlds(manifest, open_s3, timeout, say) as world:
            say("1. Nothing is configured. The reporter should not be ready.")
            first = _judge(_disabled(world().run()), say)
            say("\n2. Region and bucket are configured. The reporter should upload a report.")
            configured = world()
            configured.configure(key_prefix="smoke")
            second = _judge(_uploaded(configured.run()), say)
    except AdapterError as error:
        say(f"\nThe adapter is broken: nothing can be said of the reporter.\n{error}")
        return ExitCode.ADAPTER_ERROR
    except BackendError as error:
        say(f"\nThe backend is broken: nothing can be said of the reporter.\n{error}")
        return ExitCode.ADAPTER_ERROR
    if first and second:
        say("\nThe adapter works, and the reporter answers as it should. 'verify' tells the rest.")
        return ExitCode.CONFORMS
    say("\nThe adapter works. The reporter does not conform; 'verify' tells more.")
    return ExitCode.DOES_NOT_CONFORM


def _disabled(observation: Observation) -> str:
    if observation.outcome.ready:
        return "ready, although there is no region and no bucket"
    return "an upload, although it is not ready" if observation.uploads else ""


def _uploaded(observation: Observation) -> str:
    outcome = observation.outcome
    if not outcome.ready:
        return f"not ready: {'; '.join(outcome.complaints) or 'it does not say why'}"
    if not observation.objects:
        return f"no object in the bucket. It returned {outcome.returned or outcome.exception!r}"
    if not is_url(outcome.returned or ""):
        return f"no S3 URL: {outcome.returned or outcome.exception!r}"
    return ""


def _judge(wrong: str, say: Say) -> bool:
    say(f"  -> unexpected: {wrong}" if wrong else "  -> as expected")
    return not wrong


@contextmanager
def _worlds(
    manifest: Manifest, open_s3: Callable[[], Backend], timeout: float, say: Say
) -> Iterator[Callable[[], World]]:
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="s3-reporter-conformance-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        adapter = manifest.connect(folder)
        stack.callback(adapter.close)
        opened = open_s3()
        stack.enter_context(without_settings_of_the_user())
        stack.callback(opened.close)
        wire = Wire(opened.address, opened.signer)
        stack.callback(wire.close)

        def world() -> World:
            return World(
                manifest=manifest,
                adapter=adapter,
                backend=opened,
                wire=wire,
                timeout=timeout,
                folder=Path(tempfile.mkdtemp(dir=folder)),
                rng=Random(),  # noqa: S311 -- names, and keys that nothing is behind
                show=lambda call: say("\n".join(call_lines(call))),
            )

        yield world
