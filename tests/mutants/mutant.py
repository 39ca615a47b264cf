"""A mutant is the reference with a change or two, named by what they change."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from botocore.exceptions import ConnectionClosedError, EndpointConnectionError
from s3_reporter_conformance.reference import S3Reporter, reporter, retry
from s3_reporter_conformance.reference.configuration import Configuration
from s3_reporter_conformance.reference.errors import ErrorType, error_type

Change = Callable[..., Any]

_FIELDS = {field.name for field in fields(Configuration)}

# It does not export what it imports.
_REPORTER: Any = reporter

# The right functions, which a change gets first.
_FUNCTIONS: Mapping[str, tuple[Any, Any]] = {
    "delay": (retry.Backoff, retry.Backoff.delay),
    "error_type": (retry, error_type),
    **{
        name: (reporter, getattr(reporter, name))
        for name in (
            "Backoff",
            "_failure",
            "convert",
            "error_message",
            "object_key",
            "s3_client",
            "with_retry",
            "write_local_copy",
        )
    },
}


class Reference(S3Reporter):
    """The reference, in parts that mutants change.

    Attributes:
        options: The options as they were given.
        attempts: The number of attempts, the current one among them.
        target: The bucket and the key of the last attempt, as arguments for the SDK.
        outcome: The URL that the upload returned, or its message.
    """

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.options = options
        self.attempts = 0
        self.target: Mapping[str, str] = {}
        self.outcome = ""

    @property
    def s3(self) -> Any:
        return self._client

    @cached_property
    def _client(self) -> Any:
        client = _REPORTER.s3_client(self.configuration)
        put_object = client.put_object

        def counted(**arguments: Any) -> Any:
            self.attempts += 1
            self.target = {name: arguments[name] for name in ("Bucket", "Key")}
            return self.put(arguments)

        self.put_object = put_object
        client.put_object = counted
        return client

    def put(self, arguments: Mapping[str, Any]) -> Any:
        return self.put_object(**arguments)

    def _upload(self, key: str, document: Any) -> str:
        self.outcome = self.upload(key, document)
        return self.outcome

    def upload(self, key: str, document: Any) -> str:
        return super()._upload(key, document)

    def _write_local_copy(self, document: Any) -> None:
        self.write_copy(document)

    def write_copy(self, document: Any) -> None:
        super()._write_local_copy(document)

    def report(self, results: Any) -> str:
        returned = super().report(results)
        if not returned.startswith("s3://"):
            return self.message(returned)
        bucket, _, key = returned.removeprefix("s3://").partition("/")
        return self.url(bucket, key)

    def url(self, bucket: str, key: str) -> str:
        return f"s3://{bucket}/{key}"

    def message(self, text: str) -> str:
        return text


class Mutant:
    """A reporter that is broken in one place on purpose.

    Attributes:
        name: Its name.
        aim: The id of the rule that it breaks.
        whenever: The circumstances under which it breaks that rule, where they matter.
        settings: The settings that it needs, if not all features and the defaults.
    """

    def __init__(
        self,
        name: str,
        aim: str,
        *,
        whenever: str | None = None,
        settings: Mapping[str, Any] | None = None,
        base: type[S3Reporter] = Reference,
        **changes: Any,
    ) -> None:
        """Take the changes, by what they change.

        A function of the reference: the change gets the right one before its arguments.  A method
        of the base: it gets the reporter and the right one.  A setting: it gets the right
        configuration and the options.
        """
        self.name = name
        self.aim = aim
        self.whenever = whenever
        self.settings = settings or {}
        self._functions = {name: changes[name] for name in changes.keys() & _FUNCTIONS.keys()}
        self._fields = {name: changes[name] for name in changes.keys() & _FIELDS}
        methods = {
            name: _around(getattr(base, name), changes[name])
            for name in changes.keys() - _FUNCTIONS.keys() - _FIELDS
        }
        self._class = type(name, (base,), methods)

    @property
    def reporter(self) -> str:
        """Its name on the command line."""
        return f"python:mutants:{self.name}"

    def __call__(self, options: Mapping[str, Any], output_dir: Path) -> Any:
        """Make the reporter, in a process of its own."""
        for name, change in self._functions.items():
            owner, right = _FUNCTIONS[name]
            setattr(owner, name, _instead(right, change))
        made: Any = self._class(options, output_dir)
        found = made.configuration
        changed = {name: change(found, options) for name, change in self._fields.items()}
        made.configuration = replace(found, **changed)
        return made


def each(aim: str, changed: str, **changes: Any) -> tuple[Mutant, ...]:
    """Mutants with one aim that change the same, by their names."""
    return tuple(Mutant(name, aim, **{changed: changes[name]}) for name in changes)


def _instead(right: Callable[..., Any], change: Change) -> Callable[..., Any]:
    # A partial would be no method in a class.
    return lambda *arguments: change(right, *arguments)


def _around(right: Callable[..., Any], change: Change) -> Callable[..., Any]:
    def method(self: Any, *arguments: Any) -> Any:
        return change(self, partial(right, self), *arguments)

    return method


def before(action: Change) -> Change:
    """Something else done first."""

    def changed(self: Any, right: Any, *arguments: Any) -> Any:
        action(self, *arguments)
        return right(*arguments)

    return changed


def after(action: Change) -> Change:
    """Something else done afterwards."""

    def changed(self: Any, right: Any, *arguments: Any) -> Any:
        result = right(*arguments)
        action(self, *arguments)
        return result

    return changed


def only_if(condition: Change, otherwise: Any = None) -> Change:
    """Something done on a condition only."""
    return lambda self, right, *arguments: right(*arguments) if condition(self) else otherwise


def sending(**more: Any) -> Change:
    """More arguments of PutObject, or others, made of the right ones."""

    def put(_self: Any, right: Any, arguments: Any) -> Any:
        made = {name: each(arguments) if callable(each) else each for name, each in more.items()}
        return right({**arguments, **made})

    return put


def without(name: str) -> Change:
    """One argument of PutObject less."""
    return lambda _, right, arguments: right({x: arguments[x] for x in arguments if x != name})


def when(condition: Change, change: Change) -> Change:
    """Something changed on a condition only."""
    return lambda self, right, *arguments: (
        change(self, right, *arguments) if condition(self) else right(*arguments)
    )


def for_form(form: str, change: Change) -> Change:
    """A function changed for one format only, which is its last argument."""
    return lambda right, *given: change(right, *given) if given[-1] == form else right(*given)


def is_yaml(self: Any) -> bool:
    return bool(self.configuration.file_format == "yaml")


def has_profile(self: Any) -> bool:
    return bool(self.configuration.profile)


def is_blocked(self: Any) -> bool:
    """Whether the local copy cannot be written, since a file is in the way."""
    return bool((self.output_dir / "reports").is_file())


def is_retry(self: Any) -> bool:
    return bool(self.attempts > 1)


def after_failure(condition: Change, action: Change) -> Change:
    """Something else done after an attempt that failed for some reason."""

    def put(self: Any, right: Any, arguments: Any) -> Any:
        try:
            return right(arguments)
        except Exception as error:
            if condition(self, error):
                action(self, arguments)
            raise

    return put


def throttled(_self: Any, error: Exception) -> bool:
    return error_type(error) is ErrorType.THROTTLING


def throttled_to_the_end(self: Any, error: Exception) -> bool:
    return throttled(self, error) and self.attempts > self.configuration.max_retries


def denied(_self: Any, error: Exception) -> bool:
    return error_type(error) is ErrorType.ACCESS_DENIED


def disconnected(_self: Any, error: Exception) -> bool:
    return isinstance(error, ConnectionClosedError | EndpointConnectionError)


def on_event(event: str, change: Change) -> Change:
    """A client with a handler for an event of the SDK during an upload."""

    def client(right: Any, configuration: Configuration) -> Any:
        made = right(configuration)
        made.meta.events.register(f"{event}.s3.PutObject", partial(change, configuration))
        return made

    return client
