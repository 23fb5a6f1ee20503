"""Modules of the person's folder that the kernel has loaded: loading them again when their files change."""
