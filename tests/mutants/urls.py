"""The https URL of the object, right for most regions and prefixes only (interpretation 11)."""

import os
from urllib.parse import quote

from botocore.session import Session

from .catalogue import mutant
from .over_reference import ChangedReturn


class _Https(ChangedReturn):
    """The reference with an https URL, which is right."""

    kept_in_path = "/"

    def url(self, bucket: str, key: str) -> str:
        host = f"s3.{self.region()}.{self.domain()}"
        return f"https://{host}/{bucket}/{quote(key, safe=self.kept_in_path)}"

    def region(self) -> str:
        return self.configuration.region

    def domain(self) -> str:
        session = Session()
        partition = session.get_partition_for_region(self.region())
        return str(session.get_component("endpoint_resolver").get_partition_dns_suffix(partition))


@mutant(aim="SEQ-02")
class RegionOfEnvironmentInUrl(_Https):
    """Returns a URL with the region of AWS_REGION, although another one was used."""

    def region(self) -> str:
        return os.getenv("AWS_REGION") or super().region()


@mutant(aim="SEQ-02")
class RegionOfProfileInUrl(_Https):
    """Returns a URL with the region that the profile sets, although another one was used."""

    def region(self) -> str:
        profile = Session(profile=self.configuration.profile).get_scoped_config()
        return profile.get("region") or super().region()


@mutant(aim="SEQ-02")
class OneDomainForAll(_Https):
    """Returns URLs that end with amazonaws.com in every partition."""

    def domain(self) -> str:
        return "amazonaws.com"


@mutant(aim="SEQ-02")
class PercentKeptInUrl(_Https):
    """Leaves percent signs in the URL as they are, as if the key were encoded."""

    kept_in_path = "/%"


@mutant(aim="SEQ-02")
class PlusKeptInUrl(_Https):
    """Leaves plus signs in the URL as they are, which S3 reads as spaces."""

    kept_in_path = "/+"


@mutant(aim="SEQ-02")
class FragmentInUrl(_Https):
    """Leaves question and number signs in the URL as they are, as JavaScript's encodeURI does."""

    kept_in_path = "/?#"
