"""Then: for what and with what the upload was signed."""

from collections.abc import Iterable

from pytest_bdd import parsers, then

from ...errors import Nonconformance
from ...scenario.observation import Observation
from ...scenario.world import World
from ...spec.symptoms import (
    CONTENT_CHANGES,
    PROFILE_NOT_KEPT,
    WRONG_PROFILE,
    WRONG_REGION,
    WRONG_REQUEST,
    WRONG_SERVICE,
    Symptom,
)
from ...wire.exchange import Exchange
from ...wire.refusal import Aspect
from .common import named, uploads_of


@then(parsers.parse('the upload is signed for the service "{service}"'))
def upload_is_signed_for_the_service(observation: Observation, service: str) -> None:
    used = {u.scope.service if u.scope else "unsigned" for u in uploads_of(observation)}
    if used != {service}:
        raise Nonconformance(
            f"a credential scope for {service}", f"for {named(used)}", WRONG_SERVICE
        )


@then(parsers.parse('the upload is signed for the region "{region}"'))
def upload_is_signed_for_the_region(observation: Observation, region: str) -> None:
    used = {u.scope.region if u.scope else "unsigned" for u in uploads_of(observation)}
    if used != {region}:
        raise Nonconformance(f"a credential scope for {region}", f"for {named(used)}", WRONG_REGION)


@then(parsers.parse('the upload is signed with the credentials of the profile "{profile}"'))
def upload_is_signed_with_the_credentials(
    observation: Observation, world: World, profile: str
) -> None:
    _expect_owner(observation, world, f"profile {profile}")


@then("the upload is signed with the credentials of the environment")
def upload_is_signed_with_those_of_the_environment(observation: Observation, world: World) -> None:
    _expect_owner(observation, world, "the environment")


@then("every request has the signature that S3 computes for it")
def every_request_has_its_signature(observation: Observation) -> None:
    _expect_no_refusal(
        observation,
        Aspect.SIGNATURE,
        "requests that are signed as S3 verifies it",
        WRONG_REQUEST,
    )


@then("every request carries the session token of its credentials")
def every_request_carries_its_session_token(observation: Observation) -> None:
    first, *_ = uploads_of(observation)
    _expect_no_refusal(
        observation,
        Aspect.SESSION_TOKEN,
        "the session token of the credentials, in every request",
        WRONG_PROFILE,
        WRONG_REQUEST if first.refusal else CONTENT_CHANGES,
    )


@then("every digest that was sent is that of the content")
def every_digest_is_that_of_the_content(observation: Observation) -> None:
    _expect_no_refusal(observation, Aspect.DIGEST, "digests of what is sent", WRONG_REQUEST)


@then("every upload has the length that it announces")
def every_upload_has_its_length(observation: Observation) -> None:
    _expect_no_refusal(
        observation, Aspect.LENGTH, "the body's length, ahead of the body", WRONG_REQUEST
    )


def _expect_no_refusal(
    observation: Observation, aspect: Aspect, expected: str, *symptoms: Symptom
) -> None:
    uploads_of(observation)
    found = [e.refusal for e in observation.exchanges if e.refusal and e.refusal.aspect is aspect]
    if found:
        raise Nonconformance(expected, "; ".join(dict.fromkeys(map(str, found))), *symptoms)


def _expect_owner(observation: Observation, world: World, owner: str) -> None:
    owners = {c.access_key_id: name for name, c in world.credentials.items()}

    def owners_of(exchanges: Iterable[Exchange]) -> set[str]:
        scopes = [exchange.scope for exchange in exchanges]
        return {owners.get(s.access_key_id, s.access_key_id) if s else "unsigned" for s in scopes}

    used = owners_of(uploads_of(observation))
    if used != {owner}:
        others = owners_of(e for e in observation.exchanges if e not in observation.uploads)
        kept = [] if owner not in others else [PROFILE_NOT_KEPT]
        raise Nonconformance(
            f"the credentials of {owner}", f"those of {named(used)}", *kept, WRONG_PROFILE
        )
