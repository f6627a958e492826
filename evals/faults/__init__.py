"""Seeded faults: clean reports broken in one known way, and look-alikes that are right as they stand."""

from evals.faults.clean import Clean, clean_reports
from evals.faults.fault import CARRIERS, FAULTS, LOOK_ALIKES, Carrier, Change, Sample

__all__ = ["CARRIERS", "FAULTS", "LOOK_ALIKES", "Carrier", "Change", "Clean", "Sample", "clean_reports"]
