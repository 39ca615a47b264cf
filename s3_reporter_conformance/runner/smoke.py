"""Two calls that tell a broken adapter from a reporter that does not conform."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

import click

from ..adapters.registry import connect
from ..backends.sdk_environment import without_settings_of_the_user
from ..errors import AdapterError, BackendError
from ..judging.s3_url import is_url
from ..reporting.console import Echo
from ..reporting.formats.github import commands_stopped
from ..reporting.printable import printable
from ..reporting.transcript import call_lines
from ..scenario.observation import Observation
from ..scenario.world import World
from ..verdict.verdict import ExitCode
from ..wire.proxy import Wire
from .run_folder import RunFolder
from .settings import Settings


def smoke(settings: Settings, echo: Echo = click.echo) -> ExitCode:
    """Ask a reporter twice: with nothing configured, and with all that it needs.

    Args:
        settings: The reporter, and where it is to run.
        echo: Takes what there is to tell.

    Returns:
        Whether it answered as it should, did not, or could not be asked.

    Raises:
        UsageError: The settings make no sense.
    """
    settings.check()
    with commands_stopped(echo):
        return _smoke(settings, echo)


def _smoke(settings: Settings, echo: Echo) -> ExitCode:
    try:
        with _worlds(settings, echo) as world:
            echo("1. Nothing is configured. The reporter should not be ready.")
            first = _judge(_disabled(world().run()), echo)
            echo("\n2. Region and bucket are configured. The reporter should upload a report.")
            configured = world()
            configured.configure(key_prefix="smoke")
            second = _judge(_uploaded(configured.run()), echo)
    except (AdapterError, BackendError) as error:
        what = "adapter" if isinstance(error, AdapterError) else "backend"
        echo(
            f"\nThe {what} is broken, so there is no verdict on the reporter:\n"
            f"{printable(str(error))}"
        )
        return ExitCode.ADAPTER_ERROR
    if first and second:
        echo("\nThe adapter works, and both calls went as expected. Next: 'verify'.")
        return ExitCode.CONFORMS
    echo("\nThe adapter works, but the reporter does not conform.")
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


def _judge(wrong: str, echo: Echo) -> bool:
    echo(f"  -> unexpected: {printable(wrong)}" if wrong else "  -> as expected")
    return not wrong


@contextmanager
def _worlds(settings: Settings, echo: Echo) -> Iterator[Callable[[], World]]:
    with ExitStack() as stack:
        folder = RunFolder()
        stack.callback(folder.remove)
        adapter = connect(settings.manifest, folder.path, in_process=settings.in_process)
        stack.callback(adapter.close)
        opened = settings.open_backend()
        stack.enter_context(without_settings_of_the_user())
        stack.callback(opened.close)
        opened.open()
        wire = Wire(opened.endpoint)
        stack.callback(wire.close)

        def world() -> World:
            return World(
                manifest=settings.manifest,
                adapter=adapter,
                backend=opened,
                wire=wire,
                timeout=settings.timeout,
                folder=Path(tempfile.mkdtemp(dir=folder.path)),
                rng=Random(),  # noqa: S311 -- names, and keys that nothing is behind
                show=lambda call, exchanges: echo(
                    "\n".join(call_lines(call, exchanges, whole=False))
                ),
            )

        yield world
