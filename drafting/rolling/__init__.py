"""Rolling forward: from last period's report to this period's brief. Structure comes along, facts do not: each is asked about."""
