"""机动车辆, exempt by use."""
