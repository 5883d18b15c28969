import type { HeaderNames, Language } from '../sample.ts';

const standard = `using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

public static class WebhookSignature
{
    private static readonly string Secret = Environment.GetEnvironmentVariable("WEBHOOK_SECRET")!;
    private static readonly byte[] Key = Secret.StartsWith("whsec_")
        ? Convert.FromBase64String(Secret["whsec_".Length..])
        : Encoding.UTF8.GetBytes(Secret);

    /// <summary>header: such as name => request.Headers[name]. body: the bytes that arrived, before they are parsed.</summary>
    public static bool IsGenuine(Func<string, string?> header, byte[] body)
    {
        var (id, timestamp) = (header("webhook-id"), header("webhook-timestamp"));
        if (!long.TryParse(timestamp, out var seconds)) return false;
        if (Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds) > 300) return false;
        var signed = Encoding.UTF8.GetBytes($"{id}.{timestamp}.").Concat(body).ToArray();
        var expected = Encoding.UTF8.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(Key, signed)));
        // There are two, with a blank between them, while the secret is rotated.
        return (header("webhook-signature") ?? "")
            .Split(' ')
            .Any(signature => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), expected));
    }
}
`;

const plain = (says: string, takes: string, covered: string, signature: string): string => `using System;
using System.Security.Cryptography;
using System.Text;

public static class WebhookSignature
{
    private static readonly byte[] Key = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable("WEBHOOK_SECRET")!);

    /// <summary>header: such as name => request.Headers[name]. ${says}</summary>
    public static bool IsGenuine(${takes})
    {
        var expected = Convert.ToHexString(HMACSHA256.HashData(Key, ${covered}));
        var given = (header("${signature}") ?? "").ToUpperInvariant();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
    }
}
`;

const hookId = ({ hookId: id, signature }: HeaderNames): string =>
  plain(
    'The body is not covered.',
    'Func<string, string?> header',
    `Encoding.UTF8.GetBytes(header("${id}") ?? "")`,
    signature,
  );
const body = ({ signature }: HeaderNames): string =>
  plain(
    'body: the bytes that arrived, before they are parsed.',
    'Func<string, string?> header, byte[] body',
    'body',
    signature,
  );

export const csharp: Language = {
  id: 'csharp',
  label: 'C#',
  code: (scheme, names) => ({ standard, 'hook-id': hookId(names), body: body(names) })[scheme],
};
