import type { HeaderNames, Language } from '../sample.ts';

const standard = `require "openssl"

SECRET = ENV.fetch("WEBHOOK_SECRET")
KEY = SECRET.start_with?("whsec_") ? SECRET.delete_prefix("whsec_").unpack1("m") : SECRET

# headers: by name, such as request.headers in Rails. body: request.raw_post, before it is parsed.
def genuine?(headers, body)
  id, timestamp = headers["webhook-id"].to_s, headers["webhook-timestamp"].to_s
  return false unless timestamp.match?(/\\A\\d+\\z/) && (Time.now.to_i - timestamp.to_i).abs <= 300

  mac = OpenSSL::HMAC.digest("SHA256", KEY, "#{id}.#{timestamp}.".b + body.b)
  expected = "v1," + [mac].pack("m0")
  # There are two, with a blank between them, while the secret is rotated.
  headers["webhook-signature"].to_s.split(" ").any? { |signature| OpenSSL.secure_compare(signature, expected) }
end
`;

const hookId = ({ hookId: id, signature }: HeaderNames): string => `require "openssl"

SECRET = ENV.fetch("WEBHOOK_SECRET")

# headers: by name, such as request.headers in Rails. The body is not covered.
def genuine?(headers)
  expected = OpenSSL::HMAC.hexdigest("SHA256", SECRET, headers["${id}"].to_s)
  OpenSSL.secure_compare(headers["${signature}"].to_s, expected)
end
`;

const body = ({ signature }: HeaderNames): string => `require "openssl"

SECRET = ENV.fetch("WEBHOOK_SECRET")

# headers: by name, such as request.headers in Rails. body: request.raw_post, before it is parsed.
def genuine?(headers, body)
  expected = OpenSSL::HMAC.hexdigest("SHA256", SECRET, body)
  OpenSSL.secure_compare(headers["${signature}"].to_s.downcase, expected)
end
`;

export const ruby: Language = {
  id: 'ruby',
  label: 'Ruby',
  code: (scheme, names) => ({ standard, 'hook-id': hookId(names), body: body(names) })[scheme],
};
