import type { HeaderNames, Language } from '../sample.ts';

const standard = `import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class WebhookSignature {
  private static final String SECRET = System.getenv("WEBHOOK_SECRET");
  private static final byte[] KEY = SECRET.startsWith("whsec_")
      ? Base64.getDecoder().decode(SECRET.substring(6))
      : SECRET.getBytes(StandardCharsets.UTF_8);

  /** header: such as request::getHeader. body: the bytes that arrived, before they are parsed. */
  public static boolean isGenuine(UnaryOperator<String> header, byte[] body) throws GeneralSecurityException {
    String id = header.apply("webhook-id");
    String timestamp = header.apply("webhook-timestamp");
    String signatures = header.apply("webhook-signature");
    if (id == null || timestamp == null || signatures == null || !timestamp.matches("\\\\d{1,12}")) return false;
    if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > 300) return false;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
    byte[] expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(StandardCharsets.UTF_8);
    // There are two, with a blank between them, while the secret is rotated.
    return Arrays.stream(signatures.split(" "))
        .anyMatch(signature -> MessageDigest.isEqual(signature.getBytes(StandardCharsets.UTF_8), expected));
  }
}
`;

type Plain = { readonly says: string; readonly takes: string; readonly needed: string; readonly covered: string };

const plain = (
  { says, takes, needed, covered }: Plain,
  { signature }: HeaderNames,
): string => `import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class WebhookSignature {
  private static final byte[] KEY = System.getenv("WEBHOOK_SECRET").getBytes(StandardCharsets.UTF_8);

  /** header: such as request::getHeader. ${says} */
  public static boolean isGenuine(${takes}) throws GeneralSecurityException {
    ${needed}String signature = header.apply("${signature}");
    if (signature == null) return false;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    String expected = HexFormat.of().formatHex(mac.doFinal(${covered}));
    return MessageDigest.isEqual(signature.toLowerCase().getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}
`;

const hookId = (names: HeaderNames): string =>
  plain(
    {
      says: 'The body is not covered.',
      takes: 'UnaryOperator<String> header',
      needed: `String id = header.apply("${names.hookId}");\n    if (id == null) return false;\n    `,
      covered: 'id.getBytes(StandardCharsets.UTF_8)',
    },
    names,
  );
const body = (names: HeaderNames): string =>
  plain(
    {
      says: 'body: the bytes that arrived, before they are parsed.',
      takes: 'UnaryOperator<String> header, byte[] body',
      needed: '',
      covered: 'body',
    },
    names,
  );

export const java: Language = {
  id: 'java',
  label: 'Java',
  code: (scheme, names) => ({ standard, 'hook-id': hookId(names), body: body(names) })[scheme],
};
