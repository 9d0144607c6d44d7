"""shangliang (商量): carries a matter through a local procedure and keeps a record anyone can verify."""

__version__ = "0.1.0.dev0"
