"""The bill of materials, CycloneDX 1.6: every wheel and the weights, with digests, licences and what needs what."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from licences import stated
from packageurl import PackageURL
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from wheels import Wheel

_NAMESPACE = uuid.UUID("7a1c1a5e-2f6b-5f0e-9f0c-0c5d1c1f7e11")


@dataclass(frozen=True)
class Weights:
    """A model in the bundle."""

    name: str
    title: str
    licence: str
    sha256: str
    url: str


def written(own: Wheel, extras: Sequence[str], wheels: Sequence[Wheel], weights: Iterable[Weights], when: int) -> str:
    """The document as JSON. Its serial number is made of what it lists, so that the same bundle has the same one."""
    listed = [(wheel, _component(wheel)) for wheel in wheels]
    components = {wheel.name: component for wheel, component in listed}
    root = _component(own, ComponentType.APPLICATION)
    models = [_model(one) for one in weights]
    bom = Bom(components=[*(component for _, component in listed), *models])
    bom.metadata.component = root
    bom.metadata.timestamp = datetime.fromtimestamp(when, UTC)
    digests = sorted(f"{one.bom_ref.value} {''.join(h.content for h in one.hashes)}" for one in (root, *bom.components))
    bom.serial_number = uuid.uuid5(_NAMESPACE, "\n".join(digests))
    bom.register_dependency(root, [*_needs(own, extras, components), *models])
    for wheel, component in listed:
        bom.register_dependency(component, _needs(wheel, (), components))
    return make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1) + "\n"


def _component(wheel: Wheel, kind: ComponentType = ComponentType.LIBRARY) -> Component:
    purl = PackageURL("pypi", name=wheel.name, version=wheel.version)
    licence = stated(wheel)
    return Component(
        name=wheel.name,
        version=wheel.version,
        type=kind,
        bom_ref=f"{purl}?{wheel.path.name}",
        purl=purl,
        licenses=[LicenseFactory().make_from_string(licence)] if licence else [],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=wheel.sha256)],
    )


def _model(weights: Weights) -> Component:
    return Component(
        name=weights.name,
        type=ComponentType.MACHINE_LEARNING_MODEL,
        bom_ref=f"weights:{weights.name}",
        description=weights.title,
        licenses=[LicenseFactory().make_from_string(weights.licence)],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=weights.sha256)],
        external_references=[ExternalReference(type=ExternalReferenceType.DISTRIBUTION, url=XsUri(weights.url))],
    )


def _needs(wheel: Wheel, extras: Sequence[str], there: dict[str, Component]) -> list[Component]:
    """Of what the wheel asks for, what the bundle has: a requirement for another system is not in it."""
    environment = {key: str(value) for key, value in default_environment().items()}
    found = {}
    for line in wheel.metadata.get_all("Requires-Dist") or ():
        wanted = Requirement(str(line))
        name = canonicalize_name(wanted.name)
        marker = wanted.marker
        if name in there and (
            marker is None or any(marker.evaluate({**environment, "extra": extra}) for extra in ("", *extras))
        ):
            found[name] = there[name]
    return [found[name] for name in sorted(found)]
