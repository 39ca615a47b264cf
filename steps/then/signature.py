"""Then: for what and with what the upload was signed."""

from collections.abc import Iterable

from pytest_bdd import parsers, then

from ...errors import Nonconformance
from ...scenario.observation import Observation
from ...scenario.world import World
from ...spec.symptoms import PROFILE_NOT_KEPT, WRONG_PROFILE, WRONG_REGION, WRONG_SERVICE
from ...wire.exchange import Exchange
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
    owners = {c.access_key_id: f"profile {name}" for name, c in world.profiles.items()}

    def owners_of(exchanges: Iterable[Exchange]) -> set[str]:
        scopes = [exchange.scope for exchange in exchanges]
        return {owners.get(s.access_key_id, s.access_key_id) if s else "unsigned" for s in scopes}

    used = owners_of(uploads_of(observation))
    if used != {f"profile {profile}"}:
        others = owners_of(e for e in observation.exchanges if e not in observation.uploads)
        kept = [] if f"profile {profile}" not in others else [PROFILE_NOT_KEPT]
        raise Nonconformance(
            f"the credentials of profile {profile}",
            f"those of {named(used)}",
            *kept,
            WRONG_PROFILE,
        )
