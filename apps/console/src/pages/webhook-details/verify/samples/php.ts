import type { HeaderNames, Language } from '../sample.ts';

const standard = `<?php

/**
 * $headers: array_change_key_case(getallheaders()).
 * $body: file_get_contents('php://input'), before it is parsed.
 */
function is_genuine(array $headers, string $body): bool
{
    $secret = (string) getenv('WEBHOOK_SECRET');
    $key = str_starts_with($secret, 'whsec_') ? base64_decode(substr($secret, 6)) : $secret;
    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    if ($key === '' || !ctype_digit($timestamp) || abs(time() - (int) $timestamp) > 300) {
        return false;
    }
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    // There are two, with a blank between them, while the secret is rotated.
    foreach (explode(' ', $headers['webhook-signature'] ?? '') as $signature) {
        if (hash_equals($expected, $signature)) {
            return true;
        }
    }
    return false;
}
`;

const hookId = ({ hookId: id, signature }: HeaderNames): string => `<?php

/** $headers: array_change_key_case(getallheaders()). The body is not covered. */
function is_genuine(array $headers): bool
{
    $secret = (string) getenv('WEBHOOK_SECRET');
    $expected = hash_hmac('sha256', $headers['${id.toLowerCase()}'] ?? '', $secret);
    return $secret !== '' && hash_equals($expected, $headers['${signature.toLowerCase()}'] ?? '');
}
`;

const body = ({ signature }: HeaderNames): string => `<?php

/**
 * $headers: array_change_key_case(getallheaders()).
 * $body: file_get_contents('php://input'), before it is parsed.
 */
function is_genuine(array $headers, string $body): bool
{
    $secret = (string) getenv('WEBHOOK_SECRET');
    $expected = hash_hmac('sha256', $body, $secret);
    return $secret !== '' && hash_equals($expected, strtolower($headers['${signature.toLowerCase()}'] ?? ''));
}
`;

export const php: Language = {
  id: 'php',
  label: 'PHP',
  code: (scheme, names) => ({ standard, 'hook-id': hookId(names), body: body(names) })[scheme],
};
