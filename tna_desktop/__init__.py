"""TNA Desktop: technology needs assessments on one's own computer, from first stakeholder list to report."""

__version__ = "0.1.0"
