"""The apps: teach a lesson, follow one, replay one."""
