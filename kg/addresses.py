"""What must not be shown of a web address."""

from __future__ import annotations

import re

SECRET = re.compile(r"key|token|secret|passw|auth|sig|session|credential", re.IGNORECASE)
"""Names of query parameters that carry secrets."""
