"""Then: the signature of requests, and their acceptance by S3."""

from pytest_bdd import then

from ...judging.answers import until_decided
from ...scenario.run import Run
from ...words.errors import Nonconformance

# Not the reporter's fault: the run gave it a token that had expired.
_GIVEN = "ExpiredToken"
_SERVICE = "s3"


@then("S3 accepts every request")
def s3_accepts_every_request(run: Run) -> None:
    services = {upload.scope.service for upload in run.uploads if upload.scope}
    if services - {_SERVICE}:
        raise Nonconformance(f"a credential scope for {_SERVICE}", f"for {_named(services)}")
    found = [e.refusal for e in run.observation.exchanges if e.refusal]
    words = [str(refusal) for refusal in found if refusal.code != _GIVEN]
    if words:
        raise Nonconformance("requests that S3 accepts", "; ".join(dict.fromkeys(words)))
    if not all(upload.scope for upload in run.uploads):
        raise Nonconformance("a signed upload", "an unsigned one")


@then("the upload is signed for the configured region")
def upload_is_signed_for_the_region(run: Run) -> None:
    uploads = until_decided(run) or run.uploads
    used = {u.scope.region for u in uploads if u.scope}
    if used and used != {run.region}:
        raise Nonconformance(f"a credential scope for {run.region}", f"for {_named(used)}")


@then("the upload is signed with the right credentials")
def upload_is_signed_with_the_right_credentials(run: Run) -> None:
    owners: dict[str, set[str]] = {}
    for owner, credentials in run.credentials.items():
        owners.setdefault(credentials.access_key_id, set()).add(owner)
    for upload in run.uploads:
        if upload.scope is None:
            continue
        used = owners.get(upload.scope.access_key_id, {upload.scope.access_key_id})
        if not used & run.owners:
            raise Nonconformance(
                f"the credentials of {' or '.join(sorted(run.owners))}", f"those of {_named(used)}"
            )


def _named(values: set[str]) -> str:
    return " and ".join(repr(value) for value in sorted(values))
