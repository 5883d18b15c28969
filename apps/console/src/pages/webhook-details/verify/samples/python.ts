import type { HeaderNames, Language } from '../sample.ts';

const standard = `import base64
import hashlib
import hmac
import os
import time

SECRET = os.environ["WEBHOOK_SECRET"]
KEY = base64.b64decode(SECRET[6:]) if SECRET.startswith("whsec_") else SECRET.encode()


def is_genuine(headers, body: bytes) -> bool:
    """headers: by name, such as request.headers in Flask. body: the bytes that arrived, before they are parsed."""
    msg_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > 300:
        return False
    mac = hmac.new(KEY, f"{msg_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(mac)
    # There are two, with a blank between them, while the secret is rotated.
    signatures = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(signature.encode(), expected) for signature in signatures)
`;

const hookId = ({ hookId: id, signature }: HeaderNames): string => `import hashlib
import hmac
import os

SECRET = os.environ["WEBHOOK_SECRET"]


def is_genuine(headers) -> bool:
    """headers: by name, such as request.headers in Flask. The body is not covered."""
    hook_id = headers.get("${id}", "")
    expected = hmac.new(SECRET.encode(), hook_id.encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(headers.get("${signature}", "").encode(), expected.encode())
`;

const body = ({ signature }: HeaderNames): string => `import hashlib
import hmac
import os

SECRET = os.environ["WEBHOOK_SECRET"]


def is_genuine(headers, body: bytes) -> bool:
    """headers: by name, such as request.headers in Flask. body: the bytes that arrived, before they are parsed."""
    expected = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    given = headers.get("${signature}", "").lower()
    return hmac.compare_digest(given.encode(), expected.encode())
`;

export const python: Language = {
  id: 'python',
  label: 'Python',
  code: (scheme, names) => ({ standard, 'hook-id': hookId(names), body: body(names) })[scheme],
};
