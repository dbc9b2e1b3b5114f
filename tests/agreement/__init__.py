"""The answers of the main job against the oracle, and against themselves under the symmetries of the problem."""
