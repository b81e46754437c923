"""The credit layer: agreements, hours, evidence, evaluations, policy, and decisions."""
