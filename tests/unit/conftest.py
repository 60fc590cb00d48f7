from hypothesis import HealthCheck, settings

# No deadlines: how fast a machine is must not decide whether a fact holds.
settings.register_profile("unit", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unit")
