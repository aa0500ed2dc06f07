"""Run folders: tables, manifest, reading them back."""
