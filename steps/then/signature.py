"""Then: for what and with what the upload was signed."""

from pytest_bdd import parsers, then

from ...errors import Nonconformance
from ...judging.divergence import shows
from ...scenario.observation import Observation
from ...scenario.world import World
from .common import named, uploads_of


@then(parsers.parse('the upload is signed for the service "{service}"'))
@shows("api")
def upload_is_signed_for_the_service(observation: Observation, service: str) -> None:
    used = {u.scope.service if u.scope else "unsigned" for u in uploads_of(observation)}
    if used != {service}:
        raise Nonconformance(f"a credential scope for {service}", f"for {named(used)}")


@then(parsers.parse('the upload is signed for the region "{region}"'))
@shows("bucket_set", "api")
def upload_is_signed_for_the_region(observation: Observation, region: str) -> None:
    used = {u.scope.region if u.scope else "unsigned" for u in uploads_of(observation)}
    if used != {region}:
        raise Nonconformance(f"a credential scope for {region}", f"for {named(used)}")


@then(parsers.parse('the upload is signed with the credentials of the profile "{profile}"'))
@shows("configured_profile", "default_profile", "api")
def upload_is_signed_with_the_credentials(
    observation: Observation, world: World, profile: str
) -> None:
    owners = {c.access_key_id: f"profile {name}" for name, c in world.profiles.items()}
    used = {
        owners.get(u.scope.access_key_id, u.scope.access_key_id) if u.scope else "unsigned"
        for u in uploads_of(observation)
    }
    if used != {f"profile {profile}"}:
        raise Nonconformance(f"the credentials of profile {profile}", f"those of {named(used)}")
