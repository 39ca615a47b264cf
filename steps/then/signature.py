"""Then: the signature of requests, and their acceptance by S3."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pytest_bdd import then

from ...judging.answers import mistake_in
from ...scenario.run import Run
from ...wire.exchange import Exchange
from ...words.errors import Nonconformance
from . import expect_none


@then("S3 accepts every request")
def s3_accepts_every_request(run: Run) -> None:
    services = {upload.scope.service for upload in run.uploads if upload.scope}
    if services - {"s3"}:
        raise Nonconformance("a credential scope for s3", f"for {_named(services)}")
    refused = [e for e in run.observation.exchanges if e.refusal and not e.refusal.is_given]
    # Without a signature, S3 says where a bucket is.
    refused = [e for e in refused if e.scope or e.method not in {"GET", "HEAD"}]
    expect_none((str(e.refusal) for e in refused), "requests that S3 accepts")
    expect_none(filter(None, map(mistake_in, run.uploads)), "an upload that S3 accepts")
    if not all(upload.scope for upload in run.uploads):
        raise Nonconformance("a signed upload", "an unsigned one")


@then("the upload needs no permission but s3:PutObject")
def upload_needs_one_permission(run: Run) -> None:
    refusals = (upload.refusal.finding for upload in run.uploads if upload.refusal)
    expect_none(refusals, "an upload that needs s3:PutObject alone")


@then("the upload is signed for the configured region")
def upload_is_signed_for_the_region(run: Run) -> None:
    used = {each.scope.region for each in _before_retries(run) if each.scope}
    if used - {run.region}:
        raise Nonconformance(f"a credential scope for {run.region}", f"for {_named(used)}")


@then("the upload is signed with the right credentials")
def upload_is_signed_with_the_right_credentials(run: Run) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for owner, credentials in run.credentials.items():
        owners[credentials.access_key_id].add(owner)
    for key in {each.scope.access_key_id for each in _before_retries(run) if each.scope}:
        if not owners[key] & run.owners:
            raise Nonconformance(
                f"the credentials of {' or '.join(sorted(run.owners))}",
                f"those of {_named(owners[key] or {key})}",
            )


def _before_retries(run: Run) -> Iterator[Exchange]:
    """The requests of the upload without retries, which another rule compares with it."""
    retries = {*map(id, run.attempts[1:])}
    return (upload for upload in run.uploads if id(upload) not in retries)


def _named(values: Iterable[str]) -> str:
    return " and ".join(repr(value) for value in sorted(values))
